/** `/console/api/user-pools/…/passkeys`: a user's passkeys. AWS lets only the users themselves see theirs. */
import type { FastifyInstance } from "fastify";
import { MAX_PASSKEYS, passkeysAreBothFactors } from "../user-pools/index.ts";
import { Refused, type RouteContext, USER_ROUTE, type UserParams } from "./request.ts";

export function registerPasskeyRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission }: RouteContext,
): void {
  const { passkeys, pools, users } = backend.store;

  app.get<{ Params: UserParams }>(`${USER_ROUTE}/passkeys`, async (request) => {
    const { poolId, sub } = request.params;
    await requirePoolPermission(request, "cognate:ReadPasskeys", poolId);
    const [pool, user, page] = await Promise.all([
      pools.get(poolId),
      users.getBySub(poolId, sub),
      passkeys.listOfUser(poolId, sub, { limit: MAX_PASSKEYS }),
    ]);
    if (pool === undefined || user === undefined) throw new Refused(404, "There is no such user.");
    return {
      // `WebAuthnMfaSettings`, which AdminGetUser does not show; absent where the pool has no such setting.
      ...(passkeysAreBothFactors(pool) && { areBothFactors: user.mfa?.passkeys === true }),
      passkeys: page.items.map(({ credentialId, friendlyName, relyingPartyId, createdAt }) => ({
        credentialId,
        friendlyName,
        relyingPartyId,
        createdAt,
      })),
    };
  });

  app.delete<{ Params: UserParams & { credentialId: string } }>(
    `${USER_ROUTE}/passkeys/:credentialId`,
    async (request) => {
      const { poolId, sub, credentialId } = request.params;
      await requirePoolPermission(request, "cognate:DeletePasskey", poolId);
      const passkey = await passkeys.get(poolId, credentialId);
      if (passkey?.sub !== sub) throw new Refused(404, "There is no such passkey.");
      await passkeys.delete(poolId, credentialId);
      return {};
    },
  );
}
