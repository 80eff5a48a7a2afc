import { request } from "node:http";
import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, describe, expect, it } from "vitest";
import type { Settings } from "../../src/config/index.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

describe("cognate dev on an address that other machines reach", () => {
  let server: TestServer;
  afterEach(() => server.stop());

  const start = async (more: Partial<Settings> = {}) => {
    server = await startTestServer({ host: "0.0.0.0", hosts: ["build-box"], ...more });
  };

  const listPools = (credentials: { accessKeyId: string; secretAccessKey: string }) => {
    const client = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials,
      maxAttempts: 1,
    });
    return client.send(new ListUserPoolsCommand({ MaxResults: 5 })).finally(() => client.destroy());
  };
  const dummy = { accessKeyId: "none", secretAccessKey: "none" };

  const statusOf = (path: string, host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const call = request(server.url + path, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      call.on("error", reject).end();
    });

  /** Who the console takes a browser for that has not signed in. */
  const visitor = async () =>
    (await fetch(`${server.url}/console/api/me`, { headers: { "x-cognate-console": "1" } })).json();

  it("rejects unknown access keys and accepts the administrator's", async () => {
    await start();
    await expect(listPools(dummy)).rejects.toMatchObject({ name: "UnrecognizedClientException" });
    expect((await listPools(server.administrator ?? dummy)).UserPools).toEqual([]);
  });

  it("requires a permission for its inbox and clock, and a sign-in for the console", async () => {
    await start();
    expect(
      await Promise.all(["/_cognate/inbox", "/_cognate/clock"].map((path) => statusOf(path, "build-box"))),
    ).toEqual([404, 404]);
    const me = await visitor();
    expect(me).toMatchObject({ signedIn: false, canSkipSignIn: false });
  });

  it("answers only requests to the given host names", async () => {
    await start();
    expect(await statusOf("/console/", "build-box")).toBe(200);
    expect(await statusOf("/console/", "evil.example")).toBe(421);
  });

  it.each(["/_cognate/health", "/_cognate/ready"])(
    "answers %s by any name, because probes use the address of the container",
    async (path) => {
      await start();
      expect(await statusOf(path, "10.1.2.3:9229")).toBe(200);
      expect(await statusOf(`${path}x`, "10.1.2.3:9229")).toBe(421);
    },
  );

  it("accepts unknown access keys with --trust-unknown-keys", async () => {
    await start({ trustUnknownKeys: true });
    expect((await listPools(dummy)).UserPools).toEqual([]);
    expect(await statusOf("/_cognate/inbox", "build-box")).toBe(200);
    const me = await visitor();
    expect(me).toMatchObject({ signedIn: true, isLocal: true });
  });
});
