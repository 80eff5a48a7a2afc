import { createHmac } from "node:crypto";
import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AssociateSoftwareTokenCommand,
  type AuthenticationResultType,
  type ChallengeNameType,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Prompt } from "./prompt.ts";

export interface SignInRequest {
  readonly client: CognitoIdentityProviderClient;
  readonly prompt: Prompt;
  /** Shows information other than a question, for example the key to type into an authenticator app. */
  readonly tell: (text: string) => void;
  readonly userPoolId: string | undefined;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly username: string;
  readonly password: string;
  readonly flow: "ADMIN_USER_PASSWORD_AUTH" | "USER_PASSWORD_AUTH";
}

/** A challenge of the service. */
interface Challenge {
  readonly name: ChallengeNameType | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly session: string | undefined;
}

type Step = { readonly tokens: AuthenticationResultType } | { readonly challenge: Challenge };

/** A challenge that cannot be answered at a prompt. */
export class UnansweredChallenge extends Error {}

/** Signs a user in, and asks the person for the answer to each challenge. */
export async function signIn(request: SignInRequest): Promise<AuthenticationResultType> {
  let step = await startSignIn(request);
  while ("challenge" in step) step = await answerUntilAccepted(request, step.challenge);
  return step.tokens;
}

/** Errors after which the challenge's Session is still good for another answer. */
const RETRIABLE = new Set(["InvalidPasswordException", "CodeMismatchException"]);

/** Answers a challenge, and asks the person again if the service refuses what they typed. */
async function answerUntilAccepted(request: SignInRequest, challenge: Challenge): Promise<Step> {
  for (;;) {
    try {
      return await answer(request, challenge);
    } catch (error) {
      const isRetriable = error instanceof Error && RETRIABLE.has(error.name);
      if (!isRetriable || !request.prompt.isInteractive) throw error;
      request.tell(error.message);
    }
  }
}

async function startSignIn(request: SignInRequest): Promise<Step> {
  const { client, clientId, userPoolId, username, password, flow } = request;
  const parameters = {
    ClientId: clientId,
    AuthParameters: { USERNAME: username, PASSWORD: password, ...secretHash(request, username) },
  };
  if (flow === "USER_PASSWORD_AUTH")
    return stepOf(await client.send(new InitiateAuthCommand({ AuthFlow: flow, ...parameters })));
  return stepOf(
    await client.send(
      new AdminInitiateAuthCommand({ AuthFlow: flow, UserPoolId: userPoolId, ...parameters }),
    ),
  );
}

async function answer(request: SignInRequest, challenge: Challenge): Promise<Step> {
  const { client, clientId, userPoolId } = request;
  const given = await responsesTo(request, challenge);
  const username = challenge.parameters.USER_ID_FOR_SRP ?? request.username;
  const response = {
    ClientId: clientId,
    ChallengeName: challenge.name,
    ChallengeResponses: { USERNAME: username, ...secretHash(request, username), ...given.responses },
    Session: given.session ?? challenge.session,
  };
  if (request.flow === "USER_PASSWORD_AUTH")
    return stepOf(await client.send(new RespondToAuthChallengeCommand(response)));
  return stepOf(
    await client.send(new AdminRespondToAuthChallengeCommand({ UserPoolId: userPoolId, ...response })),
  );
}

interface Answer {
  readonly responses: Readonly<Record<string, string>>;
  /** The Session of an intermediate step. It replaces the challenge's Session. */
  readonly session?: string | undefined;
}

async function responsesTo(request: SignInRequest, challenge: Challenge): Promise<Answer> {
  const { prompt } = request;
  switch (challenge.name) {
    case "NEW_PASSWORD_REQUIRED":
      return { responses: await newPassword(request, challenge) };
    case "SMS_MFA":
      return { responses: { SMS_MFA_CODE: await prompt.ask(`Code sent to ${destination(challenge)}:`) } };
    case "EMAIL_OTP":
      return { responses: { EMAIL_OTP_CODE: await prompt.ask(`Code sent to ${destination(challenge)}:`) } };
    case "SOFTWARE_TOKEN_MFA": {
      const device = challenge.parameters.FRIENDLY_DEVICE_NAME;
      return {
        responses: {
          SOFTWARE_TOKEN_MFA_CODE: await prompt.ask(
            `Code of the authenticator app${device ? ` ${device}` : ""}:`,
          ),
        },
      };
    }
    case "SELECT_MFA_TYPE":
      return {
        responses: {
          ANSWER: await choose(prompt, "Second factor", jsonList(challenge.parameters.MFAS_CAN_CHOOSE)),
        },
      };
    case "MFA_SETUP":
      return setUpMfa(request, challenge);
    default:
      throw new UnansweredChallenge(`The challenge ${challenge.name} cannot be answered at a prompt.`);
  }
}

