/** The target of a log destination's ARN on this server, and that of the audit log. */
import type { FastifyInstance } from "fastify";
import type { LogSinkState } from "../log-sinks/index.ts";
import { POOL_ROUTE, type PoolParams, queryValue, type RouteContext } from "./request.ts";

export function registerLogRoutes(
  app: FastifyInstance,
  { backend, requirePermission, requirePoolPermission }: RouteContext,
): void {
  app.get<{ Params: PoolParams }>(`${POOL_ROUTE}/log-destination`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, "cognate:ReadLogDestinations", poolId);
    return backend.logSinks.stateOf(queryValue(request, "arn") ?? "");
  });

  app.get("/console/api/audit-log", async (request): Promise<LogSinkState> => {
    await requirePermission(request, "cognate:ReadActivity");
    return backend.auditLog?.state() ?? { target: { kind: "nothing" }, delivered: 0, lost: 0 };
  });
}
