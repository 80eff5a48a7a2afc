import { InvalidParameterException } from "../../../api-model/index.ts";

/** The most groups or members on a page, and as many as there are on one when the request does not say. */
const GROUP_PAGE_LIMIT = 60;

const REFUSAL_OF_ZERO =
  "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1";

/**
 * How many groups a page of a list holds. The API model allows 0, and the service refuses it in the words of another layer.
 *
 * @throws InvalidParameterException the limit is 0; recorded on 2026-09-24
 */
export function groupPageLimit(limit: number | undefined): number {
  if (limit === 0) throw new InvalidParameterException(REFUSAL_OF_ZERO);
  return limit ?? GROUP_PAGE_LIMIT;
}

/**
 * How many members a page of ListUsersInGroup holds. It refuses 0 as the other lists do, wrapped in the text of the service
 * behind it.
 *
 * @throws InvalidParameterException the limit is 0; recorded on 2026-09-24
 */
export function memberPageLimit(limit: number | undefined, requestId: string): number {
  if (limit === 0) {
    throw new InvalidParameterException(
      `com.amazonaws.services.identitystoreservice.model.ValidationException: ${REFUSAL_OF_ZERO} (Service: AWSIdentityStoreService; Status Code: 400; Error Code: ValidationException; Request ID: ${requestId}; Proxy: null)`,
    );
  }
  return limit ?? GROUP_PAGE_LIMIT;
}
