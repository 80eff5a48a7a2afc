/** `/console/api/user-pools/…`: where the functions of a pool's triggers lead, their last invocations, and trying them. */
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { Refused, type RouteContext } from "./request.ts";

interface PoolParams {
  readonly poolId: string;
}

const BASE = "/console/api/user-pools/:poolId";

const trial = z.strictObject({ source: z.string(), event: z.record(z.string(), z.unknown()) });

export function registerFunctionRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission, open }: RouteContext,
): void {
  const { functions, invocations, store } = backend;
  const poolOf = async (poolId: string) => {
    const pool = await store.pools.get(poolId);
    if (pool === undefined) throw new Refused(404, `User pool ${poolId} does not exist.`);
    return pool;
  };
  const noFunction = () => new Refused(404, "The user pool has no function for this trigger source.");

  app.get<{ Params: PoolParams }>(`${BASE}/functions`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, "cognate:ReadFunctions", poolId);
    return { functions: functions.list(await poolOf(poolId)) };
  });

  app.get<{ Params: PoolParams; Querystring: { arn?: string } }>(
    `${BASE}/function-target`,
    async (request) => {
      await requirePoolPermission(request, "cognate:ReadFunctions", request.params.poolId);
      return functions.targetOf(request.query.arn ?? "");
    },
  );

  app.get<{ Params: PoolParams; Querystring: { source?: string } }>(
    `${BASE}/sample-event`,
    async (request) => {
      const { poolId } = request.params;
      await requirePoolPermission(request, "cognate:InvokeFunction", poolId);
      const event = await functions.sampleOf(await poolOf(poolId), request.query.source ?? "");
      if (event === undefined) throw noFunction();
      return event;
    },
  );

  app.get<{ Params: PoolParams }>(`${BASE}/invocations`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, "cognate:ReadInvocations", poolId);
    return { invocations: invocations.ofPool(poolId) };
  });

  app.get<{ Params: PoolParams & { id: string } }>(`${BASE}/invocations/:id`, async (request) => {
    const { poolId, id } = request.params;
    await requirePoolPermission(request, "cognate:ReadInvocations", poolId);
    const content = invocations.contentOf(poolId, id);
    if (content === undefined) throw new Refused(404, "What this invocation carried is not kept.");
    return content;
  });

  app.post<{ Params: PoolParams }>(`${BASE}/invocations`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, "cognate:InvokeFunction", poolId);
    const given = trial.safeParse(open(request).json());
    if (!given.success) throw new Refused(400, "Give source, and event as a JSON object.");
    const outcome = await functions.invoke(await poolOf(poolId), given.data.source, given.data.event);
    if (outcome === undefined) throw noFunction();
    return outcome;
  });
}
