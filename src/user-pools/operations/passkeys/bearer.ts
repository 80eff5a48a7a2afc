import type { OperationContext } from "../../operation.ts";
import { requirePasskeys } from "../../passkeys/index.ts";
import type { AccessTokenBearer } from "../../tokens/index.ts";

/** The user of an access token, in a pool that allows passkeys. */
export async function bearerWithPasskeys(
  accessToken: string,
  { tokens }: OperationContext,
): Promise<AccessTokenBearer> {
  const bearer = await tokens.verifyAccessToken(accessToken);
  requirePasskeys(bearer.pool);
  return bearer;
}
