/** The names of one fault in the two families of AWS protocols, and its HTTP status in the query family. */
export interface WireErrorNames {
  /** `__type` of the JSON protocol, where every client error is HTTP 400. */
  readonly code: string;
  /** `Code` of the query protocol. */
  readonly queryCode: string;
  readonly queryStatus: number;
  /** The JSON protocol spells the key of this text with a capital for AccessDeniedException alone. */
  readonly messageKey?: "message" | "Message";
}

/** A refusal by the layer before any operation: the same fault for every protocol, which each writes in its own form. */
export class WireError extends Error implements WireErrorNames {
  readonly code: string;
  readonly queryCode: string;
  readonly queryStatus: number;
  readonly messageKey: "message" | "Message";

  constructor(names: WireErrorNames, message: string) {
    super(message);
    this.name = names.code;
    this.code = names.code;
    this.queryCode = names.queryCode;
    this.queryStatus = names.queryStatus;
    this.messageKey = names.messageKey ?? "message";
  }
}

export const MISSING_AUTHENTICATION_TOKEN: WireErrorNames = {
  code: "MissingAuthenticationTokenException",
  queryCode: "MissingAuthenticationToken",
  queryStatus: 403,
};

export const INCOMPLETE_SIGNATURE: WireErrorNames = {
  code: "IncompleteSignatureException",
  queryCode: "IncompleteSignature",
  queryStatus: 400,
};

export const INVALID_SIGNATURE: WireErrorNames = {
  code: "InvalidSignatureException",
  queryCode: "SignatureDoesNotMatch",
  queryStatus: 403,
};

export const UNRECOGNIZED_CLIENT: WireErrorNames = {
  code: "UnrecognizedClientException",
  queryCode: "InvalidClientTokenId",
  queryStatus: 403,
};

export const EXPIRED_TOKEN: WireErrorNames = {
  code: "ExpiredTokenException",
  queryCode: "ExpiredToken",
  queryStatus: 403,
};

export const ACCESS_DENIED: WireErrorNames = {
  code: "AccessDeniedException",
  queryCode: "AccessDenied",
  queryStatus: 403,
  messageKey: "Message",
};
