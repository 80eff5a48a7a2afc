import { afterAll, describe, expect, it } from "vitest";
import type { UserPoolSettings } from "../../../storage/index.ts";
import { buildSchema } from "../../attributes/index.ts";
import { testContext } from "../../testing.ts";
import { operations } from "../registry.ts";
import { granted, NEW_PASSWORD, newPasswordCalls } from "./new-password-calls.ts";
import { claimsOf, outcome, PASSWORD, passwordCalls } from "./testing.ts";

const {
  AdminRespondToAuthChallenge: adminRespondToAuthChallenge,
  RespondToAuthChallenge: respondToAuthChallenge,
} = operations;
const context = await testContext();
afterAll(() => context.store.close());
const { sceneOfNewUser, challenge, sessionOf, respond } = newPasswordCalls(context);
const { adminSignIn } = passwordCalls(context);
const INVALID = "NotAuthorizedException: Invalid session for the user.";

const withAttributes: UserPoolSettings = {
  SchemaAttributes: buildSchema([
    { Name: "email", Required: true },
    { Name: "given_name", Required: true },
  ]),
};

describe("the challenge NEW_PASSWORD_REQUIRED", () => {
  it("returns the readable attributes and the missing required ones as JSON text", async () => {
    const here = await sceneOfNewUser({ pool: withAttributes });
    const { ChallengeName, ChallengeParameters, Session, AuthenticationResult } = await challenge(here);
    expect(ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    expect(AuthenticationResult).toBeUndefined();
    expect(ChallengeParameters).toEqual({
      USER_ID_FOR_SRP: "alice",
      requiredAttributes: '["userAttributes.given_name"]',
      userAttributes: '{"email":"a@example.com","email_verified":"true","given_name":""}',
    });
    expect(Session).toMatch(/^AYABe[\w-]+$/);
    expect(Session?.length).toBeGreaterThanOrEqual(20);
    expect(Session?.length).toBeLessThanOrEqual(2048);
  });

  it("hides attributes that the client may not read", async () => {
    const here = await sceneOfNewUser({ client: { ReadAttributes: ["email_verified"] } });
    const { ChallengeParameters } = await challenge(here);
    expect(ChallengeParameters?.userAttributes).toBe('{"email_verified":"true"}');
    expect(ChallengeParameters?.requiredAttributes).toBe("[]");
  });

  it("returns tokens, confirms the user, sets the password, and keeps the state of the addresses", async () => {
    const here = await sceneOfNewUser();
    expect(await respond(here, await sessionOf(here))).toEqual(granted);
    expect(await here.stored(here.user)).toMatchObject({
      status: "CONFIRMED",
      attributes: { email: "a@example.com", email_verified: "true" },
      password: { temporary: false },
    });
    expect(await outcome(challenge(here))).toBe("NotAuthorizedException: Incorrect username or password.");
    expect(await challenge(here, { PASSWORD: NEW_PASSWORD })).toEqual(granted);
  });

  it("accepts the temporary password as the new one", async () => {
    const here = await sceneOfNewUser();
    expect(await respond(here, await sessionOf(here), { NEW_PASSWORD: PASSWORD })).toEqual(granted);
  });

  it("is returned for each sign-in with the temporary password until one of them is complete", async () => {
    const here = await sceneOfNewUser();
    const [first, second] = [await sessionOf(here), await sessionOf(here)];
    expect(await respond(here, second)).toEqual(granted);
    expect(await respond(here, first)).toBe(INVALID);
  });

  it("is answered by AdminRespondToAuthChallenge", async () => {
    const here = await sceneOfNewUser();
    const party = { UserPoolId: here.pool.id, ClientId: here.client.id };
    const { Session } = await adminSignIn(here);
    const answer = await adminRespondToAuthChallenge(
      {
        ...party,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME: "alice", NEW_PASSWORD },
      },
      context,
    );
    expect(answer).toEqual(granted);
  });
});

describe("a new password", () => {
  it.each([
    ["Ab1-", "Password not long enough"],
    ["battery-staple-2", "Password must have uppercase characters"],
    ["BATTERY-STAPLE-2", "Password must have lowercase characters"],
    ["Battery-staple", "Password must have numeric characters"],
    ["Battery1staple2", "Password must have symbol characters"],
    [" Battery-staple-2", "Password must satisfy regular expression pattern: ^\\S.*\\S$"],
    ["Battery staple 2 ", "Password must satisfy regular expression pattern: ^\\S.*\\S$"],
    [`Battery-staple-2${"x".repeat(241)}`, "Password must have length less than or equal to 256"],
  ])("is rejected as %.20s, and the Session stays usable", async (weak, text) => {
    const here = await sceneOfNewUser();
    const session = await sessionOf(here);
    expect(await respond(here, session, { NEW_PASSWORD: weak })).toBe(
      `InvalidPasswordException: Password does not conform to policy: ${text}`,
    );
    expect(await respond(here, session)).toEqual(granted);
  });

  it("is rejected if the user had it before the temporary one, and the Session stays usable", async () => {
    const pool = { Policies: { PasswordPolicy: { MinimumLength: 8, PasswordHistorySize: 2 } } };
    const here = await sceneOfNewUser({ pool });
    const named = { UserPoolId: here.pool.id, Username: "alice" };
    const earlier = { ...named, Password: "Earlier-horse-3", Permanent: true };
    await operations.AdminSetUserPassword(earlier, context);
    await operations.AdminSetUserPassword({ ...named, Password: PASSWORD, Permanent: false }, context);
    const session = await sessionOf(here);
    expect(await respond(here, session, { NEW_PASSWORD: earlier.Password })).toBe(
      "PasswordHistoryPolicyViolationException: Password has previously been used",
    );
    expect(await respond(here, session)).toEqual(granted);
  });

  it("may contain a space, which counts as a symbol", async () => {
    const here = await sceneOfNewUser();
    expect(await respond(here, await sessionOf(here), { NEW_PASSWORD: "Battery staple 2" })).toEqual(granted);
  });

  it("is required", async () => {
    const here = await sceneOfNewUser();
    const session = await sessionOf(here);
    expect(await respond(here, session, { NEW_PASSWORD: "" })).toBe(
      "InvalidParameterException: Missing required parameter NEW_PASSWORD",
    );
  });
});

