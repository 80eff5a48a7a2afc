import { InvalidParameterException } from "../../api-model/index.ts";
import { InvalidPagePosition, type Page } from "../../storage/index.ts";

/** Recorded for ListGroups and AdminListGroupsForUser on 2026-09-24; we take it for every list whose own text is not known. */
export const INVALID_TOKEN =
  "Provided pagination token is invalid. Check the token and try your request again.";

/**
 * Reads a page whose position came from the caller as a token.
 *
 * @param refusal what the operation says of a token that is not one of this list's
 * @throws InvalidParameterException the token is not one that this list gave
 */
export async function pageOrInvalidToken<T>(
  reading: Promise<Page<T>>,
  refusal: string = INVALID_TOKEN,
): Promise<Page<T>> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof InvalidPagePosition)) throw error;
    throw new InvalidParameterException(refusal, { cause: error });
  }
}
