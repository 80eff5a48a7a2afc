/** `/console/api/user-pools/…`: the log of import jobs, imports in bulk, and the users whose password is an imported hash. */
import type { FastifyInstance } from "fastify";
import { importedHashKind, jobLog, userImportsOf } from "../user-pools/index.ts";
import { Refused, type RouteContext } from "./request.ts";

interface PoolParams {
  readonly poolId: string;
}

const BASE = "/console/api/user-pools/:poolId";
const ACTION = "cognate:ReadUserImports";

/** What one page of the list of users shows at most. */
const MAX_USERS_ASKED = 60;

export function registerImportRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission }: RouteContext,
): void {
  const { store } = backend;

  app.get<{ Params: PoolParams }>(`${BASE}/user-imports`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, ACTION, poolId);
    const pool = await store.pools.get(poolId);
    if (pool === undefined) throw new Refused(404, `User pool ${poolId} does not exist.`);
    return userImportsOf(store, pool);
  });

  app.get<{ Params: PoolParams & { jobId: string }; Querystring: { part?: string } }>(
    `${BASE}/import-jobs/:jobId/log`,
    async (request) => {
      const { poolId, jobId } = request.params;
      await requirePoolPermission(request, ACTION, poolId);
      const log = await jobLog(store, { poolId, jobId }, Number(request.query.part ?? 0));
      if (log === undefined) throw new Refused(404, "There is no such import job.");
      return log;
    },
  );

  app.get<{ Params: PoolParams; Querystring: { subs?: string } }>(
    `${BASE}/imported-hashes`,
    async (request) => {
      const { poolId } = request.params;
      await requirePoolPermission(request, ACTION, poolId);
      const subs = (request.query.subs ?? "").split(",").slice(0, MAX_USERS_ASKED);
      const kinds = await Promise.all(
        subs.map(async (sub) => [sub, await importedHashKind(store, poolId, sub)] as const),
      );
      return { kinds: Object.fromEntries(kinds.filter(([, kind]) => kind !== undefined)) };
    },
  );
}
