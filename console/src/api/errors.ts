import { ControlError } from "./control.ts";

/** An error as a page shows it. */
export interface Problem {
  /** AWS's name of the error, where it has one. */
  readonly name: string | undefined;
  /** The text of the refusal. It is AWS's, in English, and is shown unchanged. */
  readonly message: string;
  /** The request ID by which the server's log names the cause; present only for a failure of the server. */
  readonly requestId: string | undefined;
  readonly kind: "denied" | "notFound" | "unreachable" | "refused";
}

const deniedNames = new Set(["AccessDenied", "AccessDeniedException"]);
const notFoundNames = new Set([
  "ResourceNotFoundException",
  "UserNotFoundException",
  "NoSuchEntity",
  "NoSuchEntityException",
]);

/** Whether the caller's policies do not allow the call. */
export const isDenied = (error: unknown) => error instanceof Error && deniedNames.has(error.name);

/** Whether the resource of the call does not exist. */
export const isNotFound = (error: unknown) =>
  error instanceof ControlError
    ? error.status === 404
    : error instanceof Error && notFoundNames.has(error.name);

/**
 * Deletes something that somebody else may have deleted since the page was loaded. `remove` must not fail because a part of it
 * is missing, as an access key of a user: the user would then count as deleted.
 *
 * @returns whether it was deleted before
 */
export async function wasDeletedBefore(remove: () => Promise<unknown>): Promise<boolean> {
  try {
    await remove();
    return false;
  } catch (error) {
    if (isNotFound(error)) return true;
    throw error;
  }
}

/** Answers nothing for what the server does not keep any more. */
export const ifKept = <Content extends object>(answer: Promise<Content>): Promise<Partial<Content>> =>
  answer.catch((error): Partial<Content> => {
    if (isNotFound(error)) return {};
    throw error;
  });

/** The common part of the errors of AWS's SDKs. Their classes are not imported, because that would load a whole SDK. */
interface ServiceError {
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

function failedRequestId(error: Error & ServiceError): string | undefined {
  const { httpStatusCode = 0, requestId } = error.$metadata ?? {};
  return httpStatusCode >= 500 ? requestId : undefined;
}

export function problemOf(error: unknown): Problem {
  if (!(error instanceof Error))
    return { name: undefined, message: String(error), requestId: undefined, kind: "refused" };
  const requestId = failedRequestId(error);
  // fetch reports a server that does not answer as a TypeError, in words of each browser.
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message))
    return { name: undefined, message: error.message, requestId, kind: "unreachable" };
  // Other errors have the name that AWS gives them.
  const name = ["ControlError", "Error"].includes(error.name) ? undefined : error.name;
  if (isDenied(error)) return { name, message: error.message, requestId, kind: "denied" };
  if (isNotFound(error)) return { name, message: error.message, requestId, kind: "notFound" };
  return { name, message: error.message, requestId, kind: "refused" };
}
