/** Sign-ins from two places in pools with threat protection. */
import type {
  AccountTakeoverEventActionType,
  RespondToAuthChallengeResponse,
  SetRiskConfigurationRequest,
} from "../../../api-model/index.ts";
import type { UserPoolSettings } from "../../../storage/index.ts";
import type { RequestContext } from "../../request-context.ts";
import type { TestContext } from "../../testing.ts";
import type { Triggers } from "../../triggers/index.ts";
import { PASSWORD } from "../authentication/testing.ts";
import { APP, appCode, mfaScene, OPTIONAL } from "../mfa/testing.ts";
import { caller } from "../testing.ts";

export const HOME = {
  sourceIp: "203.0.113.9",
  userAgent: "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36",
};
export const AWAY = { sourceIp: "198.51.100.7", userAgent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0" };
export const BLOCKED = "NotAuthorizedException: Unable to login because of security reasons.";
export const TOKENS = { AuthenticationResult: { TokenType: "Bearer" } };
export const RP = "auth.example.com";

const FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:ask";

export const addOns = (
  AdvancedSecurityMode: "OFF" | "AUDIT" | "ENFORCED",
  CustomAuthMode?: "AUDIT" | "ENFORCED",
): UserPoolSettings => ({
  UserPoolTier: "PLUS",
  LambdaConfig: {
    DefineAuthChallenge: FUNCTION,
    CreateAuthChallenge: FUNCTION,
    VerifyAuthChallengeResponse: FUNCTION,
  },
  UserPoolAddOns: {
    AdvancedSecurityMode,
    ...(CustomAuthMode && { AdvancedSecurityAdditionalFlows: { CustomAuthMode } }),
  },
});

/** Asks for a number, and signs in whoever says 5. */
export const askForNumber: Triggers = {
  has: (_pool, source) => source.includes("AuthChallenge"),
  missing: () => [],
  async invoke(source, event) {
    const answers: Record<string, unknown> = {
      CreateAuthChallenge_Authentication: {
        publicChallengeParameters: {},
        privateChallengeParameters: { answer: "5" },
        challengeMetadata: null,
      },
      VerifyAuthChallengeResponse_Authentication: {
        answerCorrect: (event.request as { challengeAnswer?: string }).challengeAnswer === "5",
      },
      DefineAuthChallenge_Authentication: (() => {
        const last = (event.request as { session?: { challengeResult: boolean }[] }).session?.at(-1);
        return {
          challengeName: last === undefined ? "CUSTOM_CHALLENGE" : null,
          issueTokens: last?.challengeResult === true,
          failAuthentication: last?.challengeResult === false,
        };
      })(),
    };
    return answers[source] as never;
  },
};

/** A pool with alice, and calls from two places. */
export async function protectionScene(base: TestContext, pool: UserPoolSettings) {
  const here = await mfaScene(
    pool,
    { email: "alice@example.com", email_verified: "true" },
    Promise.resolve(base),
  );
  const client = await here.addClient({
    ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH"],
  });
  const from = (origin: Partial<RequestContext>) =>
    caller({ ...base, request: { ...base.request, ...origin } });
  const begin = (origin: Partial<RequestContext>, more: Record<string, string> = {}) =>
    from(origin).outcome("InitiateAuth", {
      ClientId: client.id,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "alice", PASSWORD, ...more },
    });
  const answer = (origin: Partial<RequestContext>, challenge: unknown, responses: Record<string, string>) => {
    const { ChallengeName = "CUSTOM_CHALLENGE", Session } = challenge as RespondToAuthChallengeResponse;
    return from(origin).outcome("RespondToAuthChallenge", {
      ClientId: client.id,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME: "alice", ...responses },
    });
  };
  return {
    ...here,
    client,
    begin,
    answer,
    beginCustom: (origin: Partial<RequestContext>) =>
      from(origin).outcome("InitiateAuth", {
        ClientId: client.id,
        AuthFlow: "CUSTOM_AUTH",
        AuthParameters: { USERNAME: "alice" },
      }),
    configure: (configuration: Omit<SetRiskConfigurationRequest, "UserPoolId">) =>
      here.call("SetRiskConfiguration", { UserPoolId: here.pool.id, ...configuration }),
    act: (EventAction: AccountTakeoverEventActionType, ClientId?: string) => {
      const action = { Notify: false, EventAction };
      return here.call("SetRiskConfiguration", {
        UserPoolId: here.pool.id,
        ClientId,
        AccountTakeoverRiskConfiguration: { Actions: { MediumAction: action, HighAction: action } },
      });
    },
    later: () => base.clock.advance(3_600_000),
    events: async () =>
      (await here.call("AdminListUserAuthEvents", { UserPoolId: here.pool.id, Username: "alice" }))
        .AuthEvents ?? [],
  };
}

/** A scene whose user has signed in from home before, and has an app for codes. */
export async function sceneWithApp(
  context: TestContext,
  mode: "AUDIT" | "ENFORCED",
  more: UserPoolSettings = {},
) {
  const here = await protectionScene(context, { ...addOns(mode), ...OPTIONAL, ...APP, ...more });
  const home = (await here.begin(HOME)) as RespondToAuthChallengeResponse;
  const AccessToken = home.AuthenticationResult?.AccessToken ?? "";
  const secret = await here.registerApp(AccessToken);
  return { ...here, AccessToken, secret, code: () => appCode(secret, context.clock.now()) };
}
export type AppScene = Awaited<ReturnType<typeof sceneWithApp>>;
export const enableApp = (here: AppScene) =>
  here.call("SetUserMFAPreference", {
    AccessToken: here.AccessToken,
    SoftwareTokenMfaSettings: { Enabled: true },
  });