describe("attributes given with a new password", () => {
  it("must include every missing required attribute", async () => {
    const here = await sceneOfNewUser({ pool: withAttributes });
    const session = await sessionOf(here);
    expect(await respond(here, session)).toBe(
      "InvalidParameterException: Invalid attributes given, given_name is missing",
    );
    expect(await respond(here, session, { "userAttributes.given_name": "Alice" })).toEqual(granted);
  });

  it("can include others without a value so far", async () => {
    const here = await sceneOfNewUser({ pool: withAttributes });
    await respond(here, await sessionOf(here), {
      "userAttributes.given_name": "Alice",
      "userAttributes.family_name": "Liddell",
    });
    expect((await here.stored(here.user))?.attributes).toMatchObject({
      given_name: "Alice",
      family_name: "Liddell",
    });
  });

  it.each(["a@example.com", "b@example.com"])(
    "cannot include one that already has a value, not even the same (%s)",
    async (email) => {
      const here = await sceneOfNewUser({ pool: withAttributes });
      const session = await sessionOf(here);
      const responses = { "userAttributes.given_name": "Alice", "userAttributes.email": email };
      expect(await respond(here, session, responses)).toBe(
        "NotAuthorizedException: Cannot modify an already provided email",
      );
    },
  );

  it.each([
    ["email_verified", "Cannot modify the non-mutable attribute email_verified"],
    ["phone_number_verified", "Cannot modify the non-mutable attribute phone_number_verified"],
    ["sub", "Cannot modify the non-mutable attribute sub"],
    ["custom:unknown", "user.custom:unknown: Attribute does not exist in the schema.\n"],
    ["__proto__", "user.__proto__: Attribute does not exist in the schema.\n"],
  ])("cannot include one that no client may write: %s", async (name, text) => {
    const here = await sceneOfNewUser();
    const session = await sessionOf(here);
    expect(await respond(here, session, { [`userAttributes.${name}`]: "true" })).toBe(
      `InvalidParameterException: ${text}`,
    );
  });

  it("are rejected outside the client's WriteAttributes", async () => {
    const here = await sceneOfNewUser({ pool: withAttributes, client: { WriteAttributes: ["given_name"] } });
    const session = await sessionOf(here);
    const responses = { "userAttributes.given_name": "Alice", "userAttributes.family_name": "Liddell" };
    expect(await respond(here, session, responses)).toBe(
      "NotAuthorizedException: A client attempted to write unauthorized attribute",
    );
  });

  it("sign the user in afterwards if they are aliases", async () => {
    const here = await sceneOfNewUser({ pool: { AliasAttributes: ["preferred_username"] } });
    await respond(here, await sessionOf(here), { "userAttributes.preferred_username": "Al" });
    expect(await challenge(here, { USERNAME: "Al", PASSWORD: NEW_PASSWORD })).toEqual(granted);
  });

  it("are rejected if the preferred username is another user's sub or username", async () => {
    const here = await sceneOfNewUser({ pool: { AliasAttributes: ["preferred_username"] } });
    const victim = await here.addUser({ username: "victim" });
    for (const name of [victim.sub, "victim"]) {
      const answer = respond(here, await sessionOf(here), { "userAttributes.preferred_username": name });
      expect(await answer).toBe("AliasExistsException: User account already exists for the alias.");
    }
  });

  it("are rejected if they are another user's alias, without any change", async () => {
    const here = await sceneOfNewUser({ pool: { AliasAttributes: ["preferred_username"] } });
    await here.addUser({ username: "bob", attributes: { preferred_username: "Al" } });
    const session = await sessionOf(here);
    expect(await respond(here, session, { "userAttributes.preferred_username": "Al" })).toMatch(
      /^AliasExistsException: /,
    );
    expect((await here.stored(here.user))?.status).toBe("FORCE_CHANGE_PASSWORD");
    expect(await respond(here, session)).toEqual(granted);
  });
});

describe("the answer to a challenge", () => {
  it("must contain USERNAME", async () => {
    const here = await sceneOfNewUser();
    expect(await respond(here, await sessionOf(here), { USERNAME: "" })).toBe(
      "InvalidParameterException: Missing required parameter USERNAME",
    );
  });

  it("returns tokens with the attributes that it set", async () => {
    const here = await sceneOfNewUser({ pool: withAttributes });
    const answer = await respondToAuthChallenge(
      {
        ClientId: here.client.id,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: await sessionOf(here),
        ChallengeResponses: { USERNAME: "alice", NEW_PASSWORD, "userAttributes.given_name": "Alice" },
      },
      context,
    );
    expect(claimsOf(answer.AuthenticationResult?.IdToken).given_name).toBe("Alice");
  });
});
