/** `/console/api/user-pools/…/passkeys`: a user's passkeys. AWS lets only the users themselves see theirs. */
import type { FastifyInstance } from "fastify";
import { Refused, type RouteContext } from "./request.ts";

interface UserParams {
  readonly poolId: string;
  readonly sub: string;
}

/** API Reference, "StartWebAuthnRegistration": a user has 20 at most. */
const MAX_PASSKEYS = 20;

export function registerPasskeyRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission }: RouteContext,
): void {
  const { passkeys } = backend.store;

  app.get<{ Params: UserParams }>("/console/api/user-pools/:poolId/users/:sub/passkeys", async (request) => {
    const { poolId, sub } = request.params;
    await requirePoolPermission(request, "cognate:ReadPasskeys", poolId);
    const page = await passkeys.listOfUser(poolId, sub, { limit: MAX_PASSKEYS });
    return {
      passkeys: page.items.map(({ credentialId, friendlyName, relyingPartyId, createdAt }) => ({
        credentialId,
        friendlyName,
        relyingPartyId,
        createdAt,
      })),
    };
  });

  app.delete<{ Params: UserParams & { credentialId: string } }>(
    "/console/api/user-pools/:poolId/users/:sub/passkeys/:credentialId",
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
