import { InvalidParameterException } from "../../api-model/index.ts";
import { InvalidPagePosition, type Page } from "../../storage/index.ts";

/**
 * Reads a page whose position came from the caller as a token.
 *
 * @throws InvalidParameterException the token is not one that this list gave; the text is ours, Cognito's is not known
 */
export async function pageOrInvalidToken<T>(reading: Promise<Page<T>>): Promise<Page<T>> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof InvalidPagePosition)) throw error;
    throw new InvalidParameterException("Invalid pagination token.", { cause: error });
  }
}
