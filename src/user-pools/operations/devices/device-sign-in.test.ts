import { afterAll, describe, expect, it } from "vitest";
import type { DeviceConfigurationType } from "../../../api-model/index.ts";
import { testContext } from "../../testing.ts";
import { claimsOf } from "../authentication/testing.ts";
import { OPTIONAL, SMS } from "../mfa/testing.ts";
import { deviceScene, NO_DEVICE, verifier } from "./device-calls.ts";
import { softwareDevice } from "./testing.ts";

const context = await testContext();
afterAll(() => context.store.close());
const scene = (configuration?: DeviceConfigurationType, rest?: object) =>
  deviceScene(context, configuration, rest);

describe("a device in place of a second factor", () => {
  const mfa = { ...OPTIONAL, ...SMS };
  const trusting = { ChallengeRequiredOnNewDevice: true };

  const byCode = { SMSMfaSettings: { Enabled: true, PreferredMfa: true } };

  /** A device that was confirmed after a sign-in with a code. */
  async function withMfa(configuration: DeviceConfigurationType) {
    const here = await scene(configuration, mfa);
    await here.call("AdminSetUserMFAPreference", { ...here.named, ...byCode });
    const { answer } = await here.signIn();
    const { AuthenticationResult } = await here.answer(answer, { SMS_MFA_CODE: here.lastCode() });
    const { AccessToken = "", NewDeviceMetadata } = AuthenticationResult ?? {};
    const key = NewDeviceMetadata?.DeviceKey ?? "";
    await here.call("ConfirmDevice", {
      AccessToken,
      DeviceKey: key,
      DeviceSecretVerifierConfig: verifier,
    });
    return { ...here, AccessToken, key };
  }

  it("gets DEVICE_SRP_AUTH if it is remembered and the pool allows that", async () => {
    const here = await withMfa(trusting);
    expect((await here.signIn(here.key)).answer.ChallengeName).toBe("DEVICE_SRP_AUTH");
  });

  it("requires a code once if it was confirmed before the user had a second factor", async () => {
    const here = await scene(trusting, mfa);
    const { key } = await here.confirm();
    await here.call("AdminSetUserMFAPreference", { ...here.named, ...byCode });
    const { answer } = await here.signIn(key);
    expect(answer.ChallengeName).toBe("SMS_MFA");
    const responses = { SMS_MFA_CODE: here.lastCode(), DEVICE_KEY: key };
    expect((await here.answer(answer, responses)).AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
    expect((await here.signIn(key)).answer.ChallengeName).toBe("DEVICE_SRP_AUTH");
  });

  it("requires a code once if it was confirmed more than a day after the sign-in", async () => {
    const here = await scene(trusting, mfa);
    await here.call("AdminSetUserMFAPreference", { ...here.named, ...byCode });
    const { answer } = await here.signIn();
    const { AuthenticationResult: first } = await here.answer(answer, { SMS_MFA_CODE: here.lastCode() });
    const key = first?.NewDeviceMetadata?.DeviceKey ?? "";
    context.clock.advance(25 * 60 * 60 * 1000);
    // A later access token of the sign-in, as the token endpoint gives one for a sign-in on the pages.
    const { pool, client } = here;
    const { origin_jti } = claimsOf(first?.AccessToken);
    const signIn = await context.store.signIns.get(String(origin_jti));
    const user = await context.store.users.getBySub(pool.id, signIn?.sub ?? "");
    if (!signIn || !user) throw new Error("There is no such sign-in.");
    const { AccessToken = "" } = await context.tokens.issue({
      pool,
      client,
      user,
      signIn,
      source: "TokenGeneration_Authentication",
    });
    await here.call("ConfirmDevice", {
      AccessToken,
      DeviceKey: key,
      DeviceSecretVerifierConfig: verifier,
    });
    expect((await here.signIn(key)).answer.ChallengeName).toBe("SMS_MFA");
  });

  it("gets DEVICE_SRP_AUTH if no second factor is required, and does not count as one afterwards", async () => {
    const here = await scene(trusting, mfa);
    const { key } = await here.confirm();
    const { answer } = await here.signIn(key);
    expect(answer.ChallengeName).toBe("DEVICE_SRP_AUTH");
    const asked = await here.answer(answer, { DEVICE_KEY: key, SRP_A: "abcdef" });
    expect(asked.ChallengeName).toBe("DEVICE_PASSWORD_VERIFIER");
    await here.call("AdminSetUserMFAPreference", { ...here.named, ...byCode });
    expect((await here.signIn(key)).answer.ChallengeName).toBe("SMS_MFA");
  });

  it("does not replace the code if the pool does not allow that, or if the device is not remembered or another one", async () => {
    const here = await withMfa({});
    expect((await here.signIn(here.key)).answer.ChallengeName).toBe("SMS_MFA");
    const forgetful = await withMfa(trusting);
    expect((await forgetful.signIn()).answer.ChallengeName).toBe("SMS_MFA");
    await forgetful.call("AdminUpdateDeviceStatus", {
      ...forgetful.named,
      DeviceKey: forgetful.key,
      DeviceRememberedStatus: "not_remembered",
    });
    expect((await forgetful.signIn(forgetful.key)).answer.ChallengeName).toBe("SMS_MFA");
  });

  /** A device that can prove itself, confirmed after a sign-in with a code. */
  async function withProvingDevice() {
    const here = await scene(trusting, mfa);
    await here.call("AdminSetUserMFAPreference", { ...here.named, ...byCode });
    const first = await here.signIn();
    const { AuthenticationResult } = await here.answer(first.answer, { SMS_MFA_CODE: here.lastCode() });
    const device = softwareDevice(AuthenticationResult?.NewDeviceMetadata ?? {});
    await here.call("ConfirmDevice", {
      AccessToken: AuthenticationResult?.AccessToken ?? "",
      DeviceKey: device.key,
      DeviceSecretVerifierConfig: device.verifier,
    });
    return { ...here, device };
  }

  it("replaces the code at every later sign-in", async () => {
    const { device, ...here } = await withProvingDevice();
    for (const _ of [1, 2, 3]) {
      const { answer } = await here.signIn(device.key);
      expect(answer.ChallengeName).toBe("DEVICE_SRP_AUTH");
      const asked = await here.answer(answer, device.begin);
      const { AuthenticationResult } = await here.answer(asked, device.claim(asked.ChallengeParameters));
      expect(AuthenticationResult?.AccessToken).toBeDefined();
    }
  });

  it("is not asked for a proof if it was confirmed without a verifier", async () => {
    const here = await scene(trusting, mfa);
    const { AccessToken, key } = await here.signIn();
    await here.call("ConfirmDevice", { AccessToken, DeviceKey: key });
    expect((await here.signIn(key)).answer.AuthenticationResult).toBeDefined();
    await here.call("AdminSetUserMFAPreference", { ...here.named, ...byCode });
    const { answer } = await here.signIn(key);
    await here.answer(answer, { SMS_MFA_CODE: here.lastCode(), DEVICE_KEY: key });
    expect((await here.signIn(key)).answer.ChallengeName).toBe("SMS_MFA");
  });

  it("does not lock its user out with wrong proofs", async () => {
    const { device, ...here } = await withProvingDevice();
    const wrong = { PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString("base64") };
    for (const _ of Array.from({ length: 10 })) {
      const { answer } = await here.signIn(device.key);
      const asked = await here.answer(answer, device.begin);
      const claim = { ...device.claim(asked.ChallengeParameters), ...wrong };
      expect((await here.refuses(asked, claim))[0]).toBe("NotAuthorizedException");
    }
  });

  it("returns tokens once after its proof, in place of the code", async () => {
    const { device, ...here } = await withProvingDevice();
    const { answer } = await here.signIn(device.key);
    const asked = await here.answer(answer, device.begin);
    const claim = device.claim(asked.ChallengeParameters);
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => here.answer(asked, claim)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("cannot begin or end its proof once it is no longer remembered", async () => {
    const here = await scene(trusting, mfa);
    const { AccessToken, NewDeviceMetadata } = await here.signIn();
    const device = softwareDevice(NewDeviceMetadata ?? {});
    const config = { DeviceKey: device.key, DeviceSecretVerifierConfig: device.verifier };
    await here.call("ConfirmDevice", { AccessToken, ...config });
    const remember = (DeviceRememberedStatus: "remembered" | "not_remembered") =>
      here.call("AdminUpdateDeviceStatus", { ...here.named, DeviceKey: device.key, DeviceRememberedStatus });
    const REFUSED = ["NotAuthorizedException", "Incorrect username or password."];
    const { answer } = await here.signIn(device.key);
    await remember("not_remembered");
    expect(await here.refuses(answer, device.begin)).toEqual(REFUSED);
    await remember("remembered");
    const asked = await here.answer(answer, device.begin);
    const claim = device.claim(asked.ChallengeParameters);
    await remember("not_remembered");
    expect(await here.refuses(asked, claim)).toEqual(REFUSED);
    await remember("remembered");
    expect((await here.answer(asked, claim)).AuthenticationResult).toBeDefined();
  });

  it("can correct an SRP_A that is no number, and is refused with another form of the time", async () => {
    const here = await withMfa(trusting);
    const { answer } = await here.signIn(here.key);
    const begin = (SRP_A: string) => ({ DEVICE_KEY: here.key, SRP_A });
    expect(await here.refuses(answer, begin("xyz"))).toEqual(["InvalidParameterException", "Invalid SRP_A"]);
    const asked = await here.answer(answer, begin("abcdef"));
    const claim = {
      DEVICE_KEY: here.key,
      PASSWORD_CLAIM_SECRET_BLOCK: asked.ChallengeParameters?.SECRET_BLOCK ?? "",
      PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString("base64"),
      TIMESTAMP: "2026-01-01T00:00:00Z",
    };
    expect((await here.refuses(asked, claim))[1]).toMatch(/^TIMESTAMP format should be /);
  });

  it("returns no tokens if the user has since set up a second factor that was not proved on it", async () => {
    const here = await scene(trusting, mfa);
    const { AccessToken, NewDeviceMetadata } = await here.signIn();
    const device = softwareDevice(NewDeviceMetadata ?? {});
    await here.call("ConfirmDevice", {
      AccessToken,
      DeviceKey: device.key,
      DeviceSecretVerifierConfig: device.verifier,
    });
    const { answer } = await here.signIn(device.key);
    const asked = await here.answer(answer, device.begin);
    await here.call("AdminSetUserMFAPreference", { ...here.named, ...byCode });
    const next = await here.answer(asked, device.claim(asked.ChallengeParameters));
    expect(next).toMatchObject({ ChallengeName: "SMS_MFA" });
    const tokens = await here.answer(next, { SMS_MFA_CODE: here.lastCode(), DEVICE_KEY: device.key });
    expect(tokens.AuthenticationResult).toBeDefined();
  });

  it("names itself in both answers", async () => {
    const here = await withMfa(trusting);
    const { answer } = await here.signIn(here.key);
    const missing = ["InvalidParameterException", "Missing required parameter DEVICE_KEY"];
    expect(await here.refuses(answer, { SRP_A: "abcdef" })).toEqual(missing);
    const asked = await here.answer(answer, { DEVICE_KEY: here.key, SRP_A: "abcdef" });
    const claim = {
      PASSWORD_CLAIM_SECRET_BLOCK: asked.ChallengeParameters?.SECRET_BLOCK ?? "",
      PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString("base64"),
      TIMESTAMP: "Thu Jan 1 00:00:00 UTC 2026",
    };
    expect(await here.refuses(asked, claim)).toEqual(missing);
  });

  it("gets no tokens with the proof of another device", async () => {
    const here = await withMfa(trusting);
    const { answer } = await here.signIn(here.key);
    const asked = await here.answer(answer, { DEVICE_KEY: here.key, SRP_A: "abcdef" });
    expect(asked).toEqual({
      ChallengeName: "DEVICE_PASSWORD_VERIFIER",
      Session: undefined,
      ChallengeParameters: {
        DEVICE_KEY: here.key,
        SALT: "7".padEnd(31, "07"),
        SRP_B: expect.stringMatching(/^[0-9a-f]+$/),
        SECRET_BLOCK: expect.any(String),
        USERNAME: "alice",
      },
    });
    const claim = {
      DEVICE_KEY: here.key,
      PASSWORD_CLAIM_SECRET_BLOCK: asked.ChallengeParameters?.SECRET_BLOCK ?? "",
      PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString("base64"),
      TIMESTAMP: "Thu Jan 1 00:00:00 UTC 2026",
    };
    expect(await here.refuses(asked, claim)).toEqual([
      "NotAuthorizedException",
      "Incorrect username or password.",
    ]);
  });

  it("cannot answer its challenge after it was forgotten", async () => {
    const here = await withMfa(trusting);
    const { answer } = await here.signIn(here.key);
    await here.call("AdminForgetDevice", { ...here.named, DeviceKey: here.key });
    expect(await here.refuses(answer, { DEVICE_KEY: here.key, SRP_A: "abcdef" })).toEqual(NO_DEVICE);
  });
});
