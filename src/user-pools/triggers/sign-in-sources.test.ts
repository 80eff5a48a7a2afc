import { describe, expect, it } from "vitest";
import type { AppClientRecord, IdentityProviderRecord, UserPoolRecord } from "../../storage/index.ts";
import { signInFederated } from "../federation/index.ts";
import { softwareDevice } from "../operations/devices/testing.ts";
import {
  ARN,
  clientMetadata,
  groupConfiguration,
  METADATA,
  message,
  PASSWORD,
  recordEvents,
  SENDER,
  SMS,
  STANDARD,
  scene,
  verifiedEmail,
  verifiedPhone,
} from "./testing.ts";

const recorded = recordEvents();

describe("sign-in", () => {
  const validationData = METADATA;

  it("invokes PreAuthentication, PostAuthentication and PreTokenGeneration, and a refresh only PreTokenGeneration", async () => {
    const here = await scene(recorded);
    await here.addJane(verifiedEmail);
    const { AuthenticationResult } = await here.signIn();
    const userAttributes = await here.attributesOf();
    expect(here.taken()).toEqual([
      here.event("PreAuthentication_Authentication", { userAttributes, validationData }),
      here.event("PostAuthentication_Authentication", { userAttributes, newDeviceUsed: false }),
      here.event("TokenGeneration_Authentication", { userAttributes, groupConfiguration }),
    ]);
    const RefreshToken = AuthenticationResult?.RefreshToken ?? "";
    await here.call("InitiateAuth", {
      ClientId: here.clientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    });
    expect(here.taken()).toEqual([
      here.event("TokenGeneration_RefreshTokens", { userAttributes, groupConfiguration }),
    ]);
    await here.call("GetTokensFromRefreshToken", { ClientId: here.clientId, RefreshToken });
    expect(here.taken()).toEqual([
      here.event("TokenGeneration_RefreshTokens", { userAttributes, groupConfiguration, clientMetadata }),
    ]);
  });

  it("passes scopes to PreTokenGeneration from the second version on", async () => {
    const PreTokenGenerationConfig = { LambdaArn: ARN, LambdaVersion: "V3_0" } as const;
    const here = await scene(recorded, { LambdaConfig: { PreTokenGenerationConfig } });
    await here.addJane();
    await here.signIn();
    const userAttributes = await here.attributesOf();
    const scopes = ["aws.cognito.signin.user.admin"];
    expect(here.taken()).toEqual([
      {
        ...here.event("", { userAttributes, groupConfiguration, scopes }, { version: "3" }),
        triggerSource: "TokenGeneration_Authentication",
        response: { claimsAndScopeOverrideDetails: null },
      },
    ]);
  });

  it("invokes TokenGeneration_NewPasswordChallenge after a new password", async () => {
    const here = await scene(recorded);
    await here.call("AdminCreateUser", {
      ...here.named,
      TemporaryPassword: PASSWORD,
      MessageAction: "SUPPRESS",
    });
    const { Session } = await here.signIn();
    here.taken();
    await here.call("RespondToAuthChallenge", {
      ClientId: here.clientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session,
      ChallengeResponses: { USERNAME: "jane", NEW_PASSWORD: "Battery-staple-2" },
    });
    const userAttributes = await here.attributesOf();
    const told = { userAttributes, newDeviceUsed: false, clientMetadata };
    const generation = { userAttributes, groupConfiguration, clientMetadata };
    expect(here.taken()).toEqual([
      here.event("PostAuthentication_Authentication", told),
      here.event("TokenGeneration_NewPasswordChallenge", generation),
    ]);
  });

  it("invokes CustomMessage for a code, and PostAuthentication after it", async () => {
    const here = await scene(recorded, { MfaConfiguration: "ON", ...SMS });
    await here.addJane(verifiedPhone);
    const { Session } = await here.signIn();
    const userAttributes = await here.attributesOf();
    const { clientMetadata: _, ...withoutMetadata } = message;
    expect(here.taken()).toEqual([
      here.event("PreAuthentication_Authentication", { userAttributes, validationData }),
      here.event("CustomMessage_Authentication", { userAttributes, ...withoutMetadata }),
    ]);
    await here.call("RespondToAuthChallenge", {
      ClientId: here.clientId,
      ChallengeName: "SMS_MFA",
      Session,
      ChallengeResponses: { USERNAME: "jane", SMS_MFA_CODE: here.code() },
    });
    expect(here.taken().map(({ triggerSource }) => triggerSource)).toEqual([
      "PostAuthentication_Authentication",
      "TokenGeneration_Authentication",
    ]);
  });

  it("invokes TokenGeneration_AuthenticateDevice after a device, and sets newDeviceUsed for a new device", async () => {
    const here = await scene(recorded, { DeviceConfiguration: {} });
    await here.addJane();
    const { AuthenticationResult } = await here.signIn();
    expect(here.taken()[1]?.request).toMatchObject({ newDeviceUsed: true });
    const device = softwareDevice(AuthenticationResult?.NewDeviceMetadata ?? {});
    await here.call("ConfirmDevice", {
      AccessToken: AuthenticationResult?.AccessToken ?? "",
      DeviceKey: device.key,
      DeviceSecretVerifierConfig: device.verifier,
    });
    const { Session } = await here.signIn({ DEVICE_KEY: device.key });
    const answer = { ClientId: here.clientId, Session };
    const { ChallengeParameters } = await here.call("RespondToAuthChallenge", {
      ...answer,
      ChallengeName: "DEVICE_SRP_AUTH",
      ChallengeResponses: { USERNAME: "jane", ...device.begin },
    });
    here.taken();
    await here.call("RespondToAuthChallenge", {
      ClientId: here.clientId,
      ChallengeName: "DEVICE_PASSWORD_VERIFIER",
      ChallengeResponses: { USERNAME: "jane", ...device.claim(ChallengeParameters) },
    });
    const userAttributes = await here.attributesOf();
    const generation = { userAttributes, groupConfiguration, clientMetadata };
    expect(here.taken()).toEqual([
      here.event("PostAuthentication_Authentication", {
        userAttributes,
        newDeviceUsed: false,
        clientMetadata,
      }),
      here.event("TokenGeneration_AuthenticateDevice", generation),
    ]);
  });

  it("invokes UserMigration and PreSignUp for a user who does not exist, in InitiateAuth, AdminInitiateAuth and ForgotPassword", async () => {
    const migrated = () => ({
      userAttributes: verifiedEmail,
      finalUserStatus: "CONFIRMED",
      messageAction: "SUPPRESS",
    });
    recorded.answers = { UserMigration_Authentication: migrated, UserMigration_ForgotPassword: migrated };
    const asked = { password: PASSWORD, validationData };
    for (const operation of ["InitiateAuth", "AdminInitiateAuth"] as const) {
      const here = await scene(recorded);
      const parameters = { ClientId: here.clientId, AuthParameters: { USERNAME: "jane", PASSWORD } };
      if (operation === "InitiateAuth") await here.signIn();
      else {
        await here.call(operation, {
          ...parameters,
          UserPoolId: here.poolId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        });
      }
      const [first, second, ...rest] = here.taken();
      expect(first).toEqual(here.event("UserMigration_Authentication", asked));
      const created = { userAttributes: verifiedEmail, validationData };
      expect(second).toEqual(here.event("PreSignUp_AdminCreateUser", created));
      expect(rest.map(({ triggerSource }) => triggerSource)).toEqual([
        "PreAuthentication_Authentication",
        "PostAuthentication_Authentication",
        "TokenGeneration_Authentication",
      ]);
    }
    const here = await scene(recorded);
    await here.call("ForgotPassword", { ClientId: here.clientId, Username: "jane" });
    const forgotten = { validationData: null, clientMetadata };
    expect(here.taken()).toEqual([
      here.event("UserMigration_ForgotPassword", forgotten),
      here.event("PreSignUp_AdminCreateUser", { userAttributes: verifiedEmail, ...forgotten }),
      here.event("CustomMessage_ForgotPassword", { userAttributes: await here.attributesOf(), ...message }),
    ]);
  });

  it.each(["InitiateAuth", "AdminInitiateAuth"] as const)(
    "invokes the three functions of CUSTOM_AUTH in turn, in %s",
    async (operation) => {
      recorded.answers = {
        DefineAuthChallenge_Authentication: ({ request: { session } }) =>
          (session as object[]).length === 0 ? { challengeName: "CUSTOM_CHALLENGE" } : { issueTokens: true },
        CreateAuthChallenge_Authentication: () => ({
          publicChallengeParameters: { hint: "h" },
          privateChallengeParameters: { answer: "42" },
          challengeMetadata: "M",
        }),
        VerifyAuthChallengeResponse_Authentication: () => ({ answerCorrect: true }),
      };
      const here = await scene(recorded);
      await here.addJane();
      const begin = {
        ClientId: here.clientId,
        AuthFlow: "CUSTOM_AUTH",
        AuthParameters: { USERNAME: "jane" },
      } as const;
      const answer = {
        ClientId: here.clientId,
        ChallengeName: "CUSTOM_CHALLENGE",
        ChallengeResponses: { USERNAME: "jane", ANSWER: "42" },
      } as const;
      const isAdmin = operation === "AdminInitiateAuth";
      const { Session } = isAdmin
        ? await here.call("AdminInitiateAuth", { ...begin, UserPoolId: here.poolId })
        : await here.call("InitiateAuth", begin);
      const userAttributes = await here.attributesOf();
      const challengeName = "CUSTOM_CHALLENGE";
      expect(here.taken()).toEqual([
        here.event("PreAuthentication_Authentication", { userAttributes, validationData }),
        here.event("DefineAuthChallenge_Authentication", { userAttributes, session: [] }),
        here.event("CreateAuthChallenge_Authentication", { userAttributes, challengeName, session: [] }),
      ]);
      if (isAdmin) {
        await here.call("AdminRespondToAuthChallenge", { ...answer, Session, UserPoolId: here.poolId });
      } else await here.call("RespondToAuthChallenge", { ...answer, Session });
      const session = [{ challengeName, challengeResult: true, challengeMetadata: "M" }];
      expect(here.taken()).toEqual([
        here.event("VerifyAuthChallengeResponse_Authentication", {
          userAttributes,
          privateChallengeParameters: { answer: "42" },
          challengeAnswer: "42",
          clientMetadata,
        }),
        here.event("DefineAuthChallenge_Authentication", { userAttributes, session, clientMetadata }),
        here.event("PostAuthentication_Authentication", {
          userAttributes,
          newDeviceUsed: false,
          clientMetadata,
        }),
        here.event("TokenGeneration_Authentication", { userAttributes, groupConfiguration, clientMetadata }),
      ]);
    },
  );

  it("by a provider invokes InboundFederation each time, and the triggers of a new or existing user", async () => {
    const LambdaConfig = { ...STANDARD, InboundFederation: SENDER };
    const here = await scene(recorded, { LambdaConfig });
    const ProviderName = "Corp";
    await here.call("CreateIdentityProvider", {
      UserPoolId: here.poolId,
      ProviderName,
      ProviderType: "OIDC",
      ProviderDetails: {
        client_id: "id",
        client_secret: "secret",
        authorize_scopes: "openid",
        attributes_request_method: "GET",
        oidc_issuer: "https://login.example.com",
      },
      AttributeMapping: { email: "mail" },
    });
    const claims = { mail: "jane@example.com" };
    const signIn = async () => {
      const { user } = await signInFederated(
        {
          pool: (await recorded.context.store.pools.get(here.poolId)) as UserPoolRecord,
          client: (await recorded.context.store.clients.get(here.clientId)) as AppClientRecord,
          provider: (await recorded.context.store.identityProviders.get(
            here.poolId,
            "Corp",
          )) as IdentityProviderRecord,
          identity: { subject: "S1", issuer: null, claims, inbound: { idToken: claims } },
        },
        recorded.context,
      );
      return user;
    };
    const user = await signIn();
    const userName = "Corp_S1";
    const userAttributes = { sub: user.sub, "cognito:user_status": user.status, ...user.attributes };
    const event = (source: string, request: object) => here.event(source, request, { userName });
    const inbound = event("InboundFederation_ExternalProvider", {
      providerName: "Corp",
      providerType: "OIDC",
      attributes: { idToken: claims },
    });
    expect(here.taken()).toEqual([
      inbound,
      event("PreSignUp_ExternalProvider", {
        userAttributes: {
          email: "jane@example.com",
          email_verified: "false",
          "cognito:email_alias": "",
          "cognito:phone_number_alias": "",
        },
        validationData: {},
      }),
      event("PostConfirmation_ConfirmSignUp", { userAttributes }),
    ]);
    await signIn();
    expect(here.taken()).toEqual([
      inbound,
      event("PreAuthentication_Authentication", { userAttributes, validationData: null }),
      event("PostAuthentication_Authentication", { userAttributes, newDeviceUsed: false }),
    ]);
  });

  it("invokes TokenGeneration_ClientCredentials in GetClientToken, only in the third version", async () => {
    for (const LambdaVersion of ["V2_0", "V3_0"] as const) {
      const PreTokenGenerationConfig = { LambdaArn: ARN, LambdaVersion };
      const here = await scene(recorded, { LambdaConfig: { PreTokenGenerationConfig } });
      const { UserPoolClient } = await here.call("CreateUserPoolClient", {
        UserPoolId: here.poolId,
        ClientName: "machine",
        GenerateSecret: true,
        ExplicitAuthFlows: ["ALLOW_CLIENT_TOKEN_AUTH" as never],
      });
      const { ClientId = "", ClientSecret = "" } = UserPoolClient ?? {};
      await here.call("GetClientToken", { ClientId, Secret: ClientSecret });
      const request = { userAttributes: {}, groupConfiguration: null, scopes: [], clientMetadata };
      const expected = {
        ...here.event("", request, { id: ClientId, version: "3", userName: "ClientCredentials" }),
        triggerSource: "TokenGeneration_ClientCredentials",
        response: { claimsAndScopeOverrideDetails: null },
      };
      expect(here.taken()).toEqual(LambdaVersion === "V3_0" ? [expected] : []);
    }
  });
});
