/** Requests with made-up values, one for each trigger source, to try a function with. */
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { ConfiguredFunction } from "./configured.ts";
import { lambdaEvent } from "./lambda-event.ts";
import type { ChallengeRound, TriggerRequests, TriggerSource } from "./sources.ts";

const attributes = { email: "jane@example.com", email_verified: "true", name: "Jane" };
const signUp = { userAttributes: attributes, validationData: undefined };
const message = { codeParameter: "{####}", linkParameter: "{##Click Here##}", usernameParameter: null };
const tokens = {
  groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
  scopes: ["aws.cognito.signin.user.admin"],
};
const round: ChallengeRound = {
  challengeName: "CUSTOM_CHALLENGE",
  challengeResult: false,
  challengeMetadata: "round 1",
};
/** Senders are tried without a code: a real one would be encrypted under the pool's key. */
const email = { type: "customEmailSenderRequestV1", code: null } as const;
const sms = { type: "customSMSSenderRequestV1", code: null } as const;

const samples: { readonly [Source in TriggerSource]: TriggerRequests[Source] } = {
  PreSignUp_SignUp: signUp,
  PreSignUp_AdminCreateUser: signUp,
  PreSignUp_ExternalProvider: {
    userAttributes: { ...attributes, "cognito:email_alias": "", "cognito:phone_number_alias": "" },
    validationData: {},
  },
  InboundFederation_ExternalProvider: {
    providerName: "Corp",
    providerType: "OIDC",
    attributes: { idToken: { sub: "1234567890", email: "jane@example.com" } },
  },
  PostConfirmation_ConfirmSignUp: {},
  PostConfirmation_ConfirmForgotPassword: {},
  PreAuthentication_Authentication: { validationData: undefined },
  PostAuthentication_Authentication: { newDeviceUsed: false },
  DefineAuthChallenge_Authentication: { session: [round] },
  CreateAuthChallenge_Authentication: { challengeName: "CUSTOM_CHALLENGE", session: [round] },
  VerifyAuthChallengeResponse_Authentication: {
    privateChallengeParameters: { answer: "42" },
    challengeAnswer: "42",
  },
  UserMigration_Authentication: { password: "Example-1", validationData: undefined },
  UserMigration_ForgotPassword: { validationData: undefined },
  CustomMessage_SignUp: message,
  CustomMessage_AdminCreateUser: { ...message, usernameParameter: "{username}" },
  CustomMessage_ResendCode: message,
  CustomMessage_ForgotPassword: message,
  CustomMessage_UpdateUserAttribute: message,
  CustomMessage_VerifyUserAttribute: message,
  CustomMessage_Authentication: message,
  TokenGeneration_HostedAuth: tokens,
  TokenGeneration_Authentication: tokens,
  TokenGeneration_NewPasswordChallenge: tokens,
  TokenGeneration_AuthenticateDevice: tokens,
  TokenGeneration_RefreshTokens: tokens,
  TokenGeneration_ClientCredentials: { ...tokens, groupConfiguration: null },
  CustomEmailSender_SignUp: email,
  CustomEmailSender_AdminCreateUser: email,
  CustomEmailSender_ResendCode: email,
  CustomEmailSender_ForgotPassword: email,
  CustomEmailSender_UpdateUserAttribute: email,
  CustomEmailSender_VerifyUserAttribute: email,
  CustomEmailSender_Authentication: email,
  CustomEmailSender_AccountTakeOverNotification: {
    ...email,
    userAttributes: {
      email: "jane@example.com",
      EVENT_ID: "1f2e3d4c-0000-4000-8000-000000000000",
      USER_NAME: "jane",
      IP_ADDRESS: "203.0.113.9",
      ACCOUNT_TAKE_OVER_ACTION: "BLOCK",
      LOGIN_TIME: "Thu, 01 Jan 2026 00:00:00 GMT",
      DEVICE_NAME: "Chrome 120, Windows 10",
    },
  },
  CustomSMSSender_SignUp: sms,
  CustomSMSSender_AdminCreateUser: sms,
  CustomSMSSender_ResendCode: sms,
  CustomSMSSender_ForgotPassword: sms,
  CustomSMSSender_UpdateUserAttribute: sms,
  CustomSMSSender_VerifyUserAttribute: sms,
  CustomSMSSender_Authentication: sms,
};

export const triggerSources = Object.keys(samples) as readonly TriggerSource[];

export function isTriggerSource(text: string): text is TriggerSource {
  return Object.hasOwn(samples, text);
}

const CLIENT_ALONE: TriggerSource = "TokenGeneration_ClientCredentials";

/** The event that a pool's function would get, about a user who does not exist. */
export function sampleEvent(
  pool: UserPoolRecord,
  source: TriggerSource,
  configured: ConfiguredFunction,
  clientId: string,
): object {
  const user: UserRecord = {
    poolId: pool.id,
    sub: "00000000-0000-4000-8000-000000000000",
    username: "jane",
    status: "CONFIRMED",
    enabled: true,
    attributes,
    signInNames: [],
    createdAt: 0,
    lastModifiedAt: 0,
  };
  return lambdaEvent(source, configured, {
    pool,
    clientId,
    username: source === CLIENT_ALONE ? clientId : user.username,
    user: source === CLIENT_ALONE ? undefined : user,
    request: samples[source],
    requestContext: {
      requestId: "",
      region: "",
      callerArn: undefined,
      sourceIp: undefined,
      userAgent: undefined,
      clientMetadata: undefined,
      userContextData: undefined,
    },
  });
}
