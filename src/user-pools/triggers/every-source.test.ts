/**
 * Which operation fires which trigger source, in which order, and with which event, whole. How functions run, and their
 * errors, are tested in `test/triggers/`.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type {
  CreateUserPoolRequest,
  LambdaConfigType,
  OperationName,
  Operations,
} from "../../api-model/index.ts";
import { systemClock } from "../../clock.ts";
import { createEvents } from "../../events.ts";
import { systemRandom } from "../../random.ts";
import type { AppClientRecord, IdentityProviderRecord, UserPoolRecord } from "../../storage/index.ts";
import { signInFederated } from "../federation/index.ts";
import type { OperationContext } from "../operation.ts";
import { softwareDevice } from "../operations/devices/testing.ts";
import { caller } from "../operations/testing.ts";
import { type TestContext, testContext } from "../testing.ts";
import { createLambdaTriggers } from "./lambda-triggers.ts";

const ARN = "arn:aws:lambda:us-east-1:123456789012:function:all";
const KMSKeyID = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555";
const PASSWORD = "Correct-horse-1";
const METADATA = { tenant: "blue" };

interface LambdaEvent {
  readonly triggerSource: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response?: object;
}

/** The events that the pool's functions got, in order. */
let events: LambdaEvent[];
/** The content of `response` after the function, by trigger source. */
let answers: Readonly<Record<string, (event: LambdaEvent) => object>>;
let context: TestContext;

beforeAll(async () => {
  const triggers = createLambdaTriggers({
    functions: {
      targetOf: () => ({ kind: "endpoint", endpoint: "test" }),
      async invoke({ event: text }) {
        const event = JSON.parse(text) as LambdaEvent;
        events.push(event);
        const response = { ...event.response, ...answers[event.triggerSource]?.(event) };
        return { kind: "answered", payload: JSON.stringify({ ...event, response }) };
      },
    },
    events: createEvents(),
    clock: systemClock,
    random: systemRandom,
  });
  context = await testContext({ triggers });
});
afterAll(() => context.store.close());
beforeEach(() => {
  events = [];
  answers = {};
});

const STANDARD = Object.fromEntries(
  [
    "PreSignUp",
    "CustomMessage",
    "PostConfirmation",
    "PreAuthentication",
    "PostAuthentication",
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
    "PreTokenGeneration",
    "UserMigration",
  ].map((name) => [name, ARN]),
) as LambdaConfigType;
const sender = { LambdaArn: ARN, LambdaVersion: "V1_0" } as const;
const SENDERS = {
  ...STANDARD,
  CustomEmailSender: sender,
  CustomSMSSender: sender,
  KMSKeyID,
} satisfies LambdaConfigType;

/** The content of `response` before the function. */
const RESPONSES: Readonly<Record<string, object>> = {
  PreSignUp: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  CustomMessage: { smsMessage: null, emailMessage: null, emailSubject: null },
  PostConfirmation: {},
  PreAuthentication: {},
  PostAuthentication: {},
  DefineAuthChallenge: { challengeName: null, issueTokens: null, failAuthentication: null },
  CreateAuthChallenge: {
    publicChallengeParameters: null,
    privateChallengeParameters: null,
    challengeMetadata: null,
  },
  VerifyAuthChallengeResponse: { answerCorrect: null },
  TokenGeneration: { claimsOverrideDetails: null },
  UserMigration: {
    userAttributes: null,
    finalUserStatus: null,
    messageAction: null,
    desiredDeliveryMediums: null,
    forceAliasCreation: null,
    enableSMSMFA: null,
  },
  InboundFederation: { userAttributesToMap: {} },
};

