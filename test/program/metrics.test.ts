import { request } from "node:http";
import {
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const TOKEN = "0123456789abcdef-_.~+/==";
const PASSWORD = "Correct-horse-1";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ metricsToken: TOKEN });
});
afterAll(() => server.stop());

function read(authorization?: string, { url } = server): Promise<Response> {
  return fetch(`${url}/_cognate/metrics`, { headers: authorization === undefined ? {} : { authorization } });
}

async function metrics(): Promise<string> {
  return (await read(`Bearer ${TOKEN}`)).text();
}

/** The value of the metric with exactly these labels; undefined if nothing was counted. */
async function countOf(name: string, labels: Readonly<Record<string, string>>): Promise<number | undefined> {
  for (const line of (await metrics()).split("\n")) {
    const [, of, text = "", value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? [];
    const found = Object.fromEntries(
      [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, given]) => [key, given]),
    );
    if (
      of === name &&
      JSON.stringify(Object.entries(found).sort()) === JSON.stringify(Object.entries(labels).sort())
    )
      return Number(value);
  }
  return undefined;
}

async function poolWithUser(cognito: CognitoIdentityProviderClient) {
  const { poolId, clientId } = await createPoolAndClient(cognito, { AutoVerifiedAttributes: ["email"] });
  await createConfirmedUser(cognito, { UserPoolId: poolId, Username: "hanako", Password: PASSWORD });
  const signIn = (parameters: Record<string, string> = { USERNAME: "hanako", PASSWORD }) =>
    cognito.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: parameters.REFRESH_TOKEN ? "REFRESH_TOKEN_AUTH" : "USER_PASSWORD_AUTH",
        AuthParameters: parameters,
      }),
    );
  return { signIn, clientId, labels: { user_pool: poolId, app_client: clientId } };
}

describe("the metrics", () => {
  it("do not exist without the setting", async () => {
    const other = await startTestServer();
    expect((await read(`Bearer ${TOKEN}`, other)).status).toBe(404);
    await other.stop();
  });

  it.each([
    undefined,
    "Bearer",
    "Bearer ",
    `Bearer ${TOKEN.slice(1)}`,
    `Bearer ${TOKEN}=`,
    `Basic ${TOKEN}`,
    `Bearer ${TOKEN} ${TOKEN}`,
    TOKEN,
  ])("are refused to a request with the authorization %j", async (authorization) => {
    const answer = await read(authorization);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(await answer.text()).not.toContain("cognate_");
  });

  it("are given under any host name, because Prometheus asks by the address of a node", async () => {
    const headers = { host: "10.1.2.3:9229", authorization: `Bearer ${TOKEN}` };
    const status = await new Promise((resolve, reject) =>
      request(`${server.url}/_cognate/metrics`, { headers }, (answer) => resolve(answer.resume().statusCode))
        .on("error", reject)
        .end(),
    );
    expect(status).toBe(200);
  });

  it("are text in the format of Prometheus, with the process's own", async () => {
    const answer = await read(`Bearer ${TOKEN}`);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const text = await answer.text();
    expect(text).toMatch(/^cognate_info\{version="[\d.]+",mode="dev"\} 1$/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  it("count sign-ins, refreshes and wrong passwords by pool and app client", async () => {
    const { signIn, labels } = await poolWithUser(server.cognito);
    const { AuthenticationResult: tokens } = await signIn();
    await signIn();
    await signIn({ REFRESH_TOKEN: tokens?.RefreshToken ?? "" });
    await expect(signIn({ USERNAME: "hanako", PASSWORD: "Wrong-horse-1" })).rejects.toThrow();
    const issued = (source: string) => countOf("cognate_tokens_issued_total", { ...labels, source });
    expect(await issued("TokenGeneration_Authentication")).toBe(2);
    expect(await issued("TokenGeneration_RefreshTokens")).toBe(1);
    expect(await countOf("cognate_sign_ins_failed_total", labels)).toBe(1);
  });

  it("count new users by occasion, and messages to them", async () => {
    const { clientId, labels } = await poolWithUser(server.cognito);
    const UserAttributes = [{ Name: "email", Value: "taro@example.com" }];
    await server.cognito.send(
      new SignUpCommand({ ClientId: clientId, Username: "taro", Password: PASSWORD, UserAttributes }),
    );
    const { user_pool } = labels;
    const created = (occasion: string) => countOf("cognate_users_created_total", { user_pool, occasion });
    expect([await created("AdminCreateUser"), await created("SignUp")]).toEqual([1, 1]);
    const message = { user_pool, medium: "EMAIL", occasion: "SignUp", outcome: "delivered" };
    await expect.poll(() => countOf("cognate_messages_total", message)).toBe(1);
  });

  it("count calls of the API by operation and exception", async () => {
    const { signIn } = await poolWithUser(server.cognito);
    const call = { service: "cognito-idp", operation: "InitiateAuth" };
    const count = async (error?: string) =>
      (await countOf("cognate_api_calls_total", { ...call, ...(error && { error }) })) ?? 0;
    const before = [await count(), await count("NotAuthorizedException")];
    await signIn();
    await expect(signIn({ USERNAME: "hanako", PASSWORD: "Wrong-horse-1" })).rejects.toThrow();
    expect([await count(), await count("NotAuthorizedException")]).toEqual(before.map((value) => value + 1));
  });

  it("count requests by the pattern of their path, also those of parts that are loaded with their first request", async () => {
    const { clientId } = await poolWithUser(server.cognito);
    await fetch(
      `${server.url}/login?client_id=${clientId}&response_type=code&redirect_uri=https://app.example`,
    );
    await fetch(`${server.url}/nothing/here`);
    const text = await metrics();
    expect(text).toMatch(/http_request_duration_seconds_count\{.*route="\/login".*\} 1$/m);
    expect(text).toMatch(/http_request_duration_seconds_count\{method="GET",status="404"\} 1$/m);
    expect(text).not.toMatch(/route="\/\*"/);
  });

  it("name no user, address or token", async () => {
    const { signIn } = await poolWithUser(server.cognito);
    const { AuthenticationResult: tokens } = await signIn();
    const text = await metrics();
    for (const secret of ["hanako", "taro@", tokens?.AccessToken ?? "", TOKEN, PASSWORD])
      expect(text).not.toContain(secret);
  });
});
