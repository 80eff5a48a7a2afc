import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonValue, RespondToAuthChallengeResponse } from "../../../api-model/index.ts";
import type { UserPoolSettings } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { APP, mfaScene, OPTIONAL } from "../mfa/testing.ts";
import { type Authenticator, type Ceremony, createAuthenticator } from "./testing.ts";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

const RP = "auth.example.com";
const ALLOWED = {
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
} satisfies UserPoolSettings;
const POOL = { ...ALLOWED, WebAuthnConfiguration: { RelyingPartyId: RP } } satisfies UserPoolSettings;
const REFUSED = ["NotAuthorizedException", "Incorrect username or password."];

async function scene(pool: UserPoolSettings = POOL) {
  const here = await mfaScene(pool, {}, Promise.resolve(context));
  const client = await here.addClient({
    ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
  });
  const { AuthenticationResult } = await here.call("InitiateAuth", {
    ClientId: client.id,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: "alice", PASSWORD: "Correct-horse-1" },
  });
  const AccessToken = AuthenticationResult?.AccessToken ?? "";
  const start = async () => {
    const { CredentialCreationOptions } = await here.call("StartWebAuthnRegistration", { AccessToken });
    return CredentialCreationOptions as { challenge: string; rp: { id: string } };
  };
  const complete = (Credential: unknown) =>
    here.call("CompleteWebAuthnRegistration", { AccessToken, Credential: Credential as JsonValue });
  const refusesToComplete = (Credential: unknown) =>
    here.refusal("CompleteWebAuthnRegistration", { AccessToken, Credential: Credential as JsonValue });
  const register = async (changes: Partial<Ceremony> = {}) => {
    const authenticator = createAuthenticator();
    const { challenge } = await start();
    await complete(authenticator.register({ challenge, rpId: RP, ...changes }));
    return authenticator;
  };
  const begin = (USERNAME = "alice") =>
    here.call("InitiateAuth", {
      ClientId: client.id,
      AuthFlow: "USER_AUTH",
      AuthParameters: { USERNAME, PREFERRED_CHALLENGE: "WEB_AUTHN" },
    });
  const answer = ({ Session }: RespondToAuthChallengeResponse, CREDENTIAL: string, USERNAME = "alice") => ({
    ClientId: client.id,
    ChallengeName: "WEB_AUTHN" as const,
    Session,
    ChallengeResponses: { USERNAME, CREDENTIAL },
  });
  return { ...here, client, AccessToken, start, complete, refusesToComplete, register, begin, answer };
}

const optionsOf = ({ ChallengeParameters }: RespondToAuthChallengeResponse) =>
  JSON.parse(ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? "{}") as {
    challenge: string;
    rpId: string;
  };

