/** `/console/api/user-pools/…/users/…`: facts about a user that AWS's operations do not show. */
import type { FastifyInstance } from "fastify";
import { Refused, type RouteContext } from "./request.ts";

interface UserParams {
  readonly poolId: string;
  readonly sub: string;
}

export function registerUserRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission }: RouteContext,
): void {
  // The new values of attributes that wait for their code, in pools that verify before they update.
  app.get<{ Params: UserParams }>(
    "/console/api/user-pools/:poolId/users/:sub/pending-attributes",
    async (request) => {
      const { poolId, sub } = request.params;
      await requirePoolPermission(request, "cognito-idp:AdminGetUser", poolId);
      const user = await backend.store.users.getBySub(poolId, sub);
      if (user === undefined) throw new Refused(404, "There is no such user.");
      return { attributes: user.pendingAttributes ?? {} };
    },
  );

  // The provider's attribute by which each identity is linked: the attribute `identities` has its value alone.
  app.get<{ Params: UserParams }>(
    "/console/api/user-pools/:poolId/users/:sub/linked-identities",
    async (request) => {
      const { poolId, sub } = request.params;
      await requirePoolPermission(request, "cognito-idp:AdminGetUser", poolId);
      const linked = await backend.store.linkedIdentities.listOfUser(poolId, sub);
      return {
        links: linked.map(({ providerName, attributeName, attributeValue }) => ({
          providerName,
          attributeName,
          attributeValue,
        })),
      };
    },
  );
}
