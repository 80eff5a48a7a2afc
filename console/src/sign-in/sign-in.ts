/** A user signing in from this page, call by call. */
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  type AuthenticationResultType,
  type AuthFlowType,
  type ChallengeNameType,
  type CodeDeliveryDetailsType,
  InitiateAuthCommand,
  PasswordResetRequiredException,
  RespondToAuthChallengeCommand,
  UserNotConfirmedException,
} from "@aws-sdk/client-cognito-identity-provider";
import { beginDeviceSrp, proveDevice } from "./device.ts";
import { exchange, hashParameters, type Listener, type SignInTarget } from "./exchange.ts";
import { beginSrp, passwordClaim, poolNameOf, type SrpStart } from "./srp.ts";

export interface Challenge {
  readonly name: ChallengeNameType;
  readonly parameters: Readonly<Record<string, string>>;
  /** The challenges that SELECT_CHALLENGE lets the user choose from. */
  readonly available: readonly ChallengeNameType[];
  readonly session: string | undefined;
}

/** The state of a sign-in. */
export type Step =
  | { readonly kind: "challenge"; readonly challenge: Challenge }
  /** The user has to confirm the sign-up by a code. The sign-in after it uses `password`. */
  | {
      readonly kind: "confirm";
      readonly password: string;
      readonly delivery?: CodeDeliveryDetailsType | undefined;
    }
  /** A code was sent, by which the user sets another password. */
  | { readonly kind: "code"; readonly delivery?: CodeDeliveryDetailsType | undefined }
  | { readonly kind: "tokens"; readonly tokens: AuthenticationResultType };

interface Answer {
  readonly AuthenticationResult?: AuthenticationResultType | undefined;
  readonly ChallengeName?: ChallengeNameType | undefined;
  readonly ChallengeParameters?: Record<string, string> | undefined;
  readonly AvailableChallenges?: ChallengeNameType[] | undefined;
  readonly Session?: string | undefined;
}

function stepOf(answer: Answer): Step {
  if (answer.AuthenticationResult !== undefined)
    return { kind: "tokens", tokens: answer.AuthenticationResult };
  if (answer.ChallengeName === undefined) throw new Error("The answer has neither tokens nor a challenge.");
  return {
    kind: "challenge",
    challenge: {
      name: answer.ChallengeName,
      parameters: answer.ChallengeParameters ?? {},
      available: answer.AvailableChallenges ?? [],
      session: answer.Session,
    },
  };
}

/** The typed password, and the numbers of SRP that go with it. */
interface Proofs {
  readonly password: string;
  /** Undefined when the password was not offered by SRP. */
  readonly srp?: SrpStart;
}

/** Makes the first call and answers the challenges that need no input. */
export async function beginSignIn(target: SignInTarget, password: string, tell: Listener): Promise<Step> {
  try {
    const { parameters, proofs } = openingOf(target, password);
    return await goOn(target, await initiate(target, parameters, tell), proofs, tell);
  } catch (error) {
    // An administrator has reset the password, and the code was sent then.
    if (error instanceof PasswordResetRequiredException) return { kind: "code" };
    if (error instanceof UserNotConfirmedException) return { kind: "confirm", password };
    throw error;
  }
}

interface Opening {
  readonly parameters: Readonly<Record<string, string>>;
  readonly proofs: Proofs;
}

/** The parameters by which each flow begins. */
function openingOf({ flow, preferred }: SignInTarget, password: string): Opening {
  const opening = (parameters: Opening["parameters"]): Opening => ({ parameters, proofs: { password } });
  const openingBySrp = (parameters: Opening["parameters"]): Opening => {
    const srp = beginSrp();
    return { parameters: { ...parameters, SRP_A: srp.publicA }, proofs: { password, srp } };
  };
  switch (flow) {
    case "USER_SRP_AUTH":
      return openingBySrp({});
    case "CUSTOM_AUTH":
      // Without a password, the pool's functions alone decide.
      return password === "" ? opening({}) : openingBySrp({ CHALLENGE_NAME: "SRP_A" });
    case "USER_AUTH": {
      if (preferred === undefined) return opening({});
      const preference = { PREFERRED_CHALLENGE: preferred };
      if (preferred === "PASSWORD_SRP") return openingBySrp(preference);
      return opening(preferred === "PASSWORD" ? { ...preference, PASSWORD: password } : preference);
    }
    default:
      return opening({ PASSWORD: password });
  }
}

