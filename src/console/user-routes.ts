/** `/console/api/user-pools/…/users/…`: what AWS's operations do not show of a user. */
import type { FastifyInstance } from "fastify";
import { Refused, type RouteContext } from "./request.ts";

interface UserParams {
  readonly poolId: string;
  readonly sub: string;
}

export function registerUserRoutes(app: FastifyInstance, { backend, requirePermission }: RouteContext): void {
  const arnOf = (poolId: string) =>
    `arn:aws:cognito-idp:${poolId.split("_")[0]}:${backend.info().accountId}:userpool/${poolId}`;

  // The new values of attributes that wait for their code, in pools that verify before they update.
  app.get<{ Params: UserParams }>(
    "/console/api/user-pools/:poolId/users/:sub/pending-attributes",
    async (request) => {
      const { poolId, sub } = request.params;
      await requirePermission(request, "cognito-idp:AdminGetUser", arnOf(poolId));
      const user = await backend.store.users.getBySub(poolId, sub);
      if (user === undefined) throw new Refused(404, "There is no such user.");
      return { attributes: user.pendingAttributes ?? {} };
    },
  );
}
