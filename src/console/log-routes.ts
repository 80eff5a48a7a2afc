/** `/console/api/user-pools/…/log-destination`: the target of a log destination's ARN on this server. */
import type { FastifyInstance } from "fastify";
import { POOL_ROUTE, type PoolParams, queryValue, type RouteContext } from "./request.ts";

export function registerLogRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission }: RouteContext,
): void {
  app.get<{ Params: PoolParams }>(`${POOL_ROUTE}/log-destination`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, "cognate:ReadLogDestinations", poolId);
    return backend.logSinks.stateOf(queryValue(request, "arn") ?? "");
  });
}
