/** `/console/api/user-pools/…`: the log of import jobs, imports in bulk, and the users whose password is an imported hash. */
import type { FastifyInstance } from "fastify";
import { importedHashKind, jobLog, userImportsOf } from "../user-pools/index.ts";
import { POOL_ROUTE, type PoolParams, queryValue, Refused, type RouteContext } from "./request.ts";

const ACTION = "cognate:ReadUserImports";

/** What one page of the list of users shows at most. */
const MAX_USERS_ASKED = 60;

export function registerImportRoutes(
  app: FastifyInstance,
  { backend, requirePool, requirePoolPermission }: RouteContext,
): void {
  const { store } = backend;

  app.get<{ Params: PoolParams }>(`${POOL_ROUTE}/user-imports`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, ACTION, poolId);
    return userImportsOf(store, await requirePool(poolId));
  });

  app.get<{ Params: PoolParams & { jobId: string } }>(
    `${POOL_ROUTE}/import-jobs/:jobId/log`,
    async (request) => {
      const { poolId, jobId } = request.params;
      await requirePoolPermission(request, ACTION, poolId);
      const log = await jobLog(store, { poolId, jobId }, Number(queryValue(request, "part") ?? 0));
      if (log === undefined) throw new Refused(404, "There is no such import job.");
      return log;
    },
  );

  app.get<{ Params: PoolParams }>(`${POOL_ROUTE}/imported-hashes`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, ACTION, poolId);
    const subs = (queryValue(request, "subs") ?? "").split(",").slice(0, MAX_USERS_ASKED);
    const kinds = await Promise.all(
      subs.map(async (sub) => [sub, await importedHashKind(store, poolId, sub)] as const),
    );
    return { kinds: Object.fromEntries(kinds.filter(([, kind]) => kind !== undefined)) };
  });
}