async function scene(settings: Partial<CreateUserPoolRequest> = {}) {
  const base = caller(context);
  const poolId = await base.pool({ LambdaConfig: STANDARD, ...settings });
  const client = {
    ExplicitAuthFlows: [
      "ALLOW_USER_PASSWORD_AUTH",
      "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      "ALLOW_CUSTOM_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
    ],
  } as const;
  const clientId = await base.client(poolId, { ExplicitAuthFlows: [...client.ExplicitAuthFlows] });
  const named = { UserPoolId: poolId, Username: "jane" };

  /** Calls an operation with client metadata, as the protocol does. */
  async function call<Name extends OperationName>(name: Name, input: Operations[Name]["input"]) {
    const request = { ...context.request, clientMetadata: METADATA };
    const answer = await caller({ ...context, request } as OperationContext).call(name, input);
    await context.outbox.idle();
    return answer;
  }
  /** The events since the last time. */
  const taken = () => events.splice(0);
  const attributesOf = async () => {
    const user = await context.store.users.find(poolId, "jane");
    return { sub: user?.sub, "cognito:user_status": user?.status, ...user?.attributes };
  };
  return {
    poolId,
    clientId,
    named,
    call,
    taken,
    attributesOf,
    /** The whole event of a trigger source. */
    event: (
      triggerSource: string,
      request: object,
      { id = clientId as string | null, version = "1", userName = "jane" } = {},
    ) => {
      const response = RESPONSES[triggerSource.split("_")[0] ?? ""];
      return {
        version,
        region: "us-east-1",
        userPoolId: poolId,
        userName,
        callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: id },
        triggerSource,
        request,
        ...(response && { response }),
      };
    },
    async addJane(attributes: Readonly<Record<string, string>> = {}) {
      const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      await call("AdminCreateUser", { ...named, UserAttributes, MessageAction: "SUPPRESS" });
      await call("AdminSetUserPassword", { ...named, Password: PASSWORD, Permanent: true });
      taken();
    },
    signIn: (more: Readonly<Record<string, string>> = {}) =>
      call("InitiateAuth", {
        ClientId: clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD, ...more },
      }),
    code: () => /\d{6,8}/.exec(context.sent.at(-1)?.body ?? "")?.[0] ?? "none was sent",
  };
}

const NOT_APPLICABLE = { id: "CLIENT_ID_NOT_APPLICABLE" };
const email = { email: "jane@example.com" };
const verifiedEmail = { ...email, email_verified: "true" };
const verifiedPhone = { phone_number: "+15550104567", phone_number_verified: "true" };
const VERIFIES: Partial<CreateUserPoolRequest> = { AutoVerifiedAttributes: ["email"] };
const SMS = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } };
const clientMetadata = METADATA;
const message = {
  codeParameter: "{####}",
  linkParameter: "{##Click Here##}",
  usernameParameter: null,
  clientMetadata,
};
const groupConfiguration = { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null };

describe("sign-up", () => {
  const signUp = (here: Awaited<ReturnType<typeof scene>>) =>
    here.call("SignUp", {
      ClientId: here.clientId,
      Username: "jane",
      Password: PASSWORD,
      UserAttributes: [{ Name: "email", Value: email.email }],
      ValidationData: [{ Name: "captcha", Value: "ok" }],
    });
  const asked = { userAttributes: email, validationData: { captcha: "ok" }, clientMetadata };

  it("invokes PreSignUp and CustomMessage in SignUp, CustomMessage in ResendConfirmationCode, PostConfirmation in ConfirmSignUp", async () => {
    const here = await scene(VERIFIES);
    await signUp(here);
    const userAttributes = await here.attributesOf();
    expect(here.taken()).toEqual([
      here.event("PreSignUp_SignUp", asked),
      here.event("CustomMessage_SignUp", { userAttributes, ...message }),
    ]);
    const named = { ClientId: here.clientId, Username: "jane" };
    await here.call("ResendConfirmationCode", named);
    expect(here.taken()).toEqual([here.event("CustomMessage_ResendCode", { userAttributes, ...message })]);
    await here.call("ConfirmSignUp", { ...named, ConfirmationCode: here.code() });
    const confirmed = await here.attributesOf();
    expect(confirmed["cognito:user_status"]).toBe("CONFIRMED");
    expect(here.taken()).toEqual([
      here.event("PostConfirmation_ConfirmSignUp", { userAttributes: confirmed, clientMetadata }),
    ]);
  });

  it("invokes PostConfirmation in a sign-up that PreSignUp confirms, and sends nothing", async () => {
    answers = { PreSignUp_SignUp: () => ({ autoConfirmUser: true, autoVerifyEmail: true }) };
    const here = await scene(VERIFIES);
    await signUp(here);
    const userAttributes = await here.attributesOf();
    expect(here.taken()).toEqual([
      here.event("PreSignUp_SignUp", asked),
      here.event("PostConfirmation_ConfirmSignUp", { userAttributes, clientMetadata }),
    ]);
  });

  it("invokes PostConfirmation in AdminConfirmSignUp, without a client", async () => {
    const here = await scene();
    await signUp(here);
    here.taken();
    await here.call("AdminConfirmSignUp", here.named);
    const userAttributes = await here.attributesOf();
    const confirmed = { userAttributes, clientMetadata };
    expect(here.taken()).toEqual([here.event("PostConfirmation_ConfirmSignUp", confirmed, { id: null })]);
  });
});

