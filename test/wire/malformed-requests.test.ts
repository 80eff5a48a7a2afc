import { request as httpRequest } from "node:http";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operationNames } from "../../src/api-model/index.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

/** More can be asked for by hand. */
const RUNS = Number(process.env.COGNATE_FUZZ_RUNS ?? 150);

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

describe("a server that gets malformed and hostile requests", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  async function post(body: string, headers: Record<string, string>): Promise<Answer> {
    const response = await fetch(server.url, { method: "POST", body, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
  const call = (operation: string, body: string, headers: Record<string, string> = {}) =>
    post(body, {
      ...headers,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    });
  const typeOf = ({ text }: Answer) => (JSON.parse(text) as { __type?: string }).__type;

  it.each([
    "{",
    "[]",
    '"text"',
    "null x",
    "\u0000",
    "{]",
    '{"ClientId":',
    "[".repeat(100_000),
    '{"a":'.repeat(50_000),
  ])("answers SerializationException to a body that is not a JSON object: %#", async (body) => {
    const answer = await call("InitiateAuth", body);
    expect([answer.status, typeOf(answer)]).toEqual([400, "SerializationException"]);
  });

  it("answers SerializationException to a member of the wrong type", async () => {
    expect(typeOf(await call("InitiateAuth", '{"ClientId":1,"AuthFlow":"USER_PASSWORD_AUTH"}'))).toBe(
      "SerializationException",
    );
    expect(typeOf(await call("InitiateAuth", '{"AuthParameters":[]}'))).toBe("SerializationException");
  });

  it("reports several violations together, without sensitive values", async () => {
    const answer = await call(
      "RespondToAuthChallenge",
      '{"ClientId":"","ChallengeName":"X","Session":"hunter2"}',
    );
    expect([answer.status, typeOf(answer)]).toEqual([400, "InvalidParameterException"]);
    expect(answer.text).toMatch(/\d validation errors detected: /);
    expect(answer.text).not.toContain("hunter");
  });

  it("rejects a body of more than 1 MiB without reading it", async () => {
    const answer = await call("InitiateAuth", JSON.stringify({ ClientId: "x".repeat(1024 * 1024) }));
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      413,
      { __type: "RequestEntityTooLargeException", message: "Request size exceeded 1048576 bytes" },
    ]);
  });

  it("answers UnknownOperationException to an unknown operation", async () => {
    expect(typeOf(await call("MakeCoffee", "{}"))).toBe("UnknownOperationException");
    expect(typeOf(await call("__proto__", "{}"))).toBe("UnknownOperationException");
  });

  it("rejects a request without a target", async () => {
    const answer = await post("{}", { "content-type": "application/json" });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      404,
      {
        code: "BadRequest",
        message: "The server did not understand the operation that was requested.",
        type: "client",
      },
    ]);
  });

  it("rejects a signed operation that has no signature", async () => {
    expect(typeOf(await call("ListUserPools", '{"MaxResults":1}'))).toBe(
      "MissingAuthenticationTokenException",
    );
  });

  it("rejects a request for a foreign host name (DNS rebinding)", async () => {
    const { hostname, port } = new URL(server.url);
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest(
        { hostname, port, path: "/_cognate/inbox", headers: { host: "evil.example.com" } },
        (response) => resolve(response.statusCode),
      );
      sent.on("error", reject);
      sent.end();
    });
    expect(status).toBe(421);
  });

  it("rejects requests from pages of another origin for the inbox and the clock", async () => {
    const origin = { origin: "https://evil.example.com" };
    const clock = `${server.url}/_cognate/clock`;
    for (const refused of [
      await fetch(`${server.url}/_cognate/inbox`, { headers: origin }),
      await fetch(clock, { method: "POST", body: '{"advanceSeconds":1}', headers: origin }),
    ]) {
      expect([refused.status, await refused.json()]).toEqual([
        403,
        { message: "Only this machine may call this, and not from another site's page." },
      ]);
    }
    expect(await (await fetch(clock)).json()).toMatchObject({ offsetMilliseconds: 0 });
  });

  it("answers 404 to the name of a console file that is too long for a file system", async () => {
    expect((await fetch(`${server.url}/console/${"a".repeat(5000)}.js`)).status).toBe(404);
  });

  it("answers no status 5xx to random JSON for any operation", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operationNames()),
        fc.json({ maxDepth: 4 }),
        async (operation, body) => {
          const { status } = await call(operation, body);
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: RUNS },
    );
    expect((await fetch(`${server.url}/_cognate/health`)).status).toBe(200);
  });
});
