import { afterAll, describe, expect, it } from "vitest";
import type { JsonValue } from "../../../api-model/index.ts";
import type { UserPoolSettings } from "../../../storage/index.ts";
import { testContext } from "../../testing.ts";
import { ALLOWED, passkeyScene, RP } from "./passkey-calls.ts";
import { type Ceremony, createAuthenticator } from "./testing.ts";

const context = await testContext();
afterAll(() => context.store.close());
const scene = (pool?: UserPoolSettings) => passkeyScene(context, pool);

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

  it("names a passkey after whether it is part of the device", async () => {
    const here = await scene();
    const { challenge } = await here.start();
    const made = createAuthenticator().register({ challenge, rpId: RP });
    await here.complete({ ...made, authenticatorAttachment: "cross-platform" });
    const { Credentials } = await here.call("ListWebAuthnCredentials", { AccessToken: here.AccessToken });
    expect(Credentials[0]).toMatchObject({
      AuthenticatorAttachment: "cross-platform",
      FriendlyCredentialName: "Roaming passkey",
    });
  });

  it("is refused to a user with 20 passkeys, also if it was started before the last of them", async () => {
    const here = await scene();
    const { credentialId } = await here.register();
    const first = await context.store.passkeys.get(here.pool.id, credentialId);
    if (first === undefined) throw new Error("no passkey was stored");
    const insert = (name: string) => context.store.passkeys.insert({ ...first, credentialId: name });
    for (let count = 2; count <= 19; count++) await insert(`key${count}`);
    const { challenge } = await here.start();
    await insert("key20");
    const LIMIT = ["LimitExceededException", "A user can have at most 20 passkeys."];
    const made = createAuthenticator().register({ challenge, rpId: RP });
    expect(await here.refusesToComplete(made)).toEqual(LIMIT);
    const { AccessToken } = here;
    expect(await here.refusal("StartWebAuthnRegistration", { AccessToken })).toEqual(LIMIT);
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

  it("accepts an origin of this machine by HTTP where the relying party is localhost", async () => {
    const here = await scene({ ...ALLOWED, WebAuthnConfiguration: { RelyingPartyId: "localhost" } });
    for (const host of ["localhost:3000", "app.localhost"])
      expect(await here.register({ rpId: "localhost", origin: `http://${host}` })).toBeDefined();
    const { challenge } = await here.start();
    const made = createAuthenticator().register({ challenge, rpId: "localhost", origin: "ws://localhost" });
    expect((await here.refusesToComplete(made))[0]).toBe("WebAuthnOriginNotAllowedException");
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
    const options = await here.start();
    expect(options).toMatchObject({ authenticatorSelection: { userVerification: "required" } });
    const { challenge } = options;
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

  it("refuses a malformed attestation for the right challenge", async () => {
    const here = await scene();
    const { challenge } = await here.start();
    const made = createAuthenticator().register({ challenge, rpId: RP });
    const response = { ...(made.response as object), attestationObject: "AAAA" };
    expect(await here.refusesToComplete({ ...made, response })).toEqual([
      "InvalidParameterException",
      "Credential data is not valid",
    ]);
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
    const inTime = await here.start();
    context.clock.advance(5 * 60_000 - 1);
    await here.complete(authenticator.register({ challenge: inTime.challenge, rpId: RP }));
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
