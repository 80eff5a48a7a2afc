import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  type IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { iamClient } from "../support/iam.ts";
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

  describe("for a person whose policies have conditions", () => {
    /** @returns the status of a person's call that a policy denies under a condition */
    const statusIfDenied = async (Condition: object): Promise<number> => {
      const UserName = `person-${crypto.randomUUID()}`;
      await administrator.send(new CreateUserCommand({ UserName }));
      const Statement = [
        { Effect: "Allow", Action: "cognate:*", Resource: "*" },
        { Effect: "Deny", Action: "cognate:*", Resource: "*", Condition },
      ];
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
      await administrator.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument }));
      const { AccessKey } = await administrator.send(new CreateAccessKeyCommand({ UserName }));
      const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = AccessKey ?? {};
      const headers = { "x-cognate-console": "1", origin: server.url, "content-type": "application/json" };
      const signIn = await fetch(`${server.url}/console/api/sign-in`, {
        method: "POST",
        headers,
        body: JSON.stringify({ accessKeyId, secretAccessKey }),
      });
      const cookie = signIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
      const url = `${server.url}/console/api/user-pools/${tagged}/functions`;
      return (await fetch(url, { headers: { ...headers, cookie } })).status;
    };
    let tagged: string;
    let administrator: IAMClient;
    afterAll(() => administrator.destroy());
    beforeAll(async () => {
      administrator = iamClient(server);
      ({ poolId: tagged } = await createPoolAndClient(server.cognito, { UserPoolTags: { env: "prod" } }));
    });

    it("compares the tags of the pool", async () => {
      expect(await statusIfDenied({ StringEquals: { "aws:ResourceTag/env": "prod" } })).toBe(403);
      expect(await statusIfDenied({ StringEquals: { "aws:ResourceTag/env": "test" } })).toBe(200);
    });

    it("compares the region of the pool", async () => {
      expect(await statusIfDenied({ StringEquals: { "aws:RequestedRegion": "us-east-1" } })).toBe(403);
      expect(await statusIfDenied({ StringNotEquals: { "aws:RequestedRegion": "us-east-1" } })).toBe(200);
    });

    it("has no MFA, as the credentials of the page have none", async () => {
      expect(await statusIfDenied({ Bool: { "aws:MultiFactorAuthPresent": "false" } })).toBe(403);
      expect(await statusIfDenied({ Bool: { "aws:MultiFactorAuthPresent": "true" } })).toBe(200);
    });
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