/** Answers a challenge with the person's input, then the challenges that need none. */
export async function answerChallenge(
  target: SignInTarget,
  challenge: Challenge,
  responses: Readonly<Record<string, string>>,
  tell: Listener,
): Promise<Step> {
  return goOn(target, await respond(target, challenge, responses, tell), { password: "" }, tell);
}

/** Answers a challenge by the password over SRP: one that is called so, or the choice of it. */
export async function answerBySrp(
  target: SignInTarget,
  challenge: Challenge,
  responses: Readonly<Record<string, string>>,
  password: string,
  tell: Listener,
): Promise<Step> {
  const srp = beginSrp();
  const answered = await respond(target, challenge, { ...responses, SRP_A: srp.publicA }, tell);
  return goOn(target, answered, { password, srp }, tell);
}

/** Answers the challenges that the page can answer by itself: by SRP, and for a device that is remembered. */
async function goOn(target: SignInTarget, step: Step, proofs: Proofs, tell: Listener): Promise<Step> {
  if (step.kind !== "challenge") return step;
  const { challenge } = step;
  const { device } = target;
  if (challenge.name === "PASSWORD_VERIFIER" && proofs.srp !== undefined) {
    const responses = await passwordClaim(
      proofs.srp,
      {
        poolName: poolNameOf(target.poolId),
        username: challenge.parameters.USER_ID_FOR_SRP ?? "",
        password: proofs.password,
      },
      challenge.parameters,
    );
    return goOn(target, await respond(target, challenge, responses, tell), { password: "" }, tell);
  }
  if (challenge.name === "DEVICE_SRP_AUTH" && device !== undefined) {
    const { start, responses } = beginDeviceSrp(device);
    const asked = await respond(target, challenge, responses, tell);
    if (asked.kind !== "challenge" || asked.challenge.name !== "DEVICE_PASSWORD_VERIFIER") return asked;
    return respond(
      target,
      asked.challenge,
      await proveDevice(device, start, asked.challenge.parameters),
      tell,
    );
  }
  return step;
}

const isAdmin = ({ flow }: SignInTarget) => flow === "ADMIN_USER_PASSWORD_AUTH";
const deviceParameter = ({ device }: SignInTarget): Record<string, string> =>
  device === undefined ? {} : { DEVICE_KEY: device.key };

async function initiate(
  target: SignInTarget,
  parameters: Readonly<Record<string, string>>,
  tell: Listener,
): Promise<Step> {
  const { poolId, clientId, username } = target;
  const request = {
    ClientId: clientId,
    AuthFlow: target.flow satisfies AuthFlowType,
    AuthParameters: {
      USERNAME: username,
      ...parameters,
      ...deviceParameter(target),
      ...(await hashParameters(target, username)),
    },
    ...(target.session === undefined ? {} : { Session: target.session }),
  };
  if (!isAdmin(target)) {
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

/** Answers a challenge by the operation that goes with the flow. */
async function respond(
  target: SignInTarget,
  { name, parameters, session }: Challenge,
  responses: Readonly<Record<string, string>>,
  tell: Listener,
): Promise<Step> {
  const { poolId } = target;
  const username = parameters.USER_ID_FOR_SRP ?? parameters.USERNAME ?? target.username;
  const request = {
    ClientId: target.clientId,
    ChallengeName: name,
    ChallengeResponses: {
      USERNAME: username,
      ...responses,
      ...deviceParameter(target),
      ...(await hashParameters(target, username)),
    },
    Session: session,
  };
  if (!isAdmin(target)) {
    return stepOf(
      await exchange(
        poolId,
        "RespondToAuthChallenge",
        request,
        (client) => client.send(new RespondToAuthChallengeCommand(request)),
        tell,
      ),
    );
  }
  const adminRequest = { UserPoolId: poolId, ...request };
  return stepOf(
    await exchange(
      poolId,
      "AdminRespondToAuthChallenge",
      adminRequest,
      (client) => client.send(new AdminRespondToAuthChallengeCommand(adminRequest)),
      tell,
    ),
  );
}
