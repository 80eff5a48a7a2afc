/** What an app client must be and send for a sign-in. */
import { afterAll, describe, expect, it } from "vitest";
import { secretHash } from "../../../crypto/index.ts";
import { testContext } from "../../testing.ts";
import { operations } from "../registry.ts";
import { openScene, outcome, PASSWORD, passwordCalls, type Scene } from "./testing.ts";

const context = await testContext();
afterAll(() => context.store.close());
const { scene, sceneWith, signIn, adminSignIn } = passwordCalls(context);
const { AdminInitiateAuth: adminInitiateAuth, InitiateAuth: initiateAuth } = operations;

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:custom";

describe("the client and pool of a sign-in", () => {
  it("are rejected if the client does not exist", async () => {
    expect(await outcome(initiateAuth({ ClientId: "nobody", AuthFlow: "USER_PASSWORD_AUTH" }, context))).toBe(
      "ResourceNotFoundException: User pool client nobody does not exist.",
    );
  });

  it("are rejected if the client does not exist in an administrator's pool either", async () => {
    const { pool, client } = await scene();
    expect(await outcome(adminSignIn({ pool, client: { ...client, id: "nobody" } }))).toBe(
      "ResourceNotFoundException: User pool client nobody does not exist.",
    );
  });

  it("are rejected if the pool does not exist", async () => {
    const { client } = await scene();
    const answer = adminInitiateAuth(
      { UserPoolId: "us-east-1_Nowhere", ClientId: client.id, AuthFlow: "ADMIN_USER_PASSWORD_AUTH" },
      context,
    );
    expect(await outcome(answer)).toBe(
      "ResourceNotFoundException: User pool us-east-1_Nowhere does not exist.",
    );
  });

  it("are rejected if the client belongs to another pool", async () => {
    const [here, elsewhere] = [await scene(), await scene()];
    await here.addUser();
    expect(await outcome(adminSignIn({ pool: here.pool, client: elsewhere.client }))).toBe(
      `ResourceNotFoundException: User pool client ${elsewhere.client.id} does not exist in user pool ${here.pool.id}.`,
    );
  });

  it("are checked after the flow, if that belongs to the other operation", async () => {
    const { pool, client } = await scene({ secret: "s".repeat(51), client: { ExplicitAuthFlows: [] } });
    for (const AuthFlow of ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] as const) {
      expect(await outcome(initiateAuth({ ClientId: client.id, AuthFlow }, context))).toBe(
        "InvalidParameterException: Initiate Auth method not supported.",
      );
    }
    const request = { UserPoolId: pool.id, ClientId: client.id, AuthFlow: "USER_PASSWORD_AUTH" } as const;
    expect(await outcome(adminInitiateAuth(request, context))).toBe(
      "InvalidParameterException: Initiate Auth method not supported.",
    );
  });
});

