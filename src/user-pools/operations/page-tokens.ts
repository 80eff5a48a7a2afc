/**
 * Page tokens that clients can neither read nor make, and that are good for one list and an hour.
 *
 * @see API Reference, "ListUsers", PaginationToken: "with the same parameters"
 */
import { InvalidParameterException } from "../../api-model/index.ts";
import type { Environment } from "../environment.ts";

/** Recorded for ListGroups and AdminListGroupsForUser on 2026-09-24; we take it for every list whose own text is not known. */
const INVALID_TOKEN = "Provided pagination token is invalid. Check the token and try your request again.";

/**
 * For lists that fit on one page: no page is followed by another one, so no token is one of ours.
 *
 * @throws InvalidParameterException a token is given
 */
export function refusePageToken(token: string | undefined): void {
  if (token !== undefined) throw new InvalidParameterException(INVALID_TOKEN);
}

const LIFE_MILLISECONDS = 60 * 60 * 1000;

type Sealing = Pick<Environment, "crypto" | "clock">;

interface PageToken {
  readonly list: readonly string[];
  readonly position: string;
  /** Milliseconds. */
  readonly expiresAt: number;
}

const PURPOSE = "page token";

/**
 * @param list everything that decides what is listed
 * @param position where the next page starts; undefined after the last page
 */
export function sealPageToken(
  { crypto, clock }: Sealing,
  list: readonly string[],
  position: string | undefined,
): string | undefined {
  if (position === undefined) return undefined;
  const token: PageToken = { list, position, expiresAt: clock.now() + LIFE_MILLISECONDS };
  return crypto.tokens.seal(PURPOSE, token);
}

/**
 * The position in a token; undefined without a token.
 *
 * @param refusal the message for a token that the operation cannot use
 * @throws InvalidParameterException the token is of another list, too old, or not sealed by this server
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
