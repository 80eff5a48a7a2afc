import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Surface } from "../http/index.ts";
import type { AddressLimit } from "./address-limits.ts";
import { type AtEndpoint, atEndpoint, BASE_PATHS } from "./at-endpoint.ts";
import { sendDiscovery, sendJwks, sendUserInfoMetadata } from "./discovery.ts";
import type { OAuthDependencies } from "./endpoint.ts";
import { answerIntrospection } from "./introspect.ts";
import { answerRegistration } from "./register.ts";
import { answerRevoke } from "./revoke.ts";
import { answerToken } from "./token.ts";
import { answerUserInfo } from "./user-info.ts";

interface ProgramsDependencies extends OAuthDependencies {
  readonly takesRegistration: AddressLimit;
}

/** The OAuth 2.0 and OpenID Connect endpoints for programs, and the documents that name all endpoints. */
export function oauthSurface(dependencies: ProgramsDependencies): Surface {
  const at = atEndpoint(dependencies);
  return async (app) => {
    app.register(async (documents) => registerDocuments(documents, dependencies));
    for (const base of BASE_PATHS) {
      app.register(async (programs) => registerProgramEndpoints(programs, base, at, dependencies));
    }
  };
}

function registerDocuments(app: FastifyInstance, { contextOf, namesIssuer }: OAuthDependencies): void {
  const discovery = (request: FastifyRequest<{ Params: { poolId: string } }>, reply: FastifyReply) =>
    sendDiscovery(request, reply, { poolId: request.params.poolId, namesIssuer }, contextOf(request));
  app.get("/:poolId/.well-known/openid-configuration", discovery);
  app.get("/:poolId/.well-known/oauth-authorization-server", discovery);
  app.get("/.well-known/oauth-authorization-server/:poolId", discovery);
  app.get<{ Params: { poolId: string } }>(
    "/.well-known/oauth-protected-resource/:poolId/oauth2/userInfo",
    (request, reply) => sendUserInfoMetadata(request, reply, request.params.poolId, contextOf(request)),
  );
  app.get<{ Params: { poolId: string } }>("/:poolId/.well-known/jwks.json", (request, reply) =>
    sendJwks(reply, request.params.poolId, contextOf(request)),
  );
  app.options("/:poolId/.well-known/*", answerPreflight("GET"));
  app.options("/.well-known/*", answerPreflight("GET"));
}

/** Lets pages of every origin send every header: these endpoints read no cookies. Clients for MCP send headers of their own. */
function answerPreflight(methods: string) {
  return ({ headers }: FastifyRequest, reply: FastifyReply) =>
    reply
      .headers({
        "access-control-allow-origin": "*",
        "access-control-allow-methods": methods,
        "access-control-allow-headers":
          headers["access-control-request-headers"] ?? "authorization,content-type,x-amz-user-agent",
        "access-control-max-age": "7200",
        vary: "access-control-request-headers",
      })
      .send();
}

/** Endpoints for programs, pages of other origins among them. */
function registerProgramEndpoints(
  app: FastifyInstance,
  base: string,
  at: AtEndpoint,
  { takesRegistration }: ProgramsDependencies,
): void {
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("access-control-allow-origin", "*");
  });
  app.post(`${base}/oauth2/token`, at(answerToken));
  app.post(`${base}/oauth2/revoke`, at(answerRevoke));
  app.post(`${base}/oauth2/introspect`, at(answerIntrospection));
  app.post(`${base}/oauth2/register`, at(answerRegistration(takesRegistration)));
  app.route({ method: ["GET", "POST"], url: `${base}/oauth2/userInfo`, handler: at(answerUserInfo) });
  for (const name of ["token", "revoke", "introspect", "register", "userInfo"]) {
    const methods = name === "userInfo" ? "GET,POST" : "POST";
    app.options(`${base}/oauth2/${name}`, answerPreflight(methods));
    // HEAD is answered as GET is.
    const others = app.supportedMethods.filter(
      (method) => !["HEAD", "OPTIONS", ...methods.split(",")].includes(method),
    );
    app.route({
      method: others,
      url: `${base}/oauth2/${name}`,
      handler: (_request, reply) => reply.code(405).header("allow", methods.replace(",", ", ")).send(),
    });
  }
}