describe("the flows that a client allows", () => {
  it.each([
    ["USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH flow not enabled for this client"],
    ["ADMIN_USER_PASSWORD_AUTH", "Auth flow not enabled for this client"],
    ["ADMIN_NO_SRP_AUTH", "Auth flow not enabled for this client"],
    ["USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client."],
    ["CUSTOM_AUTH", "CUSTOM_AUTH is not enabled for the client."],
    ["USER_AUTH", "USER_AUTH is not enabled for the client."],
    ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN_AUTH is not enabled for the client."],
    ["REFRESH_TOKEN", "REFRESH_TOKEN_AUTH is not enabled for the client."],
  ] as const)("reject %s if it is not listed, whatever else is missing", async (AuthFlow, text) => {
    const { pool, client } = await sceneWith({}, { ExplicitAuthFlows: [] });
    const answer =
      AuthFlow === "USER_PASSWORD_AUTH"
        ? initiateAuth({ ClientId: client.id, AuthFlow }, context)
        : adminInitiateAuth({ UserPoolId: pool.id, ClientId: client.id, AuthFlow }, context);
    expect(await outcome(answer)).toBe(`InvalidParameterException: ${text}`);
  });

  it("are SRP, custom and refresh if the client lists none", async () => {
    const here = await sceneWith({}, { ExplicitAuthFlows: undefined });
    await here.addUser();
    expect(await outcome(signIn(here))).toBe(
      "InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client",
    );
    const srp = { USERNAME: "alice", SRP_A: "abcdef" };
    expect(
      await initiateAuth(
        { ClientId: here.client.id, AuthFlow: "USER_SRP_AUTH", AuthParameters: srp },
        context,
      ),
    ).toMatchObject({ ChallengeName: "PASSWORD_VERIFIER" });
  });

  it.each([
    ["USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"],
    ["ADMIN_NO_SRP_AUTH", "ADMIN_NO_SRP_AUTH"],
    ["ADMIN_NO_SRP_AUTH", "ADMIN_USER_PASSWORD_AUTH"],
  ] as const)("of a client that lists only the older name %s include %s", async (listed, flow) => {
    const here = await sceneWith({}, { ExplicitAuthFlows: [listed] });
    await here.addUser();
    const answer = flow === "USER_PASSWORD_AUTH" ? signIn(here) : adminSignIn(here, {}, flow);
    expect((await answer).AuthenticationResult).toBeDefined();
  });

  it.each([
    {},
    { DefineAuthChallenge: ARN, CreateAuthChallenge: ARN },
    { DefineAuthChallenge: ARN, VerifyAuthChallengeResponse: ARN },
    { CreateAuthChallenge: ARN, VerifyAuthChallengeResponse: ARN },
  ])("include custom sign-in only if the pool has its three triggers: %j", async (LambdaConfig) => {
    const { client } = await sceneWith({ LambdaConfig }, { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"] });
    const answer = initiateAuth(
      { ClientId: client.id, AuthFlow: "CUSTOM_AUTH", AuthParameters: { USERNAME: "alice" } },
      context,
    );
    expect(await outcome(answer)).toBe(
      "InvalidParameterException: Custom auth lambda trigger is not configured for the user pool.",
    );
  });
});

describe("the parameters of a sign-in", () => {
  it.each([
    ["USER_PASSWORD_AUTH", "PASSWORD"],
    ["USER_SRP_AUTH", "SRP_A"],
  ] as const)("of %s are required before the user is looked for: %s", async (AuthFlow, missing) => {
    const { client } = await scene();
    const AuthParameters = { USERNAME: "nobody" };
    expect(await outcome(initiateAuth({ ClientId: client.id, AuthFlow, AuthParameters }, context))).toBe(
      `InvalidParameterException: Missing required parameter ${missing}`,
    );
  });

  it("include a Session only in a choice-based sign-in: others ignore it", async () => {
    const here = await scene();
    await here.addUser();
    const request = {
      ClientId: here.client.id,
      AuthFlow: "USER_PASSWORD_AUTH" as const,
      AuthParameters: { USERNAME: "alice", PASSWORD },
      Session: "of no sign-in at all",
    };
    expect((await initiateAuth(request, context)).AuthenticationResult).toBeDefined();
  });
});

describe("a client that is deleted during a sign-in", () => {
  it("gets the answer for an unknown client", async () => {
    const here = await openScene({ context });
    await here.addUser();
    const signingIn = initiateAuth(
      {
        ClientId: here.client.id,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "alice", PASSWORD },
      },
      context,
    );
    await context.store.clients.delete(here.client.id);
    expect(await outcome(signingIn)).toBe(
      `ResourceNotFoundException: User pool client ${here.client.id} does not exist.`,
    );
  });
});

describe("the SECRET_HASH of a client with a secret", () => {
  const secret = "examplesecret1234567890";
  const hashOf = ({ client }: Scene, username: string) => secretHash(secret, username, client.id);

  it("is required, and checked before the flow and the user", async () => {
    const here = await scene({ secret, client: { ExplicitAuthFlows: [] } });
    expect(await outcome(signIn(here, { USERNAME: "nobody" }))).toBe(
      `NotAuthorizedException: Client ${here.client.id} is configured with secret but SECRET_HASH was not received`,
    );
  });

  it("must be right, with the same answer whether or not the user exists", async () => {
    const here = await scene({ secret });
    await here.addUser();
    for (const USERNAME of ["alice", "nobody"]) {
      expect(await outcome(signIn(here, { USERNAME, SECRET_HASH: hashOf(here, "bob") }))).toBe(
        `NotAuthorizedException: Unable to verify secret hash for client ${here.client.id}`,
      );
    }
  });

  it("is computed over the name as sent, also if it is an alias", async () => {
    const here = await scene({ secret, pool: { AliasAttributes: ["email"] } });
    await here.addUser({ attributes: { email: "a@example.com", email_verified: "true" } });
    const byAlias = { USERNAME: "a@example.com", SECRET_HASH: hashOf(here, "a@example.com") };
    expect((await signIn(here, byAlias)).AuthenticationResult).toBeDefined();
    const mixed = { USERNAME: "a@example.com", SECRET_HASH: hashOf(here, "alice") };
    expect(await outcome(signIn(here, mixed))).toMatch(/^NotAuthorizedException: Unable to verify/);
  });

  it("is required of administrators as well", async () => {
    const here = await scene({ secret });
    await here.addUser();
    expect(await outcome(adminSignIn(here))).toMatch(/SECRET_HASH was not received$/);
    expect(
      (await adminSignIn(here, { SECRET_HASH: hashOf(here, "alice") })).AuthenticationResult,
    ).toBeDefined();
  });

  it("is checked after a missing USERNAME", async () => {
    const here = await scene({ secret });
    expect(await outcome(signIn(here, { USERNAME: "", SECRET_HASH: hashOf(here, "") }))).toBe(
      "InvalidParameterException: Missing required parameter USERNAME",
    );
  });
});
