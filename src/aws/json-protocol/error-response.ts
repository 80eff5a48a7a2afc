import { ServiceException } from "../../api-model/index.ts";
import { Overloaded } from "../../crypto/index.ts";
import { CORS_HEADERS } from "../cors.ts";
import { WireError } from "../sigv4/index.ts";
import { headerText } from "./headers.ts";
import { isServerFault } from "./modelled-errors.ts";
import { ProtocolException } from "./protocol-exception.ts";
import { JSON_CONTENT_TYPE, type JsonResponse } from "./response.ts";

/** The parts of an error's answer. */
export interface JsonError {
  /** `__type`, a bare name. */
  readonly code: string;
  /** May be empty: then the answer has none. */
  readonly message: string;
  /** Errors of the service spell it small, some of the front end's with a capital. */
  readonly messageKey?: "message" | "Message";
  /** HTTP status; without it 500 for what the model calls the server's fault and 400 for everything else. */
  readonly status?: number;
  /** Members of the body beside the message. */
  readonly members?: Readonly<Record<string, string>>;
}

/** The error that a thrown value is on the wire; undefined when it is a defect. */
export function asJsonError(thrown: unknown): JsonError | undefined {
  if (thrown instanceof Overloaded) return { code: "TooManyRequestsException", message: "Rate exceeded" };
  const isOne =
    thrown instanceof ServiceException || thrown instanceof WireError || thrown instanceof ProtocolException;
  return isOne ? thrown : undefined;
}

/**
 * The answer that an error is.
 *
 * Client errors are HTTP 400 whatever status the API Reference lists. The name is bare in `__type` and has a colon behind it
 * in the header; both forms were captured from the service (localstack/localstack#3201).
 */
export function writeError(error: JsonError, requestId: string): JsonResponse {
  const text = headerText(error.message);
  return {
    status: error.status ?? (isServerFault(error.code) ? 500 : 400),
    headers: {
      "Content-Type": JSON_CONTENT_TYPE,
      "x-amzn-RequestId": requestId,
      "x-amzn-ErrorType": `${error.code}:`,
      ...(text !== "" && { "x-amzn-ErrorMessage": text }),
      ...CORS_HEADERS,
    },
    body: JSON.stringify({
      __type: error.code,
      ...(error.message !== "" && { [error.messageKey ?? "message"]: error.message }),
      ...error.members,
    }),
  };
}

/** The code of a request that names no operation. */
export const NOT_UNDERSTOOD = "BadRequest";

/** The answer to a request that names no operation of any service here (amazon-archives/amazon-cognito-js#64). */
export function writeNotUnderstood(requestId: string): JsonResponse {
  return {
    status: 404,
    headers: { "Content-Type": "application/json", "x-amzn-RequestId": requestId, ...CORS_HEADERS },
    body: JSON.stringify({
      code: NOT_UNDERSTOOD,
      message: "The server did not understand the operation that was requested.",
      type: "client",
    }),
  };
}
