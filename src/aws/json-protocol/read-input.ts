import {
  InvalidParameterException,
  type OperationName,
  type Operations,
  operationModel,
  shapeModel,
} from "../../api-model/index.ts";
import type { JsonObject } from "../../json.ts";
import { createValidators, type Validator } from "../validation/index.ts";
import { type Reader, readerOf } from "./deserialize.ts";

/**
 * Sensitive in the model, and yet shown by the service: seen with quotes and value in answers of 2023 to 2025
 * (boto/boto3#3581, hashicorp/terraform-provider-aws#38167).
 */
const SHOWN_ALL_THE_SAME = new Set(["ClientIdType"]);

const validatorOf = createValidators({
  shapeOf: shapeModel,
  shownAllTheSame: SHOWN_ALL_THE_SAME,
  // Recorded in September 2026: badmintoncryer/cdk-preflight, invite-message-username-placeholder.
  printedNames: { InviteMessageTemplate: "inviteMessage", SMSMessage: "smsMessage" },
  // `Value '0' at 'maxResults'` of ListUserPools without MaxResults: aws/aws-sdk-js-v3#2335.
  zeroWhenAbsent: new Set(["PoolQueryLimitType"]),
});

interface InputPlan {
  readonly read: Reader;
  readonly validate: Validator;
}

/** Compiled at an operation's first call: most servers never see most operations. */
const plans = new Map<OperationName, InputPlan>();

/**
 * An operation's input from the body of its request: known members only, in the model's types and within its constraints.
 *
 * @throws ProtocolException SerializationException a value is of another JSON type than its member
 * @throws InvalidParameterException constraints are violated; the message names them all
 */
export function readInput<Name extends OperationName>(
  operation: Name,
  body: JsonObject,
): Operations[Name]["input"] {
  const { read, validate } = planOf(operation);
  const input = read(body);
  const violations = validate(input);
  if (violations !== undefined) throw new InvalidParameterException(violations);
  // The types are generated from the model that has just been checked.
  return input as Operations[Name]["input"];
}

function planOf(operation: OperationName): InputPlan {
  let plan = plans.get(operation);
  if (!plan) {
    const { input } = operationModel(operation);
    plan = { read: readerOf(input), validate: validatorOf(input) };
    plans.set(operation, plan);
  }
  return plan;
}
