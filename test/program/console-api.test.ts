import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

describe("the API of the console's pages", () => {
  let server: TestServer;
  let poolId: string;
  beforeAll(async () => {
    server = await startTestServer();
    ({ poolId } = await createPoolAndClient(server.cognito));
  });
  afterAll(() => server.stop());

  const call = async (method: "GET" | "POST", path: string, body?: string) => {
    const response = await fetch(`${server.url}/console/api/${path}`, {
      method,
      headers: { "x-cognate-console": "1", origin: server.url, "content-type": "application/json" },
      ...(body !== undefined && { body }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it.each([
    ["function-target", "arn=a&arn=b"],
    ["log-destination", "arn=a&arn=b"],
    ["imported-hashes", "subs=a&subs=b"],
  ])("reads the first of several values under one name in the query of %s", async (route, query) => {
    expect((await call("GET", `user-pools/${poolId}/${route}?${query}`)).status).toBe(200);
  });

  it("answers 404 for a user pool that does not exist", async () => {
    expect(await call("GET", "user-pools/us-east-1_None/functions")).toEqual({
      status: 404,
      body: { message: "User pool us-east-1_None does not exist." },
    });
  });

  it("shows the preview of a style with excessively nested settings", async () => {
    const settings = "[".repeat(100_000) + "]".repeat(100_000);
    const body = `{"style":{"settings":${settings},"assets":[]},"scheme":"light"}`;
    const { status, body: answer } = await call("POST", "login-preview", body);
    expect(status).toBe(200);
    expect(answer.html).toContain("<form");
  });
});
