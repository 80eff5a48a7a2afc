import type { FastifyRequest } from "fastify";
import { uploadSurface } from "../aws/index.ts";
import { lazySurface, type Surface } from "../http/index.ts";
import { type AddressLimit, createRegistrationLimit, oauthSurface } from "../oauth/index.ts";
import { findJob, MAX_FILE_BYTES, type OperationContext, storeUpload } from "../user-pools/index.ts";
import type { Server } from "./surfaces.ts";

/** The endpoints beside the API: OAuth 2.0, OpenID Connect, uploads. The pages for browsers are loaded with their first request. */
export function endpoints(server: Server): Surface {
  const { settings, part } = server;
  const dependencies = {
    namesIssuer: settings.authorizationResponseIss,
    addsNonce: settings.federatedNonce,
    contextOf: (request: FastifyRequest) => contextOf(request, server),
  };
  const takesRegistration =
    part === undefined
      ? createRegistrationLimit()
      : (...registration: Parameters<AddressLimit>) => part.ask("takeRegistration", ...registration);
  return async (app) => {
    app.register(oauthSurface({ ...dependencies, takesRegistration }));
    app.register(uploads(server));
    app.register(lazySurface(["/*"], async () => (await import("./pages.ts")).pages(server, dependencies)));
  };
}

function contextOf(
  request: FastifyRequest,
  { settings, ports, domain, rateLimits }: Server,
): OperationContext {
  const context = domain.contextOf(
    {
      requestId: ports.random.uuid(),
      region: settings.region,
      callerArn: undefined,
      sourceIp: request.ip,
      userAgent: request.headers["user-agent"],
    },
    {},
  );
  return rateLimits ? { ...context, takeRequest: (name) => rateLimits(name, context) } : context;
}

/** Files of import jobs, at the URLs that the API gave. */
function uploads({ ports, domain }: Server): Surface {
  return uploadSurface({
    urls: domain.uploadUrls,
    clock: ports.clock,
    maxBytes: MAX_FILE_BYTES,
    newRequestId: ports.random.uuid,
    store: async (target, content) =>
      (await findJob(ports.store, target)) && storeUpload(target, content, domain.environment),
  });
}
