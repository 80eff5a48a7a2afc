/** Each first factor of a choice-based sign-in, by the JavaScript SDK against the server as it runs. */
import {
  type ChallengeNameType,
  CompleteWebAuthnRegistrationCommand,
  GetUserAuthFactorsCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SetUserPoolMfaConfigCommand,
  StartWebAuthnRegistrationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { srpClient } from "../../src/crypto/testing.ts";
import { type Authenticator, createAuthenticator } from "../../src/user-pools/operations/passkeys/testing.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const PASSWORD = "Perm4nent!";
const RELYING_PARTY = "auth.example.com";

let server: TestServer;
let ids: { poolId: string; clientId: string };
let authenticator: Authenticator;
beforeAll(async () => {
  server = await startTestServer({ fixedCode: "123456" });
  const { cognito } = server;
  ids = await createPoolAndClient(
    cognito,
    {
      Policies: {
        SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] },
      },
      SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" },
    },
    { ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
  );
  const UserPoolId = ids.poolId;
  const WebAuthnConfiguration = { RelyingPartyId: RELYING_PARTY };
  await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, WebAuthnConfiguration }));
  const named = { UserPoolId, Username: "jane" };
  const UserAttributes = Object.entries({
    email: "jane@example.com",
    email_verified: "true",
    phone_number: "+15550104567",
    phone_number_verified: "true",
  }).map(([Name, Value]) => ({ Name, Value }));
  await createConfirmedUser(cognito, { ...named, UserAttributes, Password: PASSWORD });

  const { AuthenticationResult: { AccessToken = "" } = {} } = await begin("PASSWORD", { PASSWORD });
  const { CredentialCreationOptions } = await cognito.send(
    new StartWebAuthnRegistrationCommand({ AccessToken }),
  );
  authenticator = createAuthenticator();
  const { challenge } = CredentialCreationOptions as { challenge: string };
  const Credential = authenticator.register({ challenge, rpId: RELYING_PARTY }) as never;
  await cognito.send(new CompleteWebAuthnRegistrationCommand({ AccessToken, Credential }));
});
afterAll(() => server.stop());

const begin = (preferred: string | undefined, given: Record<string, string> = {}) =>
  server.cognito.send(
    new InitiateAuthCommand({
      ClientId: ids.clientId,
      AuthFlow: "USER_AUTH",
      AuthParameters: {
        USERNAME: "jane",
        ...(preferred !== undefined && { PREFERRED_CHALLENGE: preferred }),
        ...given,
      },
    }),
  );

interface Asked {
  readonly ChallengeName?: ChallengeNameType | undefined;
  readonly ChallengeParameters?: Record<string, string> | undefined;
  readonly Session?: string | undefined;
}

const answer = ({ ChallengeName, Session }: Asked, responses: Record<string, string>) =>
  server.cognito.send(
    new RespondToAuthChallengeCommand({
      ClientId: ids.clientId,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: "jane", ...responses },
    }),
  );

/** What each first factor is chosen with, and how its challenge is answered. */
const factors: Readonly<
  Record<string, { given?: () => Record<string, string>; respond(asked: Asked): Record<string, string> }>
> = {
  PASSWORD: { respond: () => ({ PASSWORD }) },
  PASSWORD_SRP: {
    given: () => ({ SRP_A: janesClient().publicA }),
    respond: ({ ChallengeParameters = {} }) => janesClient().claim(ChallengeParameters),
  },
  EMAIL_OTP: { respond: () => ({ EMAIL_OTP_CODE: "00123456" }) },
  SMS_OTP: { respond: () => ({ SMS_OTP_CODE: "00123456" }) },
  WEB_AUTHN: {
    respond({ ChallengeParameters = {} }) {
      const { challenge } = JSON.parse(ChallengeParameters.CREDENTIAL_REQUEST_OPTIONS ?? "{}");
      return { CREDENTIAL: authenticator.authenticate({ challenge, rpId: RELYING_PARTY }) };
    },
  },
};

const janesClient = () => srpClient({ poolName: ids.poolId.split("_")[1] ?? "", username: "jane" }, PASSWORD);

describe("the first factors of a choice-based sign-in", () => {
  it("are listed as GetUserAuthFactors lists them", async () => {
    const { AvailableChallenges } = await begin(undefined);
    expect(AvailableChallenges).toEqual(Object.keys(factors).toSorted(asOffered));
    const { AuthenticationResult } = await begin("PASSWORD", { PASSWORD });
    const { ConfiguredUserAuthFactors } = await server.cognito.send(
      new GetUserAuthFactorsCommand({ AccessToken: AuthenticationResult?.AccessToken ?? "" }),
    );
    expect(ConfiguredUserAuthFactors).toEqual(["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]);
  });

  it.each(Object.entries(factors))("sign in by %s after a choice", async (ANSWER, { given, respond }) => {
    const asked = await answer(await begin(undefined), { ANSWER, ...given?.() });
    expect((await answer(asked, respond(asked))).AuthenticationResult?.TokenType).toBe("Bearer");
  });

  it.each(Object.entries(factors).filter(([name]) => name !== "PASSWORD"))(
    "sign in by %s if it is preferred",
    async (name, { given, respond }) => {
      const asked = await begin(name, given?.());
      expect(asked.AvailableChallenges).toContain(name);
      expect((await answer(asked, respond(asked))).AuthenticationResult?.TokenType).toBe("Bearer");
    },
  );
});

const ORDER = ["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"];
const asOffered = (a: string, b: string) => ORDER.indexOf(a) - ORDER.indexOf(b);
