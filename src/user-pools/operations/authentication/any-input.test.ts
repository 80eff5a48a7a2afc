import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AuthFlowType,
  type ChallengeNameType,
  operationModel,
  ServiceException,
} from "../../../api-model/index.ts";
import { testContext } from "../../testing.ts";
import { APP, mfaScene, OPTIONAL, SMS } from "../mfa/testing.ts";
import { operations } from "../registry.ts";
import { PASSWORD } from "./testing.ts";

const FLOWS = [
  "USER_PASSWORD_AUTH",
  "ADMIN_USER_PASSWORD_AUTH",
  "USER_SRP_AUTH",
  "USER_AUTH",
  "CUSTOM_AUTH",
  "REFRESH_TOKEN_AUTH",
] as const satisfies readonly AuthFlowType[];
const CHALLENGES = [
  "PASSWORD_VERIFIER",
  "NEW_PASSWORD_REQUIRED",
  "SMS_MFA",
  "SOFTWARE_TOKEN_MFA",
  "EMAIL_OTP",
  "SMS_OTP",
  "SELECT_MFA_TYPE",
  "MFA_SETUP",
  "SELECT_CHALLENGE",
  "PASSWORD",
  "PASSWORD_SRP",
  "WEB_AUTHN",
  "DEVICE_SRP_AUTH",
  "DEVICE_PASSWORD_VERIFIER",
  "CUSTOM_CHALLENGE",
] as const satisfies readonly ChallengeNameType[];

/** Values that mean something somewhere, and any text. */
const value = fc.oneof(
  fc.constantFrom(
    "alice",
    "nobody",
    PASSWORD,
    "abcdef",
    "0",
    "",
    "123456",
    "SMS_MFA",
    "EMAIL_OTP",
    "PASSWORD",
    "PASSWORD_SRP",
    "WEB_AUTHN",
    "SRP_A",
    "us-east-1_00000000-0000-4000-8000-000000000000",
    "Thu Jan 1 00:00:00 UTC 2026",
    "{}",
    "[]",
    "null",
    '{"response":{"clientDataJSON":"bnVsbA"}}',
    "__proto__",
    "\u0000",
  ),
  fc.string({ maxLength: 40, unit: "binary" }),
);

const parameters = fc.dictionary(
  fc.constantFrom(
    "USERNAME",
    "PASSWORD",
    "SRP_A",
    "SECRET_HASH",
    "REFRESH_TOKEN",
    "DEVICE_KEY",
    "PREFERRED_CHALLENGE",
    "CHALLENGE_NAME",
    "ANSWER",
    "NEW_PASSWORD",
    "SMS_MFA_CODE",
    "SOFTWARE_TOKEN_MFA_CODE",
    "EMAIL_OTP_CODE",
    "SMS_OTP_CODE",
    "PASSWORD_CLAIM_SECRET_BLOCK",
    "PASSWORD_CLAIM_SIGNATURE",
    "TIMESTAMP",
    "CREDENTIAL",
    "EMAIL",
    "userAttributes.email",
    "userAttributes.__proto__",
  ),
  value,
  { maxKeys: 8 },
);

const request = fc.record({
  flow: fc.constantFrom(...FLOWS),
  challenge: fc.option(fc.constantFrom(...CHALLENGES), { nil: undefined, freq: 2 }),
  parameters,
  name: fc.constantFrom("alice", "nobody"),
  /** Which of the envelopes seen so far the answer brings. */
  envelope: fc.nat(20),
  isBeginning: fc.boolean(),
});

describe("a sign-in with random input", () => {
  it("returns an answer or an exception that the API model lists", async () => {
    const context = await testContext();
    const here = await mfaScene(
      {
        ...OPTIONAL,
        ...SMS,
        ...APP,
        DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
        Policies: {
          SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] },
        },
      },
      { phone_number: "+15550100001", phone_number_verified: "true", email: "a@example.com" },
      Promise.resolve(context),
    );
    const client = await here.addClient({
      ExplicitAuthFlows: [
        "ALLOW_USER_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
      ],
      PreventUserExistenceErrors: "ENABLED",
    });
    const seen: { Session: string | undefined; block: string; challenge: ChallengeNameType }[] = [];
    await fc.assert(
      fc.asyncProperty(request, async ({ flow, challenge, parameters, name, envelope, isBeginning }) => {
        context.clock.advance(20_000);
        const open = isBeginning ? undefined : seen[envelope % Math.max(seen.length, 1)];
        const operation = open === undefined ? "InitiateAuth" : "RespondToAuthChallenge";
        const call =
          open === undefined
            ? operations.InitiateAuth(
                {
                  ClientId: client.id,
                  AuthFlow: flow,
                  AuthParameters: { USERNAME: name, SRP_A: "abcdef", PASSWORD, ...parameters },
                },
                context,
              )
            : operations.RespondToAuthChallenge(
                {
                  ClientId: client.id,
                  ChallengeName: challenge ?? open.challenge,
                  Session: open.Session,
                  ChallengeResponses: {
                    USERNAME: name,
                    PASSWORD_CLAIM_SECRET_BLOCK: open.block,
                    SRP_A: "abcdef",
                    ...parameters,
                  },
                },
                context,
              );
        try {
          const { ChallengeName, Session, ChallengeParameters } = await call;
          if (ChallengeName === undefined) return;
          const block = ChallengeParameters?.SECRET_BLOCK ?? "";
          seen.unshift({ Session, block, challenge: ChallengeName });
          seen.length = Math.min(seen.length, 20);
        } catch (error) {
          if (!(error instanceof ServiceException)) throw error;
          const isListed = operationModel(operation).errors.includes(error.code);
          expect([error.code, isListed]).toEqual([error.code, true]);
        }
      }),
      { numRuns: 600, seed: 20_261_130 },
    );
    await context.store.close();
  });
});
