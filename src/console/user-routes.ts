/** `/console/api/user-pools/…/users/…`: facts about a user that AWS's operations do not show, and the user's sessions. */
import type { FastifyInstance } from "fastify";
import { listSessions, revokeSession } from "../user-pools/index.ts";
import { Refused, type RouteContext, USER_ROUTE, type UserParams } from "./request.ts";

export function registerUserRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission }: RouteContext,
): void {
  // The new values of attributes that wait for their code, in pools that verify before they update.
  app.get<{ Params: UserParams }>(`${USER_ROUTE}/pending-attributes`, async (request) => {
    const { poolId, sub } = request.params;
    await requirePoolPermission(request, "cognito-idp:AdminGetUser", poolId);
    const user = await backend.store.users.getBySub(poolId, sub);
    if (user === undefined) throw new Refused(404, "There is no such user.");
    return { attributes: user.pendingAttributes ?? {} };
  });

  // The provider's attribute by which each identity is linked: the attribute `identities` has its value alone.
  app.get<{ Params: UserParams }>(`${USER_ROUTE}/linked-identities`, async (request) => {
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
  });
}

/** The most sessions of one user that are listed. */
const LISTED_SESSIONS = 60;

export function registerUserSessionRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission }: RouteContext,
): void {
  const ports = { store: backend.store, clock: backend.movableClock ?? backend.clock };

  app.get<{ Params: UserParams }>(`${USER_ROUTE}/sessions`, async (request) => {
    const { poolId, sub } = request.params;
    await requirePoolPermission(request, "cognito-idp:AdminListUserSessions", poolId);
    const page = await listSessions(ports, { poolId, sub }, { limit: LISTED_SESSIONS });
    return {
      sessions: page.items.map(({ originJti, clientId, authenticatedAt, refreshExpiresAt, scope }) => ({
        originJti,
        clientId,
        authenticatedAt,
        refreshExpiresAt,
        scope,
      })),
      isComplete: page.next === undefined,
    };
  });

  app.delete<{ Params: UserParams & { originJti: string } }>(
    `${USER_ROUTE}/sessions/:originJti`,
    async (request) => {
      const { poolId, sub, originJti } = request.params;
      await requirePoolPermission(request, "cognito-idp:AdminRevokeUserSession", poolId);
      if (!(await revokeSession(ports, { poolId, sub }, originJti)))
        throw new Refused(404, "There is no such session.");
      return {};
    },
  );
}
