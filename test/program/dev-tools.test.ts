import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CreateUserCommand } from "@aws-sdk/client-iam";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { iamClient } from "../support/iam.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

describe("tools of dev for tests", () => {
  let server: TestServer;
  let ids: { poolId: string; clientId: string };
  beforeAll(async () => {
    server = await startTestServer();
    ids = await createPoolAndClient(server.cognito);
  });
  afterAll(() => server.stop());

  const control = async (method: string, path: string, body?: object) => {
    const response = await fetch(`${server.url}/_cognate${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, never> };
  };
  afterEach(async () => void (await control("DELETE", "/clock")));

  it("have the invitation in the inbox, with the temporary password that signs the user in", async () => {
    await server.cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: ids.poolId,
        Username: "hanako",
        UserAttributes: [{ Name: "email", Value: "hanako@example.com" }],
        DesiredDeliveryMediums: ["EMAIL"],
      }),
    );
    const { body } = await control("GET", "/inbox?destination=hanako@example.com");
    const [message] = body.messages as unknown as { subject: string; body: string; medium: string }[];
    expect(message).toMatchObject({ medium: "EMAIL", subject: "Your temporary password" });
    const PASSWORD =
      /^Your username is hanako and temporary password is (\S+)\.$/.exec(message?.body ?? "")?.[1] ?? "";
    const challenge = await server.cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: ids.poolId,
        ClientId: ids.clientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "hanako", PASSWORD },
      }),
    );
    expect(challenge.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");

    expect((await control("DELETE", "/inbox")).status).toBe(200);
    expect((await control("GET", "/inbox")).body.messages).toEqual([]);
  });

  it("expire a Session by moving the clock by three minutes", async () => {
    const user = { UserPoolId: ids.poolId, Username: "jiro" };
    await server.cognito.send(
      new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS", TemporaryPassword: "Temporary-1" }),
    );
    const begin = () =>
      server.cognito.send(
        new AdminInitiateAuthCommand({
          UserPoolId: ids.poolId,
          ClientId: ids.clientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: "jiro", PASSWORD: "Temporary-1" },
        }),
      );
    const answer = (Session: string | undefined) =>
      server.cognito.send(
        new AdminRespondToAuthChallengeCommand({
          UserPoolId: ids.poolId,
          ClientId: ids.clientId,
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          ChallengeResponses: { USERNAME: "jiro", NEW_PASSWORD: "Permanent-1" },
          Session,
        }),
      );
    const late = await begin();
    expect((await control("POST", "/clock", { advanceSeconds: 181 })).body).toMatchObject({
      offsetMilliseconds: 181_000,
    });
    await expect(answer(late.Session)).rejects.toThrow("Invalid session for the user, session is expired.");

    await control("POST", "/clock", { advanceSeconds: 7 * 24 * 3600 });
    await expect(begin()).rejects.toThrow(
      "Temporary password has expired and must be reset by an administrator.",
    );

    expect((await control("DELETE", "/clock")).body).toMatchObject({ offsetMilliseconds: 0 });
    await control("POST", "/clock", { stopped: true });
    const intime = await begin();
    await control("POST", "/clock", { advanceSeconds: 179 });
    expect((await answer(intime.Session)).AuthenticationResult?.IdToken).toBeDefined();
  });

  it("move the clock by whole milliseconds", async () => {
    const { body } = await control("POST", "/clock", { advanceSeconds: 0.0014 });
    expect(Number.isInteger(body.epochMilliseconds)).toBe(true);
    expect(body.offsetMilliseconds).toBeLessThanOrEqual(1);
  });

  it("stop the clock, move it while it is stopped, and let it run on", async () => {
    await control("POST", "/clock", { now: "2030-01-01T00:00:00Z" });
    const { body } = await control("POST", "/clock", { stopped: true });
    expect(body.stopped).toBe(true);
    expect((await control("GET", "/clock")).body.now).toBe(body.now);
    expect((await control("POST", "/clock", { advanceSeconds: 60 })).body.epochMilliseconds).toBe(
      Number(body.epochMilliseconds) + 60_000,
    );
    const resumed = await control("POST", "/clock", { stopped: false });
    expect(resumed.body.stopped).toBe(false);
    expect(resumed.body.epochMilliseconds).toBeGreaterThanOrEqual(Number(body.epochMilliseconds) + 60_000);
    await control("POST", "/clock", { stopped: true });
    expect((await control("DELETE", "/clock")).body).toMatchObject({ offsetMilliseconds: 0, stopped: false });
  });

  it("signs users in with the clock at the latest time that it can be moved to", async () => {
    expect((await control("POST", "/clock", { now: "9000-01-01T00:00:00Z" })).status).toBe(200);
    const iam = iamClient(server);
    const { User } = await iam.send(new CreateUserCommand({ UserName: "late" }));
    expect(User?.CreateDate?.getUTCFullYear()).toBe(9000);
    iam.destroy();
  });

  it("rotate a pool's signing keys and keep the tokens of the old ones valid", async () => {
    const kids = async () => {
      const response = await fetch(`${server.url}/${ids.poolId}/.well-known/jwks.json`);
      return ((await response.json()) as { keys: { kid: string }[] }).keys.map(({ kid }) => kid);
    };
    const before = await kids();
    expect((await control("POST", `/signing-keys?poolId=${ids.poolId}`)).status).toBe(200);
    const after = await kids();
    expect(after).toHaveLength(4);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(await control("POST", "/signing-keys?poolId=us-east-1_Nobody")).toEqual({
      status: 404,
      body: { message: "User pool us-east-1_Nobody does not exist." },
    });
  });

  it("list recent calls without their secrets", async () => {
    const refused = new AdminInitiateAuthCommand({
      UserPoolId: ids.poolId,
      ClientId: ids.clientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "saburo", PASSWORD: "Permanent-1" },
    });
    await createConfirmedUser(server.cognito, {
      UserPoolId: ids.poolId,
      Username: "saburo",
      Password: "Permanent-2",
    });
    await expect(server.cognito.send(refused)).rejects.toThrow("Incorrect username or password.");
    const { body } = await control("GET", "/activity");
    expect(body.calls).toContainEqual(
      expect.objectContaining({
        service: "cognito-idp",
        operation: "AdminInitiateAuth",
        status: 400,
        error: "NotAuthorizedException",
      }),
    );
    expect(JSON.stringify(body)).not.toMatch(/Permanent-[12]/);
  });

  it.each([
    { advanceSeconds: "soon" },
    { now: "yesterday" },
    { advanceSeconds: 1e300 },
    { advanceSeconds: -1e12 },
    { now: "+275760-09-13T00:00:00Z" },
    { now: "2030-01-01T00:00:00" },
    { now: "Jan 1 2030" },
    { stopped: "yes" },
  ])("reject the move of the clock %j", async (body) =>
    expect(await control("POST", "/clock", body)).toEqual({
      status: 400,
      body: {
        message:
          'Give {"advanceSeconds": number}, {"now": "an ISO 8601 time such as 2030-01-01T00:00:00Z"} or {"stopped": boolean}.',
      },
    }),
  );

  it.each([
    ["after=nowhere", "after is not a position of this list."],
    ["limit=1.5", "limit must be a whole number from 1 to 200."],
    ["since=2030-01-01", "since must be a number from 0."],
    ["wait=-1", "wait must be a number from 0."],
  ])("reject the inbox query %s", async (query, message) =>
    expect(await control("GET", `/inbox?${query}`)).toEqual({ status: 400, body: { message } }),
  );
});