describe("registering a passkey", () => {
  it("returns the options in Cognito's format", async () => {
    const here = await scene();
    const user = (await here.call("GetUser", { AccessToken: here.AccessToken })).UserAttributes?.find(
      ({ Name }) => Name === "sub",
    );
    const first = await here.register();
    expect(await here.start()).toEqual({
      authenticatorSelection: {
        requireResidentKey: true,
        residentKey: "required",
        userVerification: "preferred",
      },
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      excludeCredentials: [{ id: first.credentialId, type: "public-key" }],
      pubKeyCredParams: [
        { alg: -7, type: "public-key" },
        { alg: -257, type: "public-key" },
      ],
      rp: { id: RP, name: RP },
      timeout: 60_000,
      user: {
        displayName: "alice",
        id: Buffer.from(user?.Value ?? "").toString("base64url"),
        name: "alice",
      },
    });
  });

  it("adds it to the list of passkeys, from which it can be deleted", async () => {
    const here = await scene();
    const { AccessToken } = here;
    const { credentialId } = await here.register();
    const createdAt = context.clock.now();
    context.clock.advance(1000);
    const second = await here.register();
    const page = await here.call("ListWebAuthnCredentials", { AccessToken, MaxResults: 1 });
    expect(page.Credentials).toEqual([
      {
        CredentialId: credentialId,
        FriendlyCredentialName: "Platform passkey",
        RelyingPartyId: RP,
        AuthenticatorAttachment: "platform",
        AuthenticatorTransports: ["internal"],
        CreatedAt: createdAt,
      },
    ]);
    const rest = await here.call("ListWebAuthnCredentials", { AccessToken, NextToken: page.NextToken });
    expect(rest.Credentials.map(({ CredentialId }) => CredentialId)).toEqual([second.credentialId]);
    await here.call("DeleteWebAuthnCredential", { AccessToken, CredentialId: credentialId });
    expect(
      (await here.refusal("DeleteWebAuthnCredential", { AccessToken, CredentialId: credentialId }))[0],
    ).toBe("ResourceNotFoundException");
  });

  it.each<[string, unknown]>([
    ["an object", { of: "a device" }],
    ["a list", ["platform"]],
    ["a number", 1],
    ["null", null],
    ["an empty string", ""],
    ["PLATFORM in capitals", "PLATFORM"],
    ["a long string", "x".repeat(5000)],
  ])("stores no attachment of the authenticator if it is %s", async (_, authenticatorAttachment) => {
    const here = await scene();
    const { challenge } = await here.start();
    const made = createAuthenticator().register({ challenge, rpId: RP });
    await here.complete({ ...made, authenticatorAttachment });
    const { Credentials } = await here.call("ListWebAuthnCredentials", { AccessToken: here.AccessToken });
    expect(Credentials[0]?.AuthenticatorAttachment).toBeUndefined();
    expect(Credentials[0]?.FriendlyCredentialName).toBe("Platform passkey");
  });

  it.each<[string, Partial<Ceremony>, string]>([
    ["another origin", { origin: "https://evil.example.com" }, "WebAuthnOriginNotAllowedException"],
    [
      "an origin whose name only ends with the relying party's",
      { origin: `https://evil${RP}` },
      "WebAuthnOriginNotAllowedException",
    ],
    ["an origin without TLS", { origin: `http://${RP}` }, "WebAuthnOriginNotAllowedException"],
    [
      "another relying party",
      { rpId: "example.com", origin: `https://${RP}` },
      "WebAuthnRelyingPartyMismatchException",
    ],
    ["another challenge", { challenge: "AAAA" }, "WebAuthnChallengeNotFoundException"],
  ])("refuses %s, after which the registration must start again", async (_, changes, error) => {
    const here = await scene();
    const authenticator = createAuthenticator();
    const { challenge } = await here.start();
    const made = authenticator.register({ challenge, rpId: RP, ...changes });
    expect((await here.refusesToComplete(made))[0]).toBe(error);
    const right = authenticator.register({ challenge, rpId: RP });
    expect((await here.refusesToComplete(right))[0]).toBe("WebAuthnChallengeNotFoundException");
  });

  it("accepts an origin that is a subdomain of the relying party", async () => {
    const here = await scene();
    expect(await here.register({ origin: `https://login.${RP}:8443` })).toBeDefined();
  });

  it.each([
    ["an empty object", {}],
    ["a string", "x"],
    ["a malformed attestation", { id: "AAAA", rawId: "AAAA", type: "public-key", response: {} }],
  ])("refuses %s", async (_, credential) => {
    const here = await scene();
    await here.start();
    expect(await here.refusesToComplete(credential)).toEqual([
      "InvalidParameterException",
      "Credential data is not valid",
    ]);
  });

  it("rejects a passkey without user verification if the pool requires it", async () => {
    const here = await scene({
      ...ALLOWED,
      WebAuthnConfiguration: { RelyingPartyId: RP, UserVerification: "required" },
    });
    const authenticator = createAuthenticator();
    const { challenge } = await here.start();
    const made = authenticator.register({ challenge, rpId: RP, isVerified: false });
    expect((await here.refusesToComplete(made))[0]).toBe("WebAuthnCredentialNotSupportedException");
  });

  it("rejects a passkey of an algorithm that was not offered", async () => {
    const here = await scene();
    const { challenge } = await here.start();
    const made = createAuthenticator("ES384").register({ challenge, rpId: RP });
    expect((await here.refusesToComplete(made))[0]).toBe("WebAuthnCredentialNotSupportedException");
    expect(
      (await here.call("ListWebAuthnCredentials", { AccessToken: here.AccessToken })).Credentials,
    ).toEqual([]);
  });

  it("rejects a passkey for the challenge of another user", async () => {
    const [here, other] = [await scene(), await scene()];
    const { challenge } = await other.start();
    await here.start();
    const made = createAuthenticator().register({ challenge, rpId: RP });
    expect((await here.refusesToComplete(made))[0]).toBe("WebAuthnChallengeNotFoundException");
  });

  it("is rejected after five minutes, and for another app client than the one that started it", async () => {
    const here = await scene();
    const authenticator = createAuthenticator();
    const { challenge } = await here.start();
    const made = authenticator.register({ challenge, rpId: RP });
    const otherClientToken = await here.accessToken();
    expect(
      (
        await here.refusal("CompleteWebAuthnRegistration", {
          AccessToken: otherClientToken,
          Credential: made as JsonValue,
        })
      )[0],
    ).toBe("WebAuthnClientMismatchException");
    const late = await here.start();
    context.clock.advance(5 * 60_000);
    expect(
      (await here.refusesToComplete(authenticator.register({ challenge: late.challenge, rpId: RP })))[0],
    ).toBe("WebAuthnChallengeNotFoundException");
  });

  it("is rejected if the pool allows no passkeys or has no relying party", async () => {
    const none = await scene({});
    expect((await none.refusal("StartWebAuthnRegistration", { AccessToken: none.AccessToken }))[0]).toBe(
      "WebAuthnNotEnabledException",
    );
    const homeless = await scene(ALLOWED);
    expect(
      (await homeless.refusal("StartWebAuthnRegistration", { AccessToken: homeless.AccessToken }))[0],
    ).toBe("WebAuthnConfigurationMissingException");
  });
});

