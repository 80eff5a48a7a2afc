/** `/console/api/user-pools/…/identity-providers/…/test`: whether an identity provider can be reached, step by step. */
import type { FastifyInstance } from "fastify";
import { POOL_ROUTE, type PoolParams, Refused, type RouteContext } from "./request.ts";

export function registerProviderRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission }: RouteContext,
): void {
  app.post<{ Params: PoolParams & { providerName: string } }>(
    `${POOL_ROUTE}/identity-providers/:providerName/test`,
    async (request) => {
      const { poolId, providerName } = request.params;
      await requirePoolPermission(request, "cognate:TestIdentityProvider", poolId);
      const report = await backend.testIdentityProvider(poolId, providerName);
      if (report === undefined) throw new Refused(404, `Identity provider ${providerName} does not exist.`);
      return report;
    },
  );
}
