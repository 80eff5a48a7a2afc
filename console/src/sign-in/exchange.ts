/** A user signing in from this page, call by call, each kept so that it can be read. */
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  type AuthenticationResultType,
  type ChallengeNameType,
  type CodeDeliveryDetailsType,
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  PasswordResetRequiredException,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { asApplication } from "../api/aws.ts";
import { beginSrp, claimSignature, type SrpStart, secretHash, srpTimestamp } from "./srp.ts";

export const flows = ["ADMIN_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH", "USER_SRP_AUTH"] as const;
export type Flow = (typeof flows)[number];

export interface SignInTarget {
  readonly poolId: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly flow: Flow;
  readonly username: string;
}

/** One call and its answer. */
export interface Exchange {
  readonly operation: string;
  readonly request: object;
  readonly response?: object;
  readonly error?: Error;
  readonly milliseconds: number;
}

export interface Challenge {
  readonly name: ChallengeNameType;
  readonly parameters: Readonly<Record<string, string>>;
  readonly session: string | undefined;
}

/** Where a sign-in stands. */
export type Step =
  | { readonly kind: "challenge"; readonly challenge: Challenge }
  /** A code is on its way, by which the user sets another password. */
  | { readonly kind: "code"; readonly delivery?: CodeDeliveryDetailsType | undefined }
  | { readonly kind: "tokens"; readonly tokens: AuthenticationResultType };

/** Told of each call as it ends. */
export type Listener = (exchange: Exchange) => void;

interface Answer {
  readonly AuthenticationResult?: AuthenticationResultType | undefined;
  readonly ChallengeName?: ChallengeNameType | undefined;
  readonly ChallengeParameters?: Record<string, string> | undefined;
  readonly Session?: string | undefined;
}

async function exchange<Output extends object>(
  poolId: string,
  operation: string,
  request: object,
  send: (client: CognitoIdentityProviderClient) => Promise<Output>,
  tell: Listener,
): Promise<Output> {
  const start = performance.now();
  const since = () => Math.round(performance.now() - start);
  try {
    const answer = await asApplication(poolId, send);
    const { $metadata: _metadata, ...response } = answer as Output & { $metadata?: unknown };
    tell({ operation, request, response, milliseconds: since() });
    return answer;
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    tell({ operation, request, error: failure, milliseconds: since() });
    throw failure;
  }
}

function stepOf({ AuthenticationResult, ChallengeName, ChallengeParameters, Session }: Answer): Step {
  if (AuthenticationResult !== undefined) return { kind: "tokens", tokens: AuthenticationResult };
  if (ChallengeName === undefined) throw new Error("The answer has neither tokens nor a challenge.");
  return {
    kind: "challenge",
    challenge: { name: ChallengeName, parameters: ChallengeParameters ?? {}, session: Session },
  };
}

async function hashParameters(target: SignInTarget, username: string): Promise<Record<string, string>> {
  if (target.clientSecret === undefined) return {};
  return { SECRET_HASH: await secretHash(username, target.clientId, target.clientSecret) };
}

/** The first call and what follows from it without asking the person anything. */
export async function beginSignIn(target: SignInTarget, password: string, tell: Listener): Promise<Step> {
  try {
    return await provePassword(target, password, tell);
  } catch (error) {
    // An administrator has reset it, and the code was sent then.
    if (error instanceof PasswordResetRequiredException) return { kind: "code" };
    throw error;
  }
}

/** Has a code sent to a user who forgot their password. */
export async function forgetPassword(target: SignInTarget, tell: Listener): Promise<Step> {
  const { poolId, clientId, username } = target;
  const request = { ClientId: clientId, Username: username, ...(await hashMember(target, username)) };
  const { CodeDeliveryDetails } = await exchange(
    poolId,
    "ForgotPassword",
    request,
    (client) => client.send(new ForgotPasswordCommand(request)),
    tell,
  );
  return { kind: "code", delivery: CodeDeliveryDetails };
}

/** Sets another password by the code, and signs in with it. */
export async function confirmPassword(
  target: SignInTarget,
  code: string,
  password: string,
  tell: Listener,
): Promise<Step> {
  const { poolId, clientId, username } = target;
  const request = {
    ClientId: clientId,
    Username: username,
    ConfirmationCode: code,
    Password: password,
    ...(await hashMember(target, username)),
  };
  await exchange(
    poolId,
    "ConfirmForgotPassword",
    request,
    (client) => client.send(new ConfirmForgotPasswordCommand(request)),
    tell,
  );
  return beginSignIn(target, password, tell);
}

async function hashMember(target: SignInTarget, username: string): Promise<{ SecretHash?: string }> {
  const { SECRET_HASH } = await hashParameters(target, username);
  return SECRET_HASH === undefined ? {} : { SecretHash: SECRET_HASH };
}