describe("signing in with a passkey", () => {
  const credentialFor = (
    authenticator: Authenticator,
    challenge: RespondToAuthChallengeResponse,
    changes: Partial<Ceremony> = {},
    counter?: number,
  ) => authenticator.authenticate({ ...optionsOf(challenge), ...changes }, counter);

  it("returns the options and then tokens", async () => {
    const here = await scene();
    const authenticator = await here.register();
    const challenge = await here.begin();
    expect(challenge).toMatchObject({
      ChallengeName: "WEB_AUTHN",
      AvailableChallenges: ["PASSWORD_SRP", "PASSWORD", "WEB_AUTHN"],
    });
    expect(Object.keys(challenge.ChallengeParameters ?? {})).toEqual(["CREDENTIAL_REQUEST_OPTIONS"]);
    expect(optionsOf(challenge)).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      timeout: 180_000,
      rpId: RP,
      allowCredentials: [{ type: "public-key", id: authenticator.credentialId, transports: ["internal"] }],
      userVerification: "preferred",
    });
    const credential = credentialFor(authenticator, challenge);
    const { AuthenticationResult } = await here.call(
      "RespondToAuthChallenge",
      here.answer(challenge, credential),
    );
    expect(AuthenticationResult?.AccessToken).toBeDefined();
    expect(await here.refusal("RespondToAuthChallenge", here.answer(challenge, credential))).toEqual([
      "NotAuthorizedException",
      "Invalid session for the user, session can only be used once.",
    ]);
  });

  it.each<[string, Partial<Ceremony>]>([
    ["another origin", { origin: "https://evil.example.com" }],
    ["another relying party", { rpId: "example.com", origin: `https://${RP}` }],
    ["another challenge", { challenge: "AAAA" }],
  ])("refuses %s", async (_, changes) => {
    const here = await scene();
    const authenticator = await here.register();
    const challenge = await here.begin();
    const credential = credentialFor(authenticator, challenge, changes);
    expect(await here.refusal("RespondToAuthChallenge", here.answer(challenge, credential))).toEqual(REFUSED);
  });

  it("rejects a replayed credential, a decreased counter, and text that is not a credential", async () => {
    const here = await scene();
    const authenticator = await here.register();
    const first = await here.begin();
    const credential = credentialFor(authenticator, first, {}, 5);
    await here.call("RespondToAuthChallenge", here.answer(first, credential));
    const second = await here.begin();
    for (const wrong of [credential, credentialFor(authenticator, second, {}, 5), "{}", "x", "[1]"]) {
      expect(await here.refusal("RespondToAuthChallenge", here.answer(second, wrong))).toEqual(REFUSED);
    }
    const right = credentialFor(authenticator, second, {}, 6);
    expect(
      (await here.call("RespondToAuthChallenge", here.answer(second, right))).AuthenticationResult,
    ).toBeDefined();
  });

  it("accepts a passkey with an RSA key, as Windows creates them", async () => {
    const here = await scene();
    const authenticator = createAuthenticator("RS256");
    const { challenge } = await here.start();
    await here.complete(authenticator.register({ challenge, rpId: RP }));
    const asked = await here.begin();
    const answer = here.answer(asked, credentialFor(authenticator, asked));
    expect((await here.call("RespondToAuthChallenge", answer)).AuthenticationResult).toBeDefined();
  });

  it("rejects an answer to the challenge of another user or sign-in", async () => {
    const [here, other] = [await scene(), await scene()];
    const authenticator = await here.register();
    await other.register();
    const challenge = await here.begin();
    for (const wrong of [await other.begin(), await here.begin()]) {
      const credential = credentialFor(authenticator, wrong);
      expect(await here.refusal("RespondToAuthChallenge", here.answer(challenge, credential))).toEqual(
        REFUSED,
      );
    }
    expect(
      (
        await here.refusal("RespondToAuthChallenge", {
          ...here.answer(await other.begin(), credentialFor(authenticator, challenge)),
        })
      )[0],
    ).toBe("NotAuthorizedException");
  });

  it("rejects a passkey of another user, and a deleted one", async () => {
    const here = await scene();
    const authenticator = await here.register();
    const challenge = await here.begin();
    const other = await scene();
    const foreign = await other.register();
    expect(
      await here.refusal("RespondToAuthChallenge", here.answer(challenge, credentialFor(foreign, challenge))),
    ).toEqual(REFUSED);
    const CredentialId = authenticator.credentialId;
    await here.call("DeleteWebAuthnCredential", { AccessToken: here.AccessToken, CredentialId });
    const credential = credentialFor(authenticator, challenge);
    expect(await here.refusal("RespondToAuthChallenge", here.answer(challenge, credential))).toEqual(REFUSED);
  });

  it("requires user verification if the pool requires it", async () => {
    const here = await scene({
      ...ALLOWED,
      WebAuthnConfiguration: { RelyingPartyId: RP, UserVerification: "required" },
    });
    const authenticator = await here.register();
    const challenge = await here.begin();
    const unverified = credentialFor(authenticator, challenge, { isVerified: false });
    expect(await here.refusal("RespondToAuthChallenge", here.answer(challenge, unverified))).toEqual(REFUSED);
  });

  it("is not offered to a user without a passkey", async () => {
    const here = await scene();
    expect(await here.begin()).toMatchObject({
      ChallengeName: "SELECT_CHALLENGE",
      AvailableChallenges: ["PASSWORD_SRP", "PASSWORD"],
    });
  });
});

