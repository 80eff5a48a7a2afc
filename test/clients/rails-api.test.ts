import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePort } from "../support/free-port.ts";
import { isMissing } from "../support/machine.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

describe.skipIf(isMissing("rails"))("the Rails API of examples/rails-api", () => {
  const username = "taro";
  const password = "Permanent-1";
  let server: TestServer;
  let puma: ChildProcess;
  let url: string;
  let tokens: { AccessToken?: string | undefined; IdToken?: string | undefined };
  let foreign: { AccessToken?: string | undefined };

  beforeAll(async () => {
    server = await startTestServer();
    const ours = await createPoolAndClient(server.cognito);
    const other = await createPoolAndClient(server.cognito);
    const signIn = async ({ poolId, clientId }: { poolId: string; clientId: string }) => {
      const user = { UserPoolId: poolId, Username: username };
      await createConfirmedUser(server.cognito, { ...user, Password: password });
      const { AuthenticationResult } = await server.cognito.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: username, PASSWORD: password },
        }),
      );
      return AuthenticationResult ?? {};
    };
    tokens = await signIn(ours);
    foreign = await signIn(other);

    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    puma = spawn("puma", [], {
      cwd: resolve(import.meta.dirname, "../../examples/rails-api"),
      env: {
        ...process.env,
        PORT: String(port),
        COGNITO_ISSUER: `${server.url}/${ours.poolId}`,
        COGNITO_CLIENT_ID: ours.clientId,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    await new Promise<void>((ready, failed) => {
      let said = "";
      const listen = (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes("Use Ctrl-C to stop")) ready();
      };
      puma.stdout?.on("data", listen);
      puma.stderr?.on("data", listen);
      puma.on("error", failed);
      puma.on("exit", () => failed(new Error(`puma ended: ${said}`)));
    });
  });
  afterAll(async () => {
    puma?.removeAllListeners("exit");
    puma?.kill();
    await server?.stop();
  });

  const get = (path: string, token: string | undefined) =>
    fetch(url + path, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

  it("accepts the access token", async () => {
    const answer = await get("/me", tokens.AccessToken);
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ username })]);
  });

  it("rejects a request without a token", async () => expect((await get("/me", undefined)).status).toBe(401));

  it.each([
    ["an ID token", () => tokens.IdToken, "this is not an access token"],
    ["a token of another pool", () => foreign.AccessToken, /./],
    ["an altered token", () => `${tokens.AccessToken?.slice(0, -6)}AAAAAA`, /Signature/],
    ["a string that is not a token", () => "x", /./],
  ])("rejects %s", async (_, token, reason) => {
    const answer = await get("/me", token());
    expect(answer.status).toBe(401);
    expect(((await answer.json()) as { error: string }).error).toMatch(reason);
  });

  it("rejects users who are not in the group", async () =>
    expect((await get("/admin", tokens.AccessToken)).status).toBe(403));
});
