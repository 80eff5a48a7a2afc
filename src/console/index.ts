/**
 * The console's server side, under `/console`: its files, and a small API of its own for the sign-in and for data that AWS
 * has no operation for. It has no rules about user pools: the page calls AWS's operations like every other client, under
 * temporary credentials, and IAM decides. The session's cookie stays on this path and opens nothing else.
 */
import fastifyCookie from "@fastify/cookie";
import { Overloaded } from "../crypto/index.ts";
import type { Surface } from "../http/index.ts";
import { registerActivityRoutes } from "./activity-routes.ts";
import type { ConsoleBackend } from "./backend.ts";
import { registerFunctionRoutes } from "./function-routes.ts";
import { registerImportRoutes } from "./import-routes.ts";
import { registerLogRoutes } from "./log-routes.ts";
import { consolePages } from "./pages.ts";
import { registerPasskeyRoutes } from "./passkey-routes.ts";
import { registerPreviewFrame, registerPreviewRoutes } from "./preview-routes.ts";
import { registerProviderRoutes } from "./provider-routes.ts";
import { createRouteContext, Refused, requireOwnPage } from "./request.ts";
import { registerSessionRoutes } from "./session-routes.ts";
import { registerSignInCountRoutes } from "./sign-in-count-routes.ts";
import { registerSnapshotRoutes } from "./snapshot-routes.ts";
import { registerClockRoutes, registerInboxRoutes } from "./tool-routes.ts";
import { registerUserRoutes, registerUserSessionRoutes } from "./user-routes.ts";

export { createSignInLimits } from "./sign-in-limits.ts";

/** Everything under `/console`. */
export function consoleSurface(backend: ConsoleBackend): Surface {
  return async (app) => {
    app.get("/console", async (_request, reply) => reply.redirect("/console/", 308));
    registerPreviewFrame(app);
    app.register(consolePages(backend.staticFolder), { prefix: "/console" });

    app.register(async (api) => {
      await api.register(fastifyCookie);
      api.addHook("onRequest", async (request, reply) => {
        reply.headers({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
        requireOwnPage(request);
      });
      const inherited = api.errorHandler;
      api.setErrorHandler((error, request, reply) => {
        if (error instanceof Refused) return reply.code(error.status).send({ message: error.message });
        if (error instanceof Overloaded) {
          const message = "Too many people sign in at this moment. Please try again.";
          return reply.code(429).header("retry-after", "1").send({ message });
        }
        return inherited.call(api, error, request, reply);
      });
      const context = createRouteContext(backend);
      registerSessionRoutes(api, context);
      registerInboxRoutes(api, context);
      registerClockRoutes(api, context);
      registerSnapshotRoutes(api, context);
      registerActivityRoutes(api, context);
      registerUserSessionRoutes(api, context);
      registerPreviewRoutes(api, context);
      registerFunctionRoutes(api, context);
      registerLogRoutes(api, context);
      registerSignInCountRoutes(api, context);
      registerPasskeyRoutes(api, context);
      registerProviderRoutes(api, context);
      registerImportRoutes(api, context);
      registerUserRoutes(api, context);
      api.all("/console/api/*", async () => {
        throw new Refused(404, "There is nothing here.");
      });
    });
  };
}
