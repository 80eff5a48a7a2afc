import { Overloaded } from "../../crypto/index.ts";
import type { Call } from "../../events.ts";
import type { ReceivedRequest } from "../../http/index.ts";
import { type Caller, type IamEnvironment, IamError, ValidationError } from "../../iam/index.ts";
import type { Log } from "../../log.ts";
import type { Callers } from "../callers/index.ts";
import { WireError } from "../sigv4/index.ts";
import { userAgentOf } from "../user-agent.ts";
import { createValidators, type Validator } from "../validation/index.ts";
import { readForm } from "./form.ts";
import { readInput } from "./read-input.ts";
import { type QueryError, type QueryResponse, writeError, writeResult } from "./response.ts";
import { type QueryService, VERSIONS } from "./service.ts";
import { iam, type QueryServiceDefinition, sts } from "./services.ts";

/** The dependencies of the protocol. */
export interface QueryDependencies extends IamEnvironment {
  readonly callers: Callers;
  readonly log: Log;
  /** Called for each call after it was answered, rejected or failed. */
  readonly onCall: (call: Call) => void;
}

/** How far a request has come, for subscribers to calls. */
interface Progress {
  operation?: string;
  input?: Readonly<Record<string, unknown>>;
  caller?: Caller;
}

/**
 * Answers a request to STS or IAM. It never throws: what fails unexpectedly is logged under the request's id and answered as
 * an internal failure.
 */
export async function handleQueryRequest(
  service: QueryService,
  request: ReceivedRequest,
  dependencies: QueryDependencies,
): Promise<QueryResponse> {
  const { credentialClock: clock } = dependencies;
  const requestId = dependencies.random.uuid();
  const startedAt = clock.now();
  const progress: Progress = {};
  let response: QueryResponse;
  let error: QueryError | undefined;
  try {
    response = await (service === "sts"
      ? answer(sts, request, requestId, progress, dependencies)
      : answer(iam, request, requestId, progress, dependencies));
  } catch (thrown) {
    error = queryError(thrown) ?? internalFailure(thrown, requestId, progress, dependencies.log);
    response = writeError(service, error, requestId);
  }
  dependencies.onCall({
    requestId,
    at: startedAt,
    service,
    operation: progress.operation,
    caller: progress.caller,
    status: response.status,
    error: error?.code,
    durationMilliseconds: clock.now() - startedAt,
    userAgent: userAgentOf(request),
    sourceIp: request.sourceIp,
    input: progress.input,
    requestBytes: request.body.length,
    answer: response.body,
  });
  return response;
}

/** The steps of every call. A fault at one of them hides those of all later ones. */
async function answer<Name extends string>(
  definition: QueryServiceDefinition<Name>,
  request: ReceivedRequest,
  requestId: string,
  progress: Progress,
  dependencies: QueryDependencies,
): Promise<QueryResponse> {
  const { service, model } = definition;

  // 1. The form names an operation.
  const fields = readForm(request);
  const name = operationOf(fields, definition);
  progress.operation = name;
  const operation = model.operation(name);
  const input = readInput(fields, operation.input, model.shape);
  progress.input = input;

  // 2. The caller is who they say they are, and may do this.
  const run = await definition.allow({ name, input, request }, dependencies, (caller) => {
    progress.caller = caller;
  });

  // 3. The input meets the model's constraints. After authorization, because an unknown caller must not learn about the input.
  const violations = validatorOf(definition, name)(input);
  if (violations !== undefined) throw new ValidationError(violations);

  // 4. The operation runs, and its output goes out in the form of the model.
  const output = await run(input);
  return writeResult({ service, name, model: operation, shapeOf: model.shape }, output, requestId);
}

function operationOf<Name extends string>(
  fields: ReadonlyMap<string, string>,
  { service, model }: QueryServiceDefinition<Name>,
): Name {
  const name = fields.get("Action") ?? "";
  if (name === "") {
    throw new QueryFault("MissingAction", 400, "The request is missing an action or a required parameter.");
  }
  if (!model.isOperationName(name)) {
    const message = `Could not find operation ${name} for version ${VERSIONS[service]}`;
    throw new QueryFault("InvalidAction", 400, message);
  }
  return name;
}

const validatorsOf = {
  sts: createValidators({ shapeOf: sts.model.shape, shownAllTheSame: new Set() }),
  iam: createValidators({
    shapeOf: iam.model.shape,
    shownAllTheSame: new Set(),
    // As the AWS CLI and Terraform show them.
    ownTexts: new Map([
      ["[\\w+=,.@-]+", "It must contain only alphanumeric characters and/or the following: +=,.@_-"],
      [
        String.raw`(\u002F)|(\u002F[\u0021-\u007E]+\u002F)`,
        "It must begin and end with / and contain only alphanumeric characters and/or / characters.",
      ],
    ]),
  }),
};
/** Compiled at an operation's first call. */
const validators = new Map<string, Validator>();

function validatorOf<Name extends string>(
  { service, model }: QueryServiceDefinition<Name>,
  name: Name,
): Validator {
  const known = validators.get(name);
  if (known) return known;
  const validator = validatorsOf[service](model.operation(name).input);
  validators.set(name, validator);
  return validator;
}

/** A refusal by the protocol itself. */
class QueryFault extends Error implements QueryError {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The error that a thrown value is on the wire; undefined when it is a defect. */
function queryError(thrown: unknown): QueryError | undefined {
  if (thrown instanceof WireError) {
    return { code: thrown.queryCode, status: thrown.queryStatus, message: thrown.message };
  }
  if (thrown instanceof Overloaded) return { code: "Throttling", status: 400, message: "Rate exceeded" };
  return thrown instanceof IamError || thrown instanceof QueryFault ? thrown : undefined;
}

function internalFailure(thrown: unknown, requestId: string, progress: Progress, log: Log): QueryError {
  log.error({ err: thrown, requestId, operation: progress.operation }, "An operation failed unexpectedly");
  return {
    code: "InternalFailure",
    status: 500,
    message: "The request processing has failed because of an unknown error, exception or failure.",
  };
}
