/** `/console/api/user-pools/…/log-destination`: the target of a log destination's ARN on this server. */
import type { FastifyInstance } from "fastify";
import type { RouteContext } from "./request.ts";

export function registerLogRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission }: RouteContext,
): void {
  app.get<{ Params: { poolId: string }; Querystring: { arn?: string } }>(
    "/console/api/user-pools/:poolId/log-destination",
    async (request) => {
      const { poolId } = request.params;
      await requirePoolPermission(request, "cognate:ReadLogDestinations", poolId);
      return backend.logSinks.stateOf(request.query.arn ?? "");
    },
  );
}
