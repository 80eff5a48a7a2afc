/** `/console/api/user-pools/…/sign-ins`: how many sign-ins a pool had, by hour. */
import type { FastifyInstance } from "fastify";
import { POOL_ROUTE, type PoolParams, type RouteContext } from "./request.ts";

/** The longest period that is shown. */
const MAX_DAYS = 31;

export function registerSignInCountRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission }: RouteContext,
): void {
  app.get<{ Params: PoolParams }>(`${POOL_ROUTE}/sign-ins`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, "cognate:ReadSignIns", poolId);
    const now = (backend.movableClock ?? backend.clock).now();
    const counts = await backend.signInCounts.ofPool(poolId, now - MAX_DAYS * 24 * 60 * 60 * 1000, now + 1);
    return { now, counts };
  });
}
