/**
 * The request and the response of each trigger source, in the names of the Lambda event.
 *
 * @see Developer Guide, "Customizing user pool workflows with Lambda triggers"
 */
import type { ChallengeNameType } from "../../api-model/index.ts";

type Text = Readonly<Record<string, string>>;

/** The request of a caller beside the pool and the user; `userAttributes`, `clientMetadata` and the like are added to it. */
export type TriggerRequests = StandardRequests & MessageRequests & SenderRequests;

/** Replaces an app client's id in events when an administrator creates a user. */
export const NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE";

/** The request for a custom sender: the code as a message of the AWS Encryption SDK, in base64. */
type SenderRequests = {
  readonly [Source in `Custom${"Email" | "SMS"}Sender_${MessageOccasion}`]: {
    readonly type: "customEmailSenderRequestV1" | "customSMSSenderRequestV1";
    readonly code: string | null;
  };
};

type MessageRequests = { readonly [Source in `CustomMessage_${MessageOccasion}`]: MessageRequest };

/** Why a message is sent. */
export type MessageOccasion =
  | "SignUp"
  | "AdminCreateUser"
  | "ResendCode"
  | "ForgotPassword"
  | "UpdateUserAttribute"
  | "VerifyUserAttribute"
  | "Authentication";

interface StandardRequests {
  CustomEmailSender_AccountTakeOverNotification: {
    readonly type: "customEmailSenderRequestV1";
    readonly code: null;
    readonly userAttributes: Text;
  };
  PreSignUp_SignUp: SignUpRequest;
  PreSignUp_AdminCreateUser: SignUpRequest;
  PreSignUp_ExternalProvider: SignUpRequest;
  InboundFederation_ExternalProvider: {
    readonly providerName: string;
    readonly providerType: string;
    readonly attributes: Readonly<Record<string, Text>>;
  };
  PostConfirmation_ConfirmSignUp: object;
  PostConfirmation_ConfirmForgotPassword: object;
  PreAuthentication_Authentication: { readonly validationData: Text | undefined } & UserNotFound;
  PostAuthentication_Authentication: { readonly newDeviceUsed: boolean };
  DefineAuthChallenge_Authentication: { readonly session: readonly ChallengeRound[] } & UserNotFound;
  CreateAuthChallenge_Authentication: {
    readonly challengeName: "CUSTOM_CHALLENGE";
    readonly session: readonly ChallengeRound[];
  } & UserNotFound;
  VerifyAuthChallengeResponse_Authentication: {
    readonly privateChallengeParameters: Text;
    readonly challengeAnswer: string;
  } & UserNotFound;
  UserMigration_Authentication: MigrationRequest;
  UserMigration_ForgotPassword: MigrationRequest;
  TokenGeneration_HostedAuth: TokenRequest;
  TokenGeneration_Authentication: TokenRequest;
  TokenGeneration_NewPasswordChallenge: TokenRequest;
  TokenGeneration_AuthenticateDevice: TokenRequest;
  TokenGeneration_RefreshTokens: TokenRequest;
  TokenGeneration_ClientCredentials: TokenRequest;
}

export type TriggerSource = keyof TriggerRequests;

/** The function's `response`, judged by the caller. */
export type TriggerResponse<Source extends TriggerSource> = Source extends keyof TypedResponses
  ? Partial<TypedResponses[Source]>
  : Readonly<Record<string, unknown>>;

interface TypedResponses {
  DefineAuthChallenge_Authentication: {
    readonly challengeName: string | null;
    readonly issueTokens: boolean | null;
    readonly failAuthentication: boolean | null;
  };
  CreateAuthChallenge_Authentication: {
    readonly publicChallengeParameters: Text | null;
    readonly privateChallengeParameters: Text | null;
    readonly challengeMetadata: string | null;
  };
  VerifyAuthChallengeResponse_Authentication: { readonly answerCorrect: boolean | null };
}

/** One finished round of a custom sign-in, as DefineAuthChallenge sees it. */
export interface ChallengeRound {
  readonly challengeName: ChallengeNameType | "SRP_A";
  readonly challengeResult: boolean;
  readonly challengeMetadata: string | null;
}

interface UserNotFound {
  /** Only for app clients that hide whether a user exists. */
  readonly userNotFound?: boolean;
}

interface SignUpRequest {
  /** As sent; an existing user's attributes are read from the user. */
  readonly userAttributes?: Text;
  readonly validationData: Text | undefined;
}

interface MigrationRequest {
  readonly password?: string;
  readonly validationData: Text | undefined;
}

interface MessageRequest {
  /** As sent with a sign-up; an existing user's attributes are read from the user. */
  readonly userAttributes?: Text;
  readonly codeParameter: string;
  readonly linkParameter: string;
  readonly usernameParameter: string | null;
}

interface TokenRequest {
  /** Null for a client alone. */
  readonly groupConfiguration: {
    readonly groupsToOverride: readonly string[];
    readonly iamRolesToOverride: readonly string[];
    readonly preferredRole: string | null;
  } | null;
  readonly scopes: readonly string[];
}
