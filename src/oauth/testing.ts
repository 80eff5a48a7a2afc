import Fastify from "fastify";
import { afterAll } from "vitest";
import type { OperationContext } from "../user-pools/index.ts";
import { type AddressLimit, oauthSurface } from "./index.ts";

type Members = Readonly<Record<string, string>>;

/** The endpoints for programs in the context of a test file, called without a network. */
export function oauthEndpoints(
  contextOf: () => OperationContext,
  takesRegistration: AddressLimit = () => true,
) {
  const app = Fastify();
  for (const type of ["application/x-www-form-urlencoded", "application/json"]) {
    app.addContentTypeParser(type, { parseAs: "buffer" }, (_, body, done) => done(null, body));
  }
  const surface = oauthSurface({ contextOf, namesIssuer: false, addsNonce: false, takesRegistration });
  app.register(async (scope) => surface(scope));
  afterAll(() => app.close());
  return {
    /** @returns the status and the body */
    async get(url: string, headers: Members = {}): Promise<[status: number, body: unknown]> {
      const answer = await app.inject({ method: "GET", url, headers });
      return [answer.statusCode, answer.json()];
    },
    /** Sends JSON. @returns the status and the body */
    async postJson(url: string, content: unknown, headers: Members = {}): Promise<[number, unknown]> {
      const answer = await app.inject({
        method: "POST",
        url,
        headers: { "content-type": "application/json", ...headers },
        payload: JSON.stringify(content),
      });
      return [answer.statusCode, answer.json()];
    },
    /** Sends a form. @returns the status and the body, which is undefined if there is none */
    async post(
      url: string,
      form: Members | string,
      headers: Members = {},
    ): Promise<[status: number, body: unknown]> {
      const answer = await app.inject({
        method: "POST",
        url,
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        payload: new URLSearchParams(form).toString(),
      });
      return [answer.statusCode, answer.body === "" ? undefined : answer.json()];
    },
  };
}
