import type { OperationModel, Shape } from "../../api-model/index.ts";
import { CORS_HEADERS } from "../cors.ts";
import { type QueryService, VERSIONS } from "./service.ts";
import { textElement, valueElement } from "./xml.ts";

/** An answer, as the HTTP server sends it. */
export interface QueryResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function namespaceOf(service: QueryService): string {
  return `https://${service}.amazonaws.com/doc/${VERSIONS[service]}/`;
}

function respond(status: number, requestId: string, body: string): QueryResponse {
  return {
    status,
    headers: { "Content-Type": "text/xml", "x-amzn-RequestId": requestId, ...CORS_HEADERS },
    body,
  };
}

/** The facts of an operation that its answer depends on. */
export interface AnsweredOperation {
  readonly service: QueryService;
  readonly name: string;
  readonly model: OperationModel;
  readonly shapeOf: (name: string) => Shape;
}

/**
 * The answer of an operation that succeeded. The result has an element of its own wherever the model has an output, empty
 * ones included (UpdateRole), and none elsewhere: clients look it up by name.
 */
export function writeResult(
  { service, name, model, shapeOf }: AnsweredOperation,
  output: unknown,
  requestId: string,
): QueryResponse {
  const result =
    model.output === undefined ? "" : valueElement(`${name}Result`, output, model.output, shapeOf);
  return respond(
    200,
    requestId,
    `<${name}Response xmlns="${namespaceOf(service)}">${result}<ResponseMetadata>${textElement("RequestId", requestId)}</ResponseMetadata></${name}Response>\n`,
  );
}

export interface QueryError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** The answer that an error is. */
export function writeError(service: QueryService, error: QueryError, requestId: string): QueryResponse {
  const type = error.status < 500 ? "Sender" : "Receiver";
  const fields =
    textElement("Type", type) + textElement("Code", error.code) + textElement("Message", error.message);
  return respond(
    error.status,
    requestId,
    `<ErrorResponse xmlns="${namespaceOf(service)}"><Error>${fields}</Error>${textElement("RequestId", requestId)}</ErrorResponse>\n`,
  );
}
