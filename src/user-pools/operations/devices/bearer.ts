import { NotAuthorizedException } from "../../../api-model/index.ts";
import { requireTracking } from "../../devices/index.ts";
import type { OperationContext } from "../../operation.ts";
import type { AccessTokenBearer } from "../../tokens/index.ts";

/**
 * The user of an access token, in a pool that tracks devices. The model lets some of the operations come without a token, but
 * nothing else says whose device is meant.
 */
export async function bearerWithDevices(
  accessToken: string | undefined,
  { tokens }: OperationContext,
): Promise<AccessTokenBearer> {
  if (accessToken === undefined) throw new NotAuthorizedException("Invalid Access Token");
  const bearer = await tokens.verifyAccessToken(accessToken);
  requireTracking(bearer.pool);
  return bearer;
}
