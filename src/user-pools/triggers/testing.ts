/** For the tests of what the functions of triggers get: a context that records their events, and pools in it. */
import { afterAll, beforeAll, beforeEach } from "vitest";
import type {
  CreateUserPoolRequest,
  LambdaConfigType,
  OperationName,
  Operations,
} from "../../api-model/index.ts";
import { systemClock } from "../../clock.ts";
import { createEvents } from "../../events.ts";
import { silentLog } from "../../log.ts";
import { systemRandom } from "../../random.ts";
import type { OperationContext } from "../operation.ts";
import { caller } from "../operations/testing.ts";
import { type TestContext, testContext } from "../testing.ts";
import { createLambdaTriggers } from "./lambda-triggers.ts";

export const ARN = "arn:aws:lambda:us-east-1:123456789012:function:all";
export const KMSKeyID = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555";
export const PASSWORD = "Correct-horse-1";
export const METADATA = { tenant: "blue" };

interface LambdaEvent {
  readonly triggerSource: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response?: object;
}

export const STANDARD = Object.fromEntries(
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
export const SENDER = { LambdaArn: ARN, LambdaVersion: "V1_0" } as const;
export const SENDERS = {
  ...STANDARD,
  CustomEmailSender: SENDER,
  CustomSMSSender: SENDER,
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

/** The events and answers of the functions of a test file's pools, and the context of the file. */
interface Recorded {
  context: TestContext;
  /** The events that the pools' functions got, in order. */
  events: LambdaEvent[];
  /** The content of `response` after the function, by trigger source. */
  answers: Readonly<Record<string, (event: LambdaEvent) => object>>;
}

/** A context whose triggers invoke one function, which records its events. Call it once at the top of a test file. */
export function recordEvents(): Recorded {
  // The hook below makes the context before any test can read it.
  const recorded: Recorded = { context: undefined as unknown as TestContext, events: [], answers: {} };
  beforeAll(async () => {
    const triggers = createLambdaTriggers({
      functions: {
        targetOf: () => ({ kind: "endpoint", endpoint: "test" }),
        async invoke({ event: text }) {
          const event = JSON.parse(text) as LambdaEvent;
          recorded.events.push(event);
          const response = { ...event.response, ...recorded.answers[event.triggerSource]?.(event) };
          return { kind: "answered", payload: JSON.stringify({ ...event, response }) };
        },
      },
      events: createEvents(),
      clock: systemClock,
      random: systemRandom,
      log: silentLog,
    });
    recorded.context = await testContext({ triggers });
  });
  afterAll(() => recorded.context.store.close());
  beforeEach(() => {
    recorded.events = [];
    recorded.answers = {};
  });
  return recorded;
}

/** A pool whose functions record their events, a client, and calls with client metadata. */
export async function scene(recorded: Recorded, settings: Partial<CreateUserPoolRequest> = {}) {
  const base = caller(recorded.context);
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
    const request = { ...recorded.context.request, clientMetadata: METADATA };
    const answer = await caller({ ...recorded.context, request } as OperationContext).call(name, input);
    await recorded.context.outbox.idle();
    return answer;
  }
  /** The events since the last time. */
  const taken = () => recorded.events.splice(0);
  const attributesOf = async () => {
    const user = await recorded.context.store.users.find(poolId, "jane");
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
    code: () => /\d{6,8}/.exec(recorded.context.sent.at(-1)?.body ?? "")?.[0] ?? "none was sent",
  };
}

export const NOT_APPLICABLE = { id: "CLIENT_ID_NOT_APPLICABLE" };
export const email = { email: "jane@example.com" };
export const verifiedEmail = { ...email, email_verified: "true" };
export const verifiedPhone = { phone_number: "+15550104567", phone_number_verified: "true" };
export const VERIFIES: Partial<CreateUserPoolRequest> = { AutoVerifiedAttributes: ["email"] };
export const SMS = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } };
export const clientMetadata = METADATA;
export const message = {
  codeParameter: "{####}",
  linkParameter: "{##Click Here##}",
  usernameParameter: null,
  clientMetadata,
};
export const groupConfiguration = { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null };
