import { isUnsigned, type OperationName, type Operations } from "../../api-model/index.ts";
import type { Clock } from "../../clock.ts";
import type { Call, Signer } from "../../events.ts";
import { bodyLimitOf, headerOf, type ReceivedRequest } from "../../http/index.ts";
import type { JsonObject } from "../../json.ts";
import type { Log } from "../../log.ts";
import { CORS_HEADERS } from "../cors.ts";
import { userAgentOf } from "../user-agent.ts";
import { readBody } from "./body.ts";
import { answerPreflight } from "./cors.ts";
import {
  asJsonError,
  type JsonError,
  NOT_UNDERSTOOD,
  writeError,
  writeNotUnderstood,
} from "./error-response.ts";
import { internalErrorOf } from "./modelled-errors.ts";
import type { readInput } from "./read-input.ts";
import { JSON_CONTENT_TYPE, type JsonResponse } from "./response.ts";
import { readTarget } from "./target.ts";
import { writeOutput } from "./write-output.ts";

export type { JsonResponse } from "./response.ts";

/** The facts of a call that an operation can use. */
export interface JsonCall {
  readonly operation: OperationName;
  readonly requestId: string;
  /** Undefined for operations without a signature. */
  readonly caller: Signer | undefined;
  readonly sourceIp: string | undefined;
  readonly userAgent: string | undefined;
}

/** The operations by wire name. */
export type JsonOperations<Context> = {
  readonly [Name in OperationName]: (
    input: Operations[Name]["input"],
    context: Context,
  ) => Promise<Operations[Name]["output"]>;
};

/** The dependencies of the protocol. */
export interface JsonDependencies<Context> {
  readonly operations: JsonOperations<Context>;
  /** The context of an operation, made once for each call from the validated input. */
  readonly contextOf: (call: JsonCall, input: object) => Context;
  /**
   * Returns the caller, or throws the reason for a refusal. Its input is the unvalidated body: members can have any type.
   * Not called for operations without a signature.
   */
  readonly authorize: (
    request: ReceivedRequest,
    call: { readonly operation: OperationName; readonly input: JsonObject },
  ) => Promise<Signer>;
  /** Reads and validates an operation's input. */
  readonly readInput: typeof readInput;
  readonly clock: Clock;
  readonly newRequestId: () => string;
  readonly log: Log;
  /** Called for each call after it was answered, rejected or failed. */
  readonly onCall: (call: Call) => void;
}

/** How far a request has come, for subscribers to calls. */
interface Progress {
  operation?: OperationName;
  input?: JsonObject;
  caller?: Signer;
}

/**
 * Answers a request of the AWS JSON 1.1 protocol. It never throws: what fails unexpectedly is logged under the request's id
 * and answered as an internal error.
 */
export async function handleJsonRequest<Context>(
  request: ReceivedRequest,
  dependencies: JsonDependencies<Context>,
): Promise<JsonResponse> {
  const requestId = dependencies.newRequestId();
  if (request.method === "OPTIONS") return answerPreflight(request, requestId);

  const startedAt = dependencies.clock.now();
  const progress: Progress = {};
  let response: JsonResponse;
  let error: JsonError | undefined;
  try {
    response = await answer(request, requestId, progress, dependencies);
  } catch (thrown) {
    error = asJsonError(thrown) ?? internalError(thrown, requestId, progress, dependencies.log);
    response = writeError(error, requestId);
  }
  dependencies.onCall({
    requestId,
    at: startedAt,
    service: "cognito-idp",
    operation: progress.operation,
    caller: progress.caller,
    status: response.status,
    error: error?.code ?? (progress.operation === undefined ? NOT_UNDERSTOOD : undefined),
    durationMilliseconds: dependencies.clock.now() - startedAt,
    userAgent: userAgentOf(request),
    sourceIp: request.sourceIp,
    input: progress.input,
    requestBytes: request.body.length,
    answer: response.body,
  });
  return response;
}

/** The steps of every call, numbered here and in {@link run}. A fault at one of them hides those of all later ones. */
async function answer<Context>(
  request: ReceivedRequest,
  requestId: string,
  progress: Progress,
  dependencies: JsonDependencies<Context>,
): Promise<JsonResponse> {
  // 1. The target names an operation.
  const operation = request.method === "POST" ? readTarget(headerOf(request, "x-amz-target")) : undefined;
  if (operation === undefined) return writeNotUnderstood(requestId);
  progress.operation = operation;

  // 2. The body is a JSON object.
  const body = readBody(request.body, bodyLimitOf(`.${operation}`));
  progress.input = body;

  // 3. The caller is authenticated and has permission.
  if (!isUnsigned(operation)) {
    progress.caller = await dependencies.authorize(request, { operation, input: body });
  }

  const call: JsonCall = {
    operation,
    requestId,
    caller: progress.caller,
    sourceIp: request.sourceIp,
    userAgent: headerOf(request, "user-agent"),
  };
  const answerBody = await run(operation, body, call, dependencies);
  return {
    status: 200,
    headers: { "Content-Type": JSON_CONTENT_TYPE, "x-amzn-RequestId": requestId, ...CORS_HEADERS },
    body: answerBody,
  };
}

/** The steps that depend on the operation's types. @returns the body of the answer */
async function run<Name extends OperationName, Context>(
  operation: Name,
  body: JsonObject,
  call: JsonCall,
  { operations, contextOf, readInput }: JsonDependencies<Context>,
): Promise<string> {
  // 4. The input has the model's types and meets its constraints. After authorization, because an unknown caller must not
  //    learn about the input.
  const input = readInput(operation, body);

  // 5. The operation runs.
  const output = await operations[operation](input, contextOf(call, input));

  // 6. The output is written in the form of the model, without other members.
  return writeOutput(operation, output);
}

function internalError(thrown: unknown, requestId: string, progress: Progress, log: Log): JsonError {
  log.error({ err: thrown, requestId, operation: progress.operation }, "An operation failed unexpectedly");
  return { code: internalErrorOf(progress.operation), message: "Internal server error." };
}
