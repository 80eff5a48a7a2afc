import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChallengeNameType, RespondToAuthChallengeResponse } from "../../../api-model/index.ts";
import { testContext } from "../../testing.ts";
import { PASSWORD } from "../authentication/testing.ts";
import { softwareDevice } from "../devices/testing.ts";
import { APP, appCode, EMAIL, mfaScene, ON, OPTIONAL, SMS } from "./testing.ts";

const CHALLENGES = [
  "SMS_MFA",
  "EMAIL_OTP",
  "SOFTWARE_TOKEN_MFA",
  "SELECT_MFA_TYPE",
  "MFA_SETUP",
  "NEW_PASSWORD_REQUIRED",
  "PASSWORD_VERIFIER",
] as const satisfies readonly ChallengeNameType[];

/** One request of a client that mixes up everything it has seen. */
const request = fc.record({
  /** Which of the Sessions seen so far it answers; or begins a new sign-in. */
  session: fc.option(fc.nat(30), { nil: undefined, freq: 4 }),
  user: fc.constantFrom("alice", "bob"),
  /** Undefined for the challenge that the Session is for. */
  challenge: fc.option(fc.constantFrom(...CHALLENGES), { nil: undefined, freq: 4 }),
  /** Which of the codes sent so far, to whichever user, it answers with. */
  code: fc.option(fc.nat(30), { nil: undefined, freq: 2 }),
  choice: fc.constantFrom("SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"),
  usesApp: fc.boolean(),
});

interface Seen {
  readonly user: string;
  readonly challenge: RespondToAuthChallengeResponse;
  /** The code that was sent with the challenge. */
  readonly code: string | undefined;
}

describe("a pool that requires a second factor", () => {
  it("returns no tokens without one, in any order of challenges", async () => {
    const context = await testContext();
    const scene = () =>
      mfaScene(
        { ...ON, ...SMS, ...APP, ...EMAIL },
        { email: "a@example.com", phone_number: "+15550100001" },
        Promise.resolve(context),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 12 }), async (requests) => {
        const here = await scene();
        await here.addUser({ username: "bob", attributes: { phone_number: "+15550100002" } });
        const seen: Seen[] = [];
        const take = async (user: string, answer: Promise<RespondToAuthChallengeResponse>) => {
          const before = context.sent.length;
          const challenge = await answer;
          const code = /\d{6,8}/.exec(context.sent[before]?.body ?? "")?.[0];
          if (challenge.Session !== undefined) seen.push({ user, challenge, code });
          return challenge;
        };
        for (const { session, user, challenge, code, choice, usesApp } of requests) {
          const open = session === undefined ? undefined : seen[session % Math.max(seen.length, 1)];
          if (open === undefined) {
            await take(
              user,
              here.call("InitiateAuth", {
                ClientId: here.client.id,
                AuthFlow: "USER_PASSWORD_AUTH",
                AuthParameters: { USERNAME: user, PASSWORD },
              }),
            ).catch(() => undefined);
            continue;
          }
          const sent = code === undefined ? "000000" : (seen[code % seen.length]?.code ?? "000000");
          const given = usesApp ? appCode("A".repeat(52), context.clock.now()) : sent;
          const answered = await take(
            user,
            here.answer(
              { ...open.challenge, ChallengeName: challenge ?? open.challenge.ChallengeName },
              {
                USERNAME: user,
                SMS_MFA_CODE: given,
                EMAIL_OTP_CODE: given,
                SOFTWARE_TOKEN_MFA_CODE: given,
                ANSWER: choice,
                NEW_PASSWORD: "Battery-staple-2",
              },
            ),
          ).catch(() => undefined);
          if (answered?.AuthenticationResult === undefined) continue;
          expect(user).toBe(open.user);
          expect(given).toBe(open.code);
        }
      }),
      { numRuns: 60, seed: 20_261_129 },
    );
    await context.store.close();
  });
});

