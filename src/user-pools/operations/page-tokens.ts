/**
 * Page tokens that clients can neither read nor make, and that are good for one list and an hour.
 *
 * @see API Reference, "ListUsers", PaginationToken: "with the same parameters"
 */
import { InvalidParameterException } from "../../api-model/index.ts";
import type { Environment } from "../environment.ts";
import { INVALID_TOKEN } from "../pools/index.ts";

const LIFE_MILLISECONDS = 60 * 60 * 1000;

type Sealing = Pick<Environment, "crypto" | "clock">;

interface PageToken {
  readonly list: readonly string[];
  readonly position: string;
  /** Milliseconds. */
  readonly expiresAt: number;
}

const PURPOSE = "page token";

/** @param list everything that decides what is listed */
export function sealPageToken({ crypto, clock }: Sealing, list: readonly string[], position: string): string {
  const token: PageToken = { list, position, expiresAt: clock.now() + LIFE_MILLISECONDS };
  return crypto.tokens.seal(PURPOSE, token);
}

/**
 * The position that a token stands for; undefined without a token.
 *
 * @param refusal what the operation says of a token that it cannot use
 * @throws InvalidParameterException the token is of another list, too old, or none of ours
 */
export function openPageToken(
  { crypto, clock }: Sealing,
  list: readonly string[],
  text: string | undefined,
  refusal: string = INVALID_TOKEN,
): string | undefined {
  if (text === undefined) return undefined;
  // Nothing but `sealPageToken` seals for this purpose.
  const token = crypto.tokens.open(PURPOSE, text) as PageToken | undefined;
  const isOfList =
    token?.list.length === list.length && token.list.every((part, index) => part === list[index]);
  if (!token || !isOfList || clock.now() >= token.expiresAt) {
    throw new InvalidParameterException(refusal);
  }
  return token.position;
}