describe("users of administrators", () => {
  it("invoke PreSignUp and CustomMessage in AdminCreateUser, and only CustomMessage for RESEND", async () => {
    const here = await scene();
    const create = {
      ...here.named,
      UserAttributes: Object.entries(verifiedEmail).map(([Name, Value]) => ({ Name, Value })),
      DesiredDeliveryMediums: ["EMAIL" as const],
    };
    await here.call("AdminCreateUser", create);
    const userAttributes = await here.attributesOf();
    const invitation = here.event(
      "CustomMessage_AdminCreateUser",
      { userAttributes, ...message, usernameParameter: "{username}" },
      NOT_APPLICABLE,
    );
    const asked = { userAttributes: verifiedEmail, validationData: null, clientMetadata };
    expect(here.taken()).toEqual([
      here.event("PreSignUp_AdminCreateUser", asked, NOT_APPLICABLE),
      invitation,
    ]);
    await here.call("AdminCreateUser", { ...create, UserAttributes: [], MessageAction: "RESEND" });
    expect(here.taken()).toEqual([invitation]);
  });

  it("invoke nothing when they are changed, disabled, added to groups, read or deleted", async () => {
    const here = await scene();
    await here.addJane(verifiedEmail);
    const { AuthenticationResult: { AccessToken = "" } = {} } = await here.signIn();
    here.taken();
    await here.call("CreateGroup", { UserPoolId: here.poolId, GroupName: "staff" });
    await here.call("AdminAddUserToGroup", { ...here.named, GroupName: "staff" });
    await here.call("GetUser", { AccessToken });
    await here.call("AdminGetUser", here.named);
    await here.call("AdminUpdateUserAttributes", {
      ...here.named,
      UserAttributes: [{ Name: "name", Value: "Jane" }],
    });
    await here.call("AdminSetUserPassword", { ...here.named, Password: PASSWORD, Permanent: true });
    await here.call("AdminDisableUser", here.named);
    await here.call("AdminEnableUser", here.named);
    await here.call("AdminUserGlobalSignOut", here.named);
    await here.call("AdminDeleteUser", here.named);
    expect(here.taken()).toEqual([]);
  });
});

describe("forgotten passwords and addresses", () => {
  it.each(["ForgotPassword", "AdminResetUserPassword"] as const)(
    "invoke CustomMessage in %s and PostConfirmation in ConfirmForgotPassword",
    async (operation) => {
      const here = await scene();
      await here.addJane(verifiedEmail);
      const named = { ClientId: here.clientId, Username: "jane" };
      const userAttributes = await here.attributesOf();
      if (operation === "ForgotPassword") await here.call(operation, named);
      else await here.call(operation, here.named);
      expect(here.taken()).toEqual([
        here.event(
          "CustomMessage_ForgotPassword",
          { userAttributes, ...message },
          operation === "ForgotPassword" ? {} : { id: null },
        ),
      ]);
      await here.call("ConfirmForgotPassword", {
        ...named,
        ConfirmationCode: here.code(),
        Password: "Battery-staple-2",
      });
      const changed = await here.attributesOf();
      expect(here.taken()).toEqual([
        here.event("PostConfirmation_ConfirmForgotPassword", { userAttributes: changed, clientMetadata }),
      ]);
    },
  );

  it("invoke CustomMessage in UpdateUserAttributes, AdminUpdateUserAttributes and GetUserAttributeVerificationCode", async () => {
    const here = await scene(VERIFIES);
    await here.addJane(verifiedEmail);
    const { AuthenticationResult: { AccessToken = "" } = {} } = await here.signIn();
    here.taken();
    const changed = (Value: string) => [{ Name: "email", Value }];
    await here.call("UpdateUserAttributes", { AccessToken, UserAttributes: changed("a@example.com") });
    const first = { userAttributes: await here.attributesOf(), ...message };
    expect(here.taken()).toEqual([here.event("CustomMessage_UpdateUserAttribute", first)]);
    await here.call("AdminUpdateUserAttributes", { ...here.named, UserAttributes: changed("b@example.com") });
    const second = { userAttributes: await here.attributesOf(), ...message };
    expect(here.taken()).toEqual([here.event("CustomMessage_UpdateUserAttribute", second, { id: null })]);
    await here.call("GetUserAttributeVerificationCode", { AccessToken, AttributeName: "email" });
    expect(here.taken()).toEqual([here.event("CustomMessage_VerifyUserAttribute", second)]);
  });
});