/** One request of a client that has the password, codes of first factors and a device, but no code of the app. */
const withoutApp = fc.record({
  session: fc.option(fc.nat(30), { nil: undefined, freq: 5 }),
  flow: fc.constantFrom("USER_PASSWORD_AUTH", "USER_AUTH", "CHOICE"),
  preferred: fc.constantFrom("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"),
  namesDevice: fc.boolean(),
  challenge: fc.option(
    fc.constantFrom("EMAIL_OTP", "SMS_OTP", "SMS_MFA", "DEVICE_SRP_AUTH", "PASSWORD", "MFA_SETUP"),
    { nil: undefined, freq: 4 },
  ),
  /** A wrong code of the app, or the one that registered it. */
  isCodeUsed: fc.boolean(),
});

describe("a user with an authenticator app", () => {
  it("gets no tokens without its code, whatever the flow, the first factor and the known devices", async () => {
    const context = await testContext();
    const pool = {
      ...OPTIONAL,
      ...SMS,
      ...APP,
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      Policies: {
        SignInPolicy: {
          AllowedFirstAuthFactors: ["PASSWORD" as const, "EMAIL_OTP" as const, "SMS_OTP" as const],
        },
      },
    };
    const verified = {
      email: "a@example.com",
      email_verified: "true",
      phone_number: "+15550100001",
      phone_number_verified: "true",
    };
    await fc.assert(
      fc.asyncProperty(fc.array(withoutApp, { minLength: 1, maxLength: 12 }), async (requests) => {
        const here = await mfaScene(pool, verified, Promise.resolve(context));
        const client = await here.addClient({
          ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"],
        });
        const begin = (flow: "USER_PASSWORD_AUTH" | "USER_AUTH", more: Record<string, string>) =>
          here.call("InitiateAuth", {
            ClientId: client.id,
            AuthFlow: flow,
            AuthParameters: { USERNAME: "alice", PASSWORD, ...more },
          });
        const { AuthenticationResult } = await begin("USER_PASSWORD_AUTH", {});
        const AccessToken = AuthenticationResult?.AccessToken ?? "";
        const device = softwareDevice(AuthenticationResult?.NewDeviceMetadata ?? {});
        await here.call("ConfirmDevice", {
          AccessToken,
          DeviceKey: device.key,
          DeviceSecretVerifierConfig: device.verifier,
        });
        const secret = await here.registerApp(AccessToken);
        const usedCode = appCode(secret, context.clock.now());
        const SoftwareTokenMfaSettings = { Enabled: true };
        await here.call("SetUserMFAPreference", { AccessToken, SoftwareTokenMfaSettings });

        const seen: RespondToAuthChallengeResponse[] = [];
        for (const { session, flow, preferred, namesDevice, challenge, isCodeUsed } of requests) {
          const named: Record<string, string> = namesDevice ? { DEVICE_KEY: device.key } : {};
          const open = session === undefined ? undefined : seen[session % Math.max(seen.length, 1)];
          const answer =
            open === undefined
              ? begin(flow === "USER_PASSWORD_AUTH" ? flow : "USER_AUTH", {
                  ...named,
                  ...(flow === "USER_AUTH" && { PREFERRED_CHALLENGE: preferred }),
                })
              : here.call("RespondToAuthChallenge", {
                  ClientId: client.id,
                  ChallengeName: challenge ?? open.ChallengeName ?? "PASSWORD",
                  Session: open.Session,
                  ChallengeResponses: {
                    USERNAME: "alice",
                    PASSWORD,
                    ANSWER: preferred,
                    EMAIL_OTP_CODE: here.lastCode(),
                    SMS_OTP_CODE: here.lastCode(),
                    SMS_MFA_CODE: here.lastCode(),
                    SOFTWARE_TOKEN_MFA_CODE: isCodeUsed ? usedCode : "000000",
                    SRP_A: device.begin.SRP_A,
                    ...named,
                    ...(open.ChallengeName === "DEVICE_PASSWORD_VERIFIER" &&
                      device.claim(open.ChallengeParameters)),
                  },
                });
          const answered = await answer.catch(() => undefined);
          await context.outbox.idle();
          if (answered === undefined) continue;
          expect(answered.AuthenticationResult).toBeUndefined();
          seen.push(answered);
        }
      }),
      { numRuns: 60, seed: 20_261_131 },
    );
    await context.store.close();
  });
});
