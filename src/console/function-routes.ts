/** `/console/api/user-pools/…`: where the functions of a pool's triggers lead, their last invocations, and trying them. */
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { isJsonObject, type JsonObject } from "../json.ts";
import { POOL_ROUTE, type PoolParams, queryValue, Refused, type RouteContext } from "./request.ts";

/** What is in the event is the function's to judge. */
const trial = z.object({ source: z.string(), event: z.custom<JsonObject>(isJsonObject) });

export function registerFunctionRoutes(
  app: FastifyInstance,
  { backend, requirePool, requirePoolPermission, open }: RouteContext,
): void {
  const { functions, invocations } = backend;
  const noFunction = () => new Refused(404, "The user pool has no function for this trigger source.");

  app.get<{ Params: PoolParams }>(`${POOL_ROUTE}/functions`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, "cognate:ReadFunctions", poolId);
    return { functions: functions.list(await requirePool(poolId)) };
  });

  app.get<{ Params: PoolParams }>(`${POOL_ROUTE}/function-target`, async (request) => {
    await requirePoolPermission(request, "cognate:ReadFunctions", request.params.poolId);
    return functions.targetOf(queryValue(request, "arn") ?? "");
  });

  app.get<{ Params: PoolParams }>(`${POOL_ROUTE}/sample-event`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, "cognate:InvokeFunction", poolId);
    const event = await functions.sampleOf(await requirePool(poolId), queryValue(request, "source") ?? "");
    if (event === undefined) throw noFunction();
    return event;
  });

  app.get<{ Params: PoolParams }>(`${POOL_ROUTE}/invocations`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, "cognate:ReadInvocations", poolId);
    return { invocations: invocations.ofPool(poolId) };
  });

  app.get<{ Params: PoolParams & { id: string } }>(`${POOL_ROUTE}/invocations/:id`, async (request) => {
    const { poolId, id } = request.params;
    await requirePoolPermission(request, "cognate:ReadInvocations", poolId);
    const content = invocations.contentOf(poolId, id);
    if (content === undefined) throw new Refused(404, "What this invocation carried is not kept.");
    return content;
  });

  app.post<{ Params: PoolParams }>(`${POOL_ROUTE}/invocations`, async (request) => {
    const { poolId } = request.params;
    await requirePoolPermission(request, "cognate:InvokeFunction", poolId);
    const given = trial.safeParse(open(request).json());
    if (!given.success) throw new Refused(400, "Give source, and event as a JSON object.");
    const outcome = await functions.invoke(await requirePool(poolId), given.data.source, given.data.event);
    if (outcome === undefined) throw noFunction();
    return outcome;
  });
}
