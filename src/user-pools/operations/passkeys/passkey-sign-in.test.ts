import { afterAll, describe, expect, it, vi } from "vitest";
import type { RespondToAuthChallengeResponse } from "../../../api-model/index.ts";
import type { UserPoolSettings } from "../../../storage/index.ts";
import { testContext } from "../../testing.ts";
import { APP, OPTIONAL } from "../mfa/testing.ts";
import { ALLOWED, optionsOf, passkeyScene, REFUSED, RP } from "./passkey-calls.ts";
import { type Authenticator, type Ceremony, createAuthenticator } from "./testing.ts";

const context = await testContext();
afterAll(() => context.store.close());
const scene = (pool?: UserPoolSettings) => passkeyScene(context, pool);

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

  it("rejects a credential with the signature of another", async () => {
    const here = await scene();
    const authenticator = await here.register();
    const challenge = await here.begin();
    const read = (credential: string) => JSON.parse(credential) as { response: { signature: string } };
    const [credential, other] = [1, 2].map((count) =>
      read(credentialFor(authenticator, challenge, {}, count)),
    );
    const signature = other?.response.signature;
    const forged = JSON.stringify({ ...credential, response: { ...credential?.response, signature } });
    expect(await here.refusal("RespondToAuthChallenge", here.answer(challenge, forged))).toEqual(REFUSED);
  });

  it("accepts each credential of an authenticator that counts nothing", async () => {
    const here = await scene();
    const authenticator = await here.register();
    for (let signIn = 0; signIn < 2; signIn++) {
      const challenge = await here.begin();
      const answer = here.answer(challenge, credentialFor(authenticator, challenge, {}, 0));
      expect((await here.call("RespondToAuthChallenge", answer)).AuthenticationResult).toBeDefined();
    }
  });

  it("accepts one of several parallel credentials with the same counter", async () => {
    const here = await scene();
    const authenticator = await here.register();
    const challenges = await Promise.all(Array.from({ length: 4 }, () => here.begin()));
    const results = await Promise.allSettled(
      challenges.map((challenge) =>
        here.call(
          "RespondToAuthChallenge",
          here.answer(challenge, credentialFor(authenticator, challenge, {}, 5)),
        ),
      ),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
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

  it("rejects a passkey that is deleted while its answer is verified", async () => {
    const here = await scene();
    const authenticator = await here.register();
    const challenge = await here.begin();
    const { passkeys } = context.store;
    const storeCounter = passkeys.update.bind(passkeys);
    const update = vi.spyOn(passkeys, "update").mockImplementationOnce(async (poolId, id, change) => {
      await passkeys.delete(poolId, id);
      return storeCounter(poolId, id, change);
    });
    const credential = credentialFor(authenticator, challenge);
    expect(await here.refusal("RespondToAuthChallenge", here.answer(challenge, credential))).toEqual(REFUSED);
    expect(update).toHaveBeenCalledOnce();
    update.mockRestore();
  });

  it("rejects a passkey of another user of the pool", async () => {
    const here = await scene();
    await here.register();
    const bobs = await here.registerFor("bob");
    const challenge = await here.begin();
    const answer = here.answer(challenge, credentialFor(bobs, challenge));
    expect(await here.refusal("RespondToAuthChallenge", answer)).toEqual(REFUSED);
  });

  it("rejects a passkey that was registered for the relying party that the pool had before", async () => {
    const here = await scene();
    const authenticator = await here.register();
    await context.store.pools.update(here.pool.id, (pool) => ({
      ...pool,
      settings: { ...pool.settings, WebAuthnConfiguration: { RelyingPartyId: "example.com" } },
    }));
    const challenge = await here.begin();
    for (const rpId of [RP, "example.com"]) {
      const credential = credentialFor(authenticator, challenge, { rpId, origin: `https://${RP}` });
      expect(await here.refusal("RespondToAuthChallenge", here.answer(challenge, credential))).toEqual(
        REFUSED,
      );
    }
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

  it.each<[string, UserPoolSettings]>([
    ["allows none any more", { WebAuthnConfiguration: { RelyingPartyId: RP } }],
    ["has no relying party any more", ALLOWED],
  ])("is not offered by a pool that %s", async (_, settings) => {
    const here = await scene();
    await here.register();
    await context.store.pools.update(here.pool.id, (pool) => ({ ...pool, settings }));
    const { AvailableChallenges } = await here.begin();
    expect(AvailableChallenges).toEqual(["PASSWORD_SRP", "PASSWORD"]);
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
