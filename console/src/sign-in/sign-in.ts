/** A user signing in from this page, call by call. */
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  type AuthenticationResultType,
  type ChallengeNameType,
  type CodeDeliveryDetailsType,
  InitiateAuthCommand,
  PasswordResetRequiredException,
  RespondToAuthChallengeCommand,
  UserNotConfirmedException,
} from "@aws-sdk/client-cognito-identity-provider";
import { exchange, hashParameters, type Listener, type SignInTarget } from "./exchange.ts";
import { beginSrp, claimSignature, type SrpStart, srpTimestamp } from "./srp.ts";

export interface Challenge {
  readonly name: ChallengeNameType;
  readonly parameters: Readonly<Record<string, string>>;
  readonly session: string | undefined;
}

/** Where a sign-in stands. */
export type Step =
  | { readonly kind: "challenge"; readonly challenge: Challenge }
  /** The user has to confirm the sign-up by a code. `password` is what they sign in with after that. */
  | {
      readonly kind: "confirm";
      readonly password: string;
      readonly delivery?: CodeDeliveryDetailsType | undefined;
    }
  /** A code is on its way, by which the user sets another password. */
  | { readonly kind: "code"; readonly delivery?: CodeDeliveryDetailsType | undefined }
  | { readonly kind: "tokens"; readonly tokens: AuthenticationResultType };

interface Answer {
  readonly AuthenticationResult?: AuthenticationResultType | undefined;
  readonly ChallengeName?: ChallengeNameType | undefined;
  readonly ChallengeParameters?: Record<string, string> | undefined;
  readonly Session?: string | undefined;
}

function stepOf({ AuthenticationResult, ChallengeName, ChallengeParameters, Session }: Answer): Step {
  if (AuthenticationResult !== undefined) return { kind: "tokens", tokens: AuthenticationResult };
  if (ChallengeName === undefined) throw new Error("The answer has neither tokens nor a challenge.");
  return {
    kind: "challenge",
    challenge: { name: ChallengeName, parameters: ChallengeParameters ?? {}, session: Session },
  };
}

/** The first call and what follows from it without asking the person anything. */
export async function beginSignIn(target: SignInTarget, password: string, tell: Listener): Promise<Step> {
  try {
    return await provePassword(target, password, tell);
  } catch (error) {
    // An administrator has reset it, and the code was sent then.
    if (error instanceof PasswordResetRequiredException) return { kind: "code" };
    if (error instanceof UserNotConfirmedException) return { kind: "confirm", password };
    throw error;
  }
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
