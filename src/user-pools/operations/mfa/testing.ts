/**
 * A pool with second factors, for tests of signing in with them. Operations are called as clients call them, so that each
 * refusal is held to the API model.
 */
import { Secret, TOTP } from "otpauth";
import type { RespondToAuthChallengeResponse } from "../../../api-model/index.ts";
import type { UserPoolSettings } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { openScene, PASSWORD, type Scene } from "../authentication/testing.ts";
import { type Caller, caller } from "../testing.ts";

export const SMS = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } };
export const APP = { SoftwareTokenMfaConfiguration: { Enabled: true } };
export const EMAIL = {
  EmailMfaConfiguration: { Message: "Code {####}", Subject: "Code" },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
} satisfies UserPoolSettings;
export const ON = { MfaConfiguration: "ON" } as const;
export const OPTIONAL = { MfaConfiguration: "OPTIONAL" } as const;

/** The code that an authenticator app shows. */
export function appCode(secret: string | undefined, now: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret ?? "") }).generate({ timestamp: now });
}

export interface MfaScene extends Scene, Pick<Caller, "call" | "refusal"> {
  /** Signs alice in by her password. */
  begin(): Promise<RespondToAuthChallengeResponse>;
  answer(
    challenge: RespondToAuthChallengeResponse,
    responses: Record<string, string>,
  ): Promise<RespondToAuthChallengeResponse>;
  /** @returns the exception's name and message */
  refuses(
    challenge: RespondToAuthChallengeResponse,
    responses: Record<string, string>,
  ): Promise<[string, string]>;
  /** The code in the last message. */
  lastCode(): string;
  accessToken(): Promise<string>;
  /** Registers an authenticator app for alice by an access token. @returns its secret */
  registerApp(accessToken: string): Promise<string>;
  /** Moves the clock to the next time step, in which an app shows another code. */
  nextStep(): void;
}

export async function mfaScene(
  pool: UserPoolSettings,
  attributes: Readonly<Record<string, string>> = {},
  context: Promise<TestContext> = testContext(),
): Promise<MfaScene> {
  const scene = await openScene({ pool, context: await context });
  await scene.addUser({ attributes });
  const { call, refusal } = caller(scene.context);
  const request = (
    { ChallengeName, Session }: RespondToAuthChallengeResponse,
    responses: Record<string, string>,
  ) => ({
    ClientId: scene.client.id,
    ChallengeName: ChallengeName ?? "SMS_MFA",
    Session,
    ChallengeResponses: { USERNAME: "alice", ...responses },
  });
  const begin = () =>
    call("InitiateAuth", {
      ClientId: scene.client.id,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "alice", PASSWORD },
    });
  return {
    ...scene,
    call,
    refusal,
    begin,
    answer: (challenge, responses) => call("RespondToAuthChallenge", request(challenge, responses)),
    refuses: (challenge, responses) => refusal("RespondToAuthChallenge", request(challenge, responses)),
    lastCode: () => /\d{6,8}/.exec(scene.context.sent.at(-1)?.body ?? "")?.[0] ?? "none was sent",
    async accessToken() {
      return (await begin()).AuthenticationResult?.AccessToken ?? "";
    },
    async registerApp(AccessToken) {
      const { SecretCode = "" } = await call("AssociateSoftwareToken", { AccessToken });
      const UserCode = appCode(SecretCode, scene.context.clock.now());
      await call("VerifySoftwareToken", { AccessToken, UserCode, FriendlyDeviceName: "phone" });
      return SecretCode;
    },
    nextStep: () => scene.context.clock.advance(30_000),
  };
}