describe("sign-in", () => {
  const validationData = METADATA;

  it("invokes PreAuthentication, PostAuthentication and PreTokenGeneration; a refresh only the last", async () => {
    const here = await scene();
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
    const here = await scene({ LambdaConfig: { PreTokenGenerationConfig } });
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
    const here = await scene();
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
    const here = await scene({ MfaConfiguration: "ON", ...SMS });
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
    const here = await scene({ DeviceConfiguration: {} });
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

  it("invokes UserMigration for a user who does not exist, in InitiateAuth, AdminInitiateAuth and ForgotPassword", async () => {
    const migrated = () => ({
      userAttributes: verifiedEmail,
      finalUserStatus: "CONFIRMED",
      messageAction: "SUPPRESS",
    });
    answers = { UserMigration_Authentication: migrated, UserMigration_ForgotPassword: migrated };
    const asked = { password: PASSWORD, validationData };
    for (const operation of ["InitiateAuth", "AdminInitiateAuth"] as const) {
      const here = await scene();
      const parameters = { ClientId: here.clientId, AuthParameters: { USERNAME: "jane", PASSWORD } };
      if (operation === "InitiateAuth") await here.signIn();
      else {
        await here.call(operation, {
          ...parameters,
          UserPoolId: here.poolId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        });
      }
      const [first, ...rest] = here.taken();
      expect(first).toEqual(here.event("UserMigration_Authentication", asked));
      expect(rest.map(({ triggerSource }) => triggerSource)).toEqual([
        "PreAuthentication_Authentication",
        "PostAuthentication_Authentication",
        "TokenGeneration_Authentication",
      ]);
    }
    const here = await scene();
    await here.call("ForgotPassword", { ClientId: here.clientId, Username: "jane" });
    const forgotten = { validationData: null, clientMetadata };
    expect(here.taken()).toEqual([
      here.event("UserMigration_ForgotPassword", forgotten),
      here.event("CustomMessage_ForgotPassword", { userAttributes: await here.attributesOf(), ...message }),
    ]);
  });

  it.each(["InitiateAuth", "AdminInitiateAuth"] as const)(
    "invokes the three functions of CUSTOM_AUTH in turn, in %s",
    async (operation) => {
      answers = {
        DefineAuthChallenge_Authentication: ({ request: { session } }) =>
          (session as object[]).length === 0 ? { challengeName: "CUSTOM_CHALLENGE" } : { issueTokens: true },
        CreateAuthChallenge_Authentication: () => ({
          publicChallengeParameters: { hint: "h" },
          privateChallengeParameters: { answer: "42" },
          challengeMetadata: "M",
        }),
        VerifyAuthChallengeResponse_Authentication: () => ({ answerCorrect: true }),
      };
      const here = await scene();
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

  it("invokes InboundFederation at each sign-in by a provider, and the triggers of a new or existing user", async () => {
    const LambdaConfig = { ...STANDARD, InboundFederation: sender };
    const here = await scene({ LambdaConfig });
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
          pool: (await context.store.pools.get(here.poolId)) as UserPoolRecord,
          client: (await context.store.clients.get(here.clientId)) as AppClientRecord,
          provider: (await context.store.identityProviders.get(
            here.poolId,
            "Corp",
          )) as IdentityProviderRecord,
          identity: { subject: "S1", issuer: null, claims, inbound: { idToken: claims } },
        },
        context,
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
        userAttributes: { email: "jane@example.com" },
        validationData: null,
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
      const here = await scene({ LambdaConfig: { PreTokenGenerationConfig } });
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

describe("custom senders", () => {
  const media = [
    ["CustomEmailSender", "customEmailSenderRequestV1", "email", "jane@example.com"],
    ["CustomSMSSender", "customSMSSenderRequestV1", "phone_number", "+15550104567"],
  ] as const;

  it.each(media)("%s gets every message instead of CustomMessage", async (name, type, attribute, value) => {
    const here = await scene({
      LambdaConfig: SENDERS,
      AutoVerifiedAttributes: [attribute],
      MfaConfiguration: "OPTIONAL",
      ...SMS,
    });
    const before = context.sent.length;
    const address = [{ Name: attribute, Value: value }];
    const sent = (occasion: string, userAttributes: object, options: object = {}) =>
      here.event(
        `${name}_${occasion}`,
        { userAttributes, type, code: expect.stringMatching(/^AYAD/), clientMetadata },
        options,
      );
    const fired = () =>
      here.taken().filter(({ triggerSource }) => /^Custom(Message|Email|SMS)/.test(triggerSource));

    const named = { ClientId: here.clientId, Username: "jane" };
    await here.call("SignUp", { ...named, Password: PASSWORD, UserAttributes: address });
    await here.call("ResendConfirmationCode", named);
    const unconfirmed = await here.attributesOf();
    expect(fired()).toEqual([sent("SignUp", unconfirmed), sent("ResendCode", unconfirmed)]);
    await here.call("AdminConfirmSignUp", here.named);
    await here.call("AdminUpdateUserAttributes", {
      ...here.named,
      UserAttributes: [{ Name: `${attribute}_verified`, Value: "true" }],
    });
    await here.call("ForgotPassword", named);
    const confirmed = await here.attributesOf();
    expect(fired()).toEqual([sent("ForgotPassword", confirmed)]);

    const { AuthenticationResult: { AccessToken = "" } = {} } = await here.signIn();
    const other = attribute === "email" ? "other@example.com" : "+15550109999";
    await here.call("UpdateUserAttributes", {
      AccessToken,
      UserAttributes: [{ Name: attribute, Value: other }],
    });
    await here.call("GetUserAttributeVerificationCode", { AccessToken, AttributeName: attribute });
    const changed = await here.attributesOf();
    expect(fired()).toEqual([sent("UpdateUserAttribute", changed), sent("VerifyUserAttribute", changed)]);

    await here.call("AdminCreateUser", {
      UserPoolId: here.poolId,
      Username: "joe",
      UserAttributes: address,
      DesiredDeliveryMediums: [attribute === "email" ? "EMAIL" : "SMS"],
    });
    const joe = { ...NOT_APPLICABLE, userName: "joe" };
    expect(fired()).toEqual([sent("AdminCreateUser", expect.objectContaining({ [attribute]: value }), joe)]);
    expect(context.sent).toHaveLength(before);
  });

  it("CustomSMSSender and CustomEmailSender get the codes of sign-ins", async () => {
    for (const [name, type, attribute, value] of media) {
      const here = await scene({ LambdaConfig: SENDERS, MfaConfiguration: "OFF", ...SMS });
      await here.addJane({ [attribute]: value, [`${attribute}_verified`]: "true" });
      await context.store.pools.update(here.poolId, (pool) => ({
        ...pool,
        settings: {
          ...pool.settings,
          MfaConfiguration: "ON",
          ...(attribute === "email" ? { EmailMfaConfiguration: {}, SmsMfaEnabled: false } : {}),
          AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
        },
      }));
      await here.signIn();
      const userAttributes = await here.attributesOf();
      expect(here.taken().at(-1)).toEqual(
        here.event(`${name}_Authentication`, {
          userAttributes,
          type,
          code: expect.stringMatching(/^AYAD/),
          clientMetadata: null,
        }),
      );
    }
  });

  it("CustomEmailSender gets the notification of a risky sign-in, without a code", async () => {
    const here = await scene({
      LambdaConfig: { CustomEmailSender: sender, KMSKeyID },
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED" },
    });
    await here.addJane(verifiedEmail);
    const action = { Notify: true, EventAction: "NO_ACTION" } as const;
    await here.call("SetRiskConfiguration", {
      UserPoolId: here.poolId,
      AccountTakeoverRiskConfiguration: {
        Actions: { LowAction: action, MediumAction: action, HighAction: action },
        NotifyConfiguration: {
          SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/security@example.com",
          From: "security@example.com",
        },
      },
    });
    const from = (sourceIp: string, userAgent: string) =>
      caller({ ...context, request: { ...context.request, sourceIp, userAgent } }).call("InitiateAuth", {
        ClientId: here.clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD },
      });
    await from("203.0.113.9", "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0.0.0 Safari/537.36");
    context.clock.advance(3_600_000);
    await from("198.51.100.7", "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0");
    await context.outbox.idle();
    expect(here.taken()).toEqual([
      here.event("CustomEmailSender_AccountTakeOverNotification", {
        userAttributes: {
          ...verifiedEmail,
          EVENT_ID: expect.any(String),
          USER_NAME: "jane",
          IP_ADDRESS: "198.51.100.7",
          ACCOUNT_TAKE_OVER_ACTION: "NO_ACTION",
          ONE_CLICK_LINK_VALID: expect.stringContaining("feedback_value=Valid"),
          ONE_CLICK_LINK_INVALID: expect.stringContaining("feedback_value=Invalid"),
          LOGIN_TIME: expect.any(String),
          FEEDBACK_TOKEN: expect.any(String),
          CITY: expect.any(String),
          COUNTRY: expect.any(String),
          DEVICE_NAME: expect.any(String),
        },
        type: "customEmailSenderRequestV1",
        code: null,
        clientMetadata: null,
      }),
    ]);
  });
});
