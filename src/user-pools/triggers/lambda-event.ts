/**
 * The JSON that a function is invoked with.
 *
 * @see Developer Guide, "Customizing user pool workflows with Lambda triggers", section "Event structure"
 */
import { regionOf } from "../../pool-ids.ts";
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { RequestContext } from "../request-context.ts";
import type { ConfiguredFunction } from "./configured.ts";
import type { TriggerSource } from "./sources.ts";
import type { TriggerEvent } from "./triggers.ts";

/** The members of `response` before the function, to be filled in. Custom senders find none. */
const RESPONSES: Readonly<Record<string, object | undefined>> = {
  PreSignUp: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  InboundFederation: { userAttributesToMap: {} },
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
  UserMigration: {
    userAttributes: null,
    forceAliasCreation: null,
    enableSMSMFA: null,
    finalUserStatus: null,
    messageAction: null,
    desiredDeliveryMediums: null,
  },
  CustomMessage: { smsMessage: null, emailMessage: null, emailSubject: null },
};

/** Triggers whose request has no attributes of a user, because there is none yet. */
const WITHOUT_USER: ReadonlySet<string> = new Set(["UserMigration", "PreSignUp", "InboundFederation"]);

/** Triggers that get the caller's metadata as `validationData` alone. */
const WITHOUT_CLIENT_METADATA: ReadonlySet<string> = new Set(["PreAuthentication"]);

export function lambdaEvent<Source extends TriggerSource>(
  source: Source,
  { trigger, version }: ConfiguredFunction,
  { pool, clientId, username, user, request, requestContext }: TriggerEvent<Source>,
): object {
  const { scopes, ...given } = request as Readonly<Record<string, unknown>>;
  const isSender = /^Custom(Email|SMS)Sender$/.test(trigger);
  const metadata = requestContext.clientMetadata;
  return {
    version,
    region: regionOf(pool.id),
    userPoolId: pool.id,
    userName: username,
    callerContext: { awsSdkVersion: awsSdkVersion(requestContext), clientId },
    triggerSource: source,
    request: {
      ...(WITHOUT_USER.has(trigger) ? {} : { userAttributes: attributesOf(pool, user) }),
      ...withNulls(given),
      ...(version !== "1" && scopes !== undefined ? { scopes } : {}),
      ...(isSender ? { clientMetadata: metadata ?? null } : {}),
      ...(!isSender && metadata && !WITHOUT_CLIENT_METADATA.has(trigger) ? { clientMetadata: metadata } : {}),
    },
    ...(isSender ? {} : { response: responseSkeleton(trigger, version) }),
  };
}

function responseSkeleton(trigger: string, version: ConfiguredFunction["version"]): object {
  if (trigger !== "PreTokenGeneration") return RESPONSES[trigger] ?? {};
  return version === "1" ? { claimsOverrideDetails: null } : { claimsAndScopeOverrideDetails: null };
}

/** `validationData` that was not sent is null, as Cognito writes it. */
function withNulls(given: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value ?? null]));
}

/** A user's attributes as text, with what Cognito adds to them. */
function attributesOf(pool: UserPoolRecord, user: UserRecord | undefined): Record<string, string> {
  if (user === undefined) return {};
  const aliases = pool.settings.AliasAttributes ?? [];
  const isAlias = (kind: "email" | "phone_number") =>
    aliases.includes(kind) && user.signInNames.some((name) => name.kind === kind);
  return {
    sub: user.sub,
    ...(isAlias("email") ? { "cognito:email_alias": user.attributes.email ?? "" } : {}),
    ...(isAlias("phone_number") ? { "cognito:phone_number_alias": user.attributes.phone_number ?? "" } : {}),
    "cognito:user_status": user.status,
    ...user.attributes,
  };
}

/** As functions see it: `aws-sdk-js-3.1169.0`. */
function awsSdkVersion({ userAgent = "" }: RequestContext): string {
  const [, language, version] = /\baws-sdk-([\w-]{1,64})\/(\d[\w.-]*)/.exec(userAgent) ?? [];
  return version === undefined ? "aws-sdk-unknown-unknown" : `aws-sdk-${language}-${version}`;
}
