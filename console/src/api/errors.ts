import { ControlError } from "./control.ts";

/** An error as a page shows it. */
export interface Problem {
  /** AWS's name of the error, where it has one. */
  readonly name: string | undefined;
  /** The text of the refusal. It is AWS's, in English, and is shown unchanged. */
  readonly message: string;
  readonly kind: "denied" | "notFound" | "unreachable" | "refused";
}

const deniedNames = new Set(["AccessDenied", "AccessDeniedException"]);
const notFoundNames = new Set([
  "ResourceNotFoundException",
  "UserNotFoundException",
  "NoSuchEntity",
  "NoSuchEntityException",
]);

export function problemOf(error: unknown): Problem {
  if (!(error instanceof Error)) return { name: undefined, message: String(error), kind: "refused" };
  // fetch reports a server that does not answer as a TypeError, in words of each browser.
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message))
    return { name: undefined, message: error.message, kind: "unreachable" };
  const name = error instanceof ControlError && error.name === "ControlError" ? undefined : error.name;
  if (deniedNames.has(error.name)) return { name, message: error.message, kind: "denied" };
  if (notFoundNames.has(error.name)) return { name, message: error.message, kind: "notFound" };
  return { name, message: error.message, kind: "refused" };
}