describe("a user who must prove a second factor", () => {
  async function withApp(FactorConfiguration: "SINGLE_FACTOR" | "MULTI_FACTOR_WITH_USER_VERIFICATION") {
    const WebAuthnConfiguration = { RelyingPartyId: RP, FactorConfiguration };
    const here = await scene({ ...ALLOWED, ...OPTIONAL, ...APP, WebAuthnConfiguration });
    const authenticator = await here.register();
    await here.registerApp(here.AccessToken);
    const SoftwareTokenMfaSettings = { Enabled: true };
    await here.call("SetUserMFAPreference", { AccessToken: here.AccessToken, SoftwareTokenMfaSettings });
    const passkeyMfa = (Enabled: boolean) => ({
      AccessToken: here.AccessToken,
      WebAuthnMfaSettings: { Enabled },
    });
    return { ...here, authenticator, passkeyMfa };
  }
  const PASSWORD_ALONE = {
    ChallengeName: "SELECT_CHALLENGE",
    AvailableChallenges: ["PASSWORD_SRP", "PASSWORD"],
  };

  it("can start with only a password if a passkey is a single factor", async () => {
    const here = await withApp("SINGLE_FACTOR");
    expect(await here.begin()).toMatchObject(PASSWORD_ALONE);
    expect((await here.refusal("SetUserMFAPreference", here.passkeyMfa(true)))[0]).toBe(
      "InvalidParameterException",
    );
  });

  it("can start with only a password until a passkey is activated as both factors, and again after it is deactivated", async () => {
    const here = await withApp("MULTI_FACTOR_WITH_USER_VERIFICATION");
    expect(await here.begin()).toMatchObject(PASSWORD_ALONE);
    await here.call("SetUserMFAPreference", here.passkeyMfa(true));
    const challenge = await here.begin();
    expect(challenge.ChallengeName).toBe("WEB_AUTHN");
    await here.call("SetUserMFAPreference", here.passkeyMfa(false));
    expect(await here.begin()).toMatchObject(PASSWORD_ALONE);
    const credential = here.authenticator.authenticate({ ...optionsOf(challenge), rpId: RP });
    expect(await here.refusal("RespondToAuthChallenge", here.answer(challenge, credential))).toEqual(REFUSED);
  });

  it("needs another factor to activate a passkey as both factors, which ends with the last other factor", async () => {
    const here = await withApp("MULTI_FACTOR_WITH_USER_VERIFICATION");
    const { AccessToken } = here;
    const named = { UserPoolId: here.pool.id, Username: "alice" };
    const app = (Enabled: boolean) => ({ SoftwareTokenMfaSettings: { Enabled } });
    await here.call("AdminSetUserMFAPreference", { ...named, WebAuthnMfaSettings: { Enabled: true } });
    expect((await here.call("GetUser", { AccessToken })).UserMFASettingList).toEqual(["SOFTWARE_TOKEN_MFA"]);
    await here.call("SetUserMFAPreference", { AccessToken, ...app(false) });
    expect((await here.refusal("SetUserMFAPreference", here.passkeyMfa(true)))[0]).toBe(
      "InvalidParameterException",
    );
    await here.call("SetUserMFAPreference", { AccessToken, ...app(true) });
    expect(await here.begin()).toMatchObject(PASSWORD_ALONE);
  });

  it("signs in by a passkey with user verification if it counts as both factors", async () => {
    const here = await withApp("MULTI_FACTOR_WITH_USER_VERIFICATION");
    await here.call("SetUserMFAPreference", here.passkeyMfa(true));
    const signInBy = async (isVerified: boolean) => {
      const challenge = await here.begin();
      const options = JSON.parse(challenge.ChallengeParameters?.CREDENTIAL_REQUEST_OPTIONS ?? "{}");
      expect(options.userVerification).toBe("required");
      const credential = here.authenticator.authenticate({
        challenge: options.challenge,
        rpId: RP,
        isVerified,
      });
      return here.answer(challenge, credential);
    };
    expect(await here.refusal("RespondToAuthChallenge", await signInBy(false))).toEqual(REFUSED);
    const { AuthenticationResult } = await here.call("RespondToAuthChallenge", await signInBy(true));
    expect(AuthenticationResult?.TokenType).toBe("Bearer");
  });
});