async function newPassword(
  { prompt, tell }: SignInRequest,
  challenge: Challenge,
): Promise<Record<string, string>> {
  const responses: Record<string, string> = { NEW_PASSWORD: await askNewPassword(prompt, tell) };
  for (const attribute of jsonList(challenge.parameters.requiredAttributes)) {
    responses[attribute] = await prompt.ask(`${attribute.replace(/^userAttributes\./, "")}:`);
  }
  return responses;
}

async function askNewPassword(prompt: Prompt, tell: SignInRequest["tell"]): Promise<string> {
  tell("The password is temporary: choose a new one.");
  for (;;) {
    const password = await prompt.askSecret("New password:");
    if ((await prompt.askSecret("New password again:")) === password) return password;
    if (!prompt.isInteractive) throw new UnansweredChallenge("The new passwords differ.");
    tell("The new passwords differ.");
  }
}

async function setUpMfa(
  { client, prompt, tell, username }: SignInRequest,
  challenge: Challenge,
): Promise<Answer> {
  const factor = await choose(
    prompt,
    "Second factor to set up",
    jsonList(challenge.parameters.MFAS_CAN_SETUP),
  );
  if (factor === "EMAIL_OTP") return { responses: { EMAIL: await prompt.ask("E-mail address:") } };
  if (factor !== "SOFTWARE_TOKEN_MFA")
    throw new UnansweredChallenge(`${factor} cannot be set up at a prompt.`);
  const associated = await client.send(new AssociateSoftwareTokenCommand({ Session: challenge.session }));
  const secret = associated.SecretCode ?? "";
  tell(
    `Add this key to an authenticator app: ${secret}\n  otpauth://totp/${encodeURIComponent(username)}?secret=${secret}`,
  );
  const verified = await client.send(
    new VerifySoftwareTokenCommand({
      Session: associated.Session,
      UserCode: await prompt.ask("Code that it shows:"),
    }),
  );
  return { responses: {}, session: verified.Session };
}

async function choose(prompt: Prompt, what: string, options: readonly string[]): Promise<string> {
  const [first] = options;
  if (first !== undefined && options.length === 1) return first;
  const list = options.map((option, index) => `${index + 1}) ${option}`).join("  ");
  const chosen = (await prompt.ask(`${what}: ${list}:`)).trim();
  const option = options[Number(chosen) - 1] ?? options.find((candidate) => candidate === chosen);
  if (option === undefined) throw new UnansweredChallenge(`${chosen} is none of ${options.join(", ")}.`);
  return option;
}

function destination({ parameters }: Challenge): string {
  return parameters.CODE_DELIVERY_DESTINATION ?? "you";
}

function jsonList(text: string | undefined): string[] {
  return text === undefined ? [] : (JSON.parse(text) as string[]);
}

/** @see Developer Guide, "Computing secret hash values" */
function secretHash({ clientId, clientSecret }: SignInRequest, username: string): { SECRET_HASH?: string } {
  if (clientSecret === undefined) return {};
  return {
    SECRET_HASH: createHmac("sha256", clientSecret)
      .update(username + clientId)
      .digest("base64"),
  };
}

function stepOf(output: {
  AuthenticationResult?: AuthenticationResultType | undefined;
  ChallengeName?: ChallengeNameType | undefined;
  ChallengeParameters?: Record<string, string> | undefined;
  Session?: string | undefined;
}): Step {
  if (output.AuthenticationResult !== undefined) return { tokens: output.AuthenticationResult };
  return {
    challenge: {
      name: output.ChallengeName,
      parameters: output.ChallengeParameters ?? {},
      session: output.Session,
    },
  };
}
