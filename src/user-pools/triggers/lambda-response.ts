/**
 * The meaning of a function's answer, and the exceptions that refuse it.
 *
 * @see Developer Guide, "Customizing user pool workflows with Lambda triggers", section on errors; the texts are as clients
 *   quoted them
 */
import * as z from "zod";
import {
  InvalidLambdaResponseException,
  UnexpectedLambdaException,
  UserLambdaValidationException,
} from "../../api-model/index.ts";
import { isJsonObject } from "../../json.ts";
import type { InvocationOutcome } from "../../lambda/index.ts";
import { unrecognizableOutput } from "./unrecognizable-output.ts";

const flag = z.boolean().nullish();
const text = z.string().nullish();
const texts = z.record(z.string(), z.string()).nullish();

/** The types of the members of `response`. Other members are ignored. */
const anyResponse = z.looseObject({});
const RESPONSES: Readonly<Record<string, z.ZodType<Readonly<Record<string, unknown>>>>> = {
  PreSignUp: z.looseObject({ autoConfirmUser: flag, autoVerifyEmail: flag, autoVerifyPhone: flag }),
  DefineAuthChallenge: z.looseObject({ challengeName: text, issueTokens: flag, failAuthentication: flag }),
  CreateAuthChallenge: z.looseObject({
    publicChallengeParameters: texts,
    privateChallengeParameters: texts,
    challengeMetadata: text,
  }),
  VerifyAuthChallengeResponse: z.looseObject({ answerCorrect: flag }),
  CustomMessage: z.looseObject({ smsMessage: text, emailMessage: text, emailSubject: text }),
  UserMigration: z.looseObject({
    userAttributes: texts,
    finalUserStatus: text,
    messageAction: text,
    desiredDeliveryMediums: z.array(z.string()).nullish(),
    forceAliasCreation: flag,
    enableSMSMFA: flag,
  }),
};

/**
 * The `response` of a function's answer.
 *
 * @param username as in the event, which the function must not change
 * @throws UserLambdaValidationException the function failed
 * @throws UnexpectedLambdaException it could not be invoked, or did not answer in time
 * @throws InvalidLambdaResponseException its answer has not the form of one
 */
export function responseOf(
  trigger: string,
  username: string,
  outcome: InvocationOutcome,
): Readonly<Record<string, unknown>> {
  switch (outcome.kind) {
    case "failed":
      throw new UserLambdaValidationException(`${trigger} failed with error ${outcome.errorMessage}.`);
    case "timed out":
      throw new UnexpectedLambdaException(
        `${trigger} failed with error Socket timeout while invoking Lambda function.`,
      );
    case "not invoked":
      throw new UnexpectedLambdaException(`${trigger} invocation failed due to error ${outcome.reason}.`);
    case "answered":
      return readAnswer(trigger, username, outcome.payload);
  }
}

function readAnswer(trigger: string, username: string, payload: string): Readonly<Record<string, unknown>> {
  const answer = parse(payload);
  if (!isJsonObject(answer) || !isJsonObject(answer.response)) throw unrecognizableOutput();
  if (answer.userName !== undefined && answer.userName !== username) {
    throw new InvalidLambdaResponseException(
      "Invalid user name. User name in Lambda mismatches the actual username.",
    );
  }
  // The parsed response, not the sent one: members named `__proto__` are ignored and left out.
  const read = (RESPONSES[trigger] ?? anyResponse).safeParse(answer.response);
  if (!read.success) throw unrecognizableOutput();
  return read.data;
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch (error) {
    throw new InvalidLambdaResponseException("Invalid lambda function output : Invalid JSON", {
      cause: error,
    });
  }
}