async function provePassword(target: SignInTarget, password: string, tell: Listener): Promise<Step> {
  const { poolId, clientId, flow, username } = target;
  const hash = await hashParameters(target, username);
  if (flow === "USER_SRP_AUTH") {
    const start = beginSrp();
    const request = {
      ClientId: clientId,
      AuthFlow: flow,
      AuthParameters: { USERNAME: username, SRP_A: start.publicA, ...hash },
    };
    const answer = await exchange(
      poolId,
      "InitiateAuth",
      request,
      (client) => client.send(new InitiateAuthCommand(request)),
      tell,
    );
    const step = stepOf(answer);
    if (step.kind === "challenge" && step.challenge.name === "PASSWORD_VERIFIER")
      return proveSrpPassword(target, password, start, step.challenge, tell);
    return step;
  }
  const request = {
    ClientId: clientId,
    AuthFlow: flow,
    AuthParameters: { USERNAME: username, PASSWORD: password, ...hash },
  };
  if (flow === "USER_PASSWORD_AUTH") {
    return stepOf(
      await exchange(
        poolId,
        "InitiateAuth",
        request,
        (client) => client.send(new InitiateAuthCommand(request)),
        tell,
      ),
    );
  }
  const adminRequest = { UserPoolId: poolId, ...request };
  return stepOf(
    await exchange(
      poolId,
      "AdminInitiateAuth",
      adminRequest,
      (client) => client.send(new AdminInitiateAuthCommand(adminRequest)),
      tell,
    ),
  );
}

async function proveSrpPassword(
  target: SignInTarget,
  password: string,
  start: SrpStart,
  challenge: Challenge,
  tell: Listener,
): Promise<Step> {
  const { USER_ID_FOR_SRP = "", SALT = "", SRP_B = "", SECRET_BLOCK = "" } = challenge.parameters;
  const timestamp = srpTimestamp(new Date());
  const signature = await claimSignature(start, {
    poolId: target.poolId,
    username: USER_ID_FOR_SRP,
    password,
    salt: SALT,
    publicB: SRP_B,
    secretBlock: SECRET_BLOCK,
    timestamp,
  });
  return answerChallenge(
    target,
    challenge,
    {
      PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
      PASSWORD_CLAIM_SIGNATURE: signature,
      TIMESTAMP: timestamp,
    },
    tell,
  );
}

/** Answers a challenge with what a person gave, by the operation that goes with the flow. */
export async function answerChallenge(
  target: SignInTarget,
  { name, parameters, session }: Challenge,
  responses: Readonly<Record<string, string>>,
  tell: Listener,
): Promise<Step> {
  const username = parameters.USER_ID_FOR_SRP ?? parameters.USERNAME ?? target.username;
  const request = {
    ClientId: target.clientId,
    ChallengeName: name,
    ChallengeResponses: { USERNAME: username, ...responses, ...(await hashParameters(target, username)) },
    Session: session,
  };
  if (target.flow !== "ADMIN_USER_PASSWORD_AUTH") {
    return stepOf(
      await exchange(
        target.poolId,
        "RespondToAuthChallenge",
        request,
        (client) => client.send(new RespondToAuthChallengeCommand(request)),
        tell,
      ),
    );
  }
  const adminRequest = { UserPoolId: target.poolId, ...request };
  return stepOf(
    await exchange(
      target.poolId,
      "AdminRespondToAuthChallenge",
      adminRequest,
      (client) => client.send(new AdminRespondToAuthChallengeCommand(adminRequest)),
      tell,
    ),
  );
}

/** What can be done with tokens once they are there. Each returns newer tokens, or nothing. */
export const tokenActions = {
  async getUser(target: SignInTarget, tokens: AuthenticationResultType, tell: Listener) {
    const request = { AccessToken: tokens.AccessToken };
    await exchange(
      target.poolId,
      "GetUser",
      request,
      (client) => client.send(new GetUserCommand(request)),
      tell,
    );
  },

  async refresh(target: SignInTarget, tokens: AuthenticationResultType, tell: Listener) {
    const request = {
      ClientId: target.clientId,
      RefreshToken: tokens.RefreshToken,
      ...(target.clientSecret === undefined ? {} : { ClientSecret: target.clientSecret }),
    };
    const { AuthenticationResult } = await exchange(
      target.poolId,
      "GetTokensFromRefreshToken",
      request,
      (client) => client.send(new GetTokensFromRefreshTokenCommand(request)),
      tell,
    );
    return { ...tokens, ...AuthenticationResult };
  },

  async revoke(target: SignInTarget, tokens: AuthenticationResultType, tell: Listener) {
    const request = {
      ClientId: target.clientId,
      Token: tokens.RefreshToken,
      ...(target.clientSecret === undefined ? {} : { ClientSecret: target.clientSecret }),
    };
    await exchange(
      target.poolId,
      "RevokeToken",
      request,
      (client) => client.send(new RevokeTokenCommand(request)),
      tell,
    );
  },

  async globalSignOut(target: SignInTarget, tokens: AuthenticationResultType, tell: Listener) {
    const request = { AccessToken: tokens.AccessToken };
    await exchange(
      target.poolId,
      "GlobalSignOut",
      request,
      (client) => client.send(new GlobalSignOutCommand(request)),
      tell,
    );
  },
};

export type TokenAction = keyof typeof tokenActions;
