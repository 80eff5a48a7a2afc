/** A refusal by the protocol itself, before or beside any operation: no model lists it. */
export class ProtocolException extends Error {
  readonly code: string;
  readonly status: number;
  /** The front end spells this key with a capital; the service itself does not. */
  readonly messageKey: "message" | "Message";

  constructor(
    code: string,
    message = "",
    options: { readonly status?: number; readonly messageKey?: "message" | "Message" } = {},
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = options.status ?? 400;
    this.messageKey = options.messageKey ?? "message";
  }
}

/** The body is not what the model's types can be read from. @param message empty where the service sends none */
export function serializationException(message = ""): ProtocolException {
  return new ProtocolException("SerializationException", message, { messageKey: "Message" });
}
