import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DescribeUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

describe("the wire format", () => {
  let server: TestServer;
  let poolId: string;
  let clientId: string;
  beforeAll(async () => {
    server = await startTestServer();
    ({ poolId, clientId } = await createPoolAndClient(server.cognito));
  });
  afterAll(() => server.stop());

  const initiateAuth = (headers: Record<string, string> = {}) =>
    fetch(server.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
        ...headers,
      },
      body: JSON.stringify({
        ClientId: clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "nobody", PASSWORD: "Password-1" },
      }),
    });

  it("answers an error with status 400, the bare name in the body, and the name with a colon in a header", async () => {
    const answer = await initiateAuth();
    expect(answer.status).toBe(400);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-errortype": "UserNotFoundException:",
      "x-amzn-errormessage": "User does not exist.",
      "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
      date: expect.any(String),
    });
    expect(await answer.text()).toBe('{"__type":"UserNotFoundException","message":"User does not exist."}');
  });

  it("answers an operation without output with an empty body and the protocol's content type", async () => {
    const user = { UserPoolId: poolId, Username: "jane" };
    await server.cognito.send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
    const seen: [string | undefined, string | undefined][] = [];
    const client = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: { accessKeyId: "anybody", secretAccessKey: "whatever" },
    });
    client.middlewareStack.add(
      (next) => async (step) => {
        const result = await next(step);
        const { headers } = result.response as { headers: Record<string, string> };
        seen.push([headers["content-length"], headers["content-type"]]);
        return result;
      },
      { step: "deserialize", priority: "low" },
    );
    await client.send(new AdminDeleteUserCommand(user));
    client.destroy();
    expect(seen).toEqual([["0", "application/x-amz-json-1.1"]]);
  });

  it("answers a preflight request for two days", async () => {
    const asked =
      "amz-sdk-invocation-id,amz-sdk-request,cache-control,content-type,x-amz-target,x-amz-user-agent";
    const answer = await fetch(server.url, {
      method: "OPTIONS",
      headers: {
        origin: "https://app.example.com",
        "access-control-request-method": "POST",
        "access-control-request-headers": asked,
      },
    });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": asked,
      "access-control-max-age": "172800",
    });
    const refused = await initiateAuth({ origin: "https://app.example.com" });
    expect(refused.headers.get("access-control-allow-origin")).toBe("*");
    expect(refused.headers.get("access-control-expose-headers")).toBe(
      "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
    );
  });
});

describe("a request to /", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  const post = async (headers: Record<string, string>, body: string) => {
    const answer = await fetch(server.url, { method: "POST", headers, body });
    return [answer.status, (await answer.text()).replace(/[\da-f]{8}-[\da-f-]+/, "ID").slice(0, 120)];
  };

  it.each([
    [
      "identity pools by its target",
      { "x-amz-target": "AWSCognitoIdentityService.GetId" },
      "{}",
      [400, '{"__type":"UnknownOperationException"}'],
    ],
    [
      "no service by another target, whatever the form contains",
      { "x-amz-target": "DynamoDB_20120810.X" },
      "Action=GetCallerIdentity&Version=2011-06-15",
      [404, expect.stringContaining("did not understand")],
    ],
    [
      "no service without a target or a version",
      {},
      "{}",
      [404, expect.stringContaining("did not understand")],
    ],
    [
      "STS by its version",
      {},
      "Action=GetCallerIdentity&Version=2011-06-15",
      [403, expect.stringContaining("https://sts.amazonaws.com/doc/2011-06-15/")],
    ],
  ])("goes to %s", async (_, headers, body, answer) => {
    expect(await post(headers as Record<string, string>, body)).toEqual(answer);
  });

  it("is answered in the form of its service even if the body is too large or the content type is another", async () => {
    const target = { "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" };
    const large = "a".repeat(3 * 1024 * 1024);
    expect(await post(target, large)).toEqual([
      413,
      '{"__type":"RequestEntityTooLargeException","message":"Request size exceeded 1048576 bytes"}',
    ]);
    expect(await post({}, large)).toEqual([413, expect.stringContaining("<ErrorResponse")]);
    expect(await post({ ...target, "content-type": "no type" }, "[]")).toEqual([
      400,
      expect.stringContaining("SerializationException"),
    ]);
  });

  it("is rejected without validation if its JSON has more values than any operation accepts", async () => {
    const members = Array.from({ length: 10_001 }, (_, index) => `"k${index}":"v"`).join();
    const body = `{"ClientId":"a","AuthFlow":"USER_PASSWORD_AUTH","AuthParameters":{${members}}}`;
    const answer = await post({ "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" }, body);
    expect(answer).toEqual([400, '{"__type":"SerializationException"}']);
  });

  it("can be signed for the region local in dev, as scripts for other emulators do", async () => {
    const client = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "local",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: "p" }));
    expect(UserPool?.Id).toMatch(/^local_\w{9}$/);
    const described = await client.send(new DescribeUserPoolCommand({ UserPoolId: UserPool?.Id }));
    expect(described.UserPool?.Name).toBe("p");
    client.destroy();
  });

  it("of a browser is redirected to the console", async () => {
    const answer = await fetch(server.url, { headers: { accept: "text/html" }, redirect: "manual" });
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/console/"]);
  });
});
