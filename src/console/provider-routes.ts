/** `/console/api/user-pools/…/identity-providers/…/test`: whether an identity provider can be reached, step by step. */
import type { FastifyInstance } from "fastify";
import { Refused, type RouteContext } from "./request.ts";

interface ProviderParams {
  readonly poolId: string;
  readonly providerName: string;
}

export function registerProviderRoutes(
  app: FastifyInstance,
  { backend, requirePermission }: RouteContext,
): void {
  app.post<{ Params: ProviderParams }>(
    "/console/api/user-pools/:poolId/identity-providers/:providerName/test",
    async (request) => {
      const { poolId, providerName } = request.params;
      const region = poolId.split("_")[0];
      const pool = `arn:aws:cognito-idp:${region}:${backend.info().accountId}:userpool/${poolId}`;
      await requirePermission(request, "cognate:TestIdentityProvider", pool);
      const report = await backend.testIdentityProvider(poolId, providerName);
      if (report === undefined) throw new Refused(404, `Identity provider ${providerName} does not exist.`);
      return report;
    },
  );
}
