/**
 * The form of the API model: what an operation and a shape of the service are, as data.
 *
 * The names are those of botocore's `service-2.json`.
 */

/** One operation of the service. */
export interface OperationModel {
  /** The name of the structure that its request's body is. */
  readonly input: string;
  /** The name of the structure that it answers with; absent where a success has a body of zero length. */
  readonly output?: string;
  /** Present for operations without a signature: the input contains the caller's proof. */
  readonly unsigned?: true;
  /** The names of the exceptions that it may answer with, beside the protocol's own. */
  readonly errors: readonly string[];
}

/** The members of a structure; every member names its own shape. */
export interface StructureShape {
  readonly type: "structure";
  readonly members: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  /** Whether values stay out of messages and logs. */
  readonly sensitive?: true;
  /** Whether it is an exception of the service. */
  readonly exception?: true;
  /** Whether the exception is the server's fault, which is HTTP 500. */
  readonly fault?: true;
}

/** A list; `min` and `max` count its elements. */
export interface ListShape {
  readonly type: "list";
  readonly member: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

/** A map; `min` and `max` count its entries. */
export interface MapShape {
  readonly type: "map";
  readonly key: string;
  readonly value: string;
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

/** A string; `min` and `max` count characters, and `pattern` (Java's syntax) must match all of it. */
export interface StringShape {
  readonly type: "string";
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  /** Whether a blank value passes in spite of the pattern. */
  readonly mayBeBlank?: true;
  readonly enum?: readonly string[];
  readonly sensitive?: true;
}

/** A whole number; `min` and `max` bound its value. */
export interface IntegerShape {
  readonly type: "integer" | "long";
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

/** Bytes, base64 on the wire; `min` and `max` count bytes after decoding. */
export interface BlobShape {
  readonly type: "blob";
  readonly min?: number;
  readonly max?: number;
  readonly sensitive?: true;
}

/** Types without a constraint: `document` is any JSON; a timestamp is epoch seconds on the wire and milliseconds inside. */
export interface PlainShape {
  readonly type: "boolean" | "timestamp" | "document";
  readonly sensitive?: true;
}

export type Shape =
  | StructureShape
  | ListShape
  | MapShape
  | StringShape
  | IntegerShape
  | BlobShape
  | PlainShape;

/** The whole service. */
export interface ServiceModel {
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Any JSON value: the type of a member of shape `document`. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };
