import { isUtf8 } from "node:buffer";
import type { JsonObject } from "../../json.ts";
import { ProtocolException, serializationException } from "./protocol-exception.ts";

/** The largest body that is read, in bytes. */
const MAX_BODY_BYTES = 1024 * 1024;

/**
 * More values than the input of any operation has, so that a body is never much work before its sender is known. The
 * largest are the settings of a managed login page, with some thousand.
 */
const MAX_VALUES = 10_000;

/**
 * Parses a request's body; an empty one is an empty object.
 *
 * @throws ProtocolException SerializationException it is not JSON in UTF-8, or not an object
 * @throws ProtocolException RequestEntityTooLargeException
 */
export function readBody(body: Uint8Array, limitBytes = MAX_BODY_BYTES): JsonObject {
  if (body.byteLength > limitBytes) {
    const message = `Request size exceeded ${limitBytes} bytes`;
    throw new ProtocolException("RequestEntityTooLargeException", message, { status: 413 });
  }
  if (body.byteLength === 0) return {};
  if (!isUtf8(body) || hasMoreValues(body, MAX_VALUES)) throw serializationException();

  const value = parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8"));
  if (Array.isArray(value)) throw serializationException("Start of list found where not expected");
  if (typeof value !== "object" || value === null) throw serializationException();
  return value as JsonObject; // an object, and JSON.parse gives no other keys than strings
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the body, which may hold a password.
    throw serializationException();
  }
}

const [COMMA, OPENING_BRACKET, OPENING_BRACE] = [",", "[", "{"].map((character) => character.charCodeAt(0));

/**
 * Whether JSON holds more than about `limit` values. Commas in texts count too: one in each 50 characters of prose is far
 * from the limit.
 */
function hasMoreValues(body: Uint8Array, limit: number): boolean {
  if (body.byteLength <= limit) return false;
  let count = 0;
  // By index: an iterator takes ten times as long here.
  for (let index = 0; index < body.byteLength; index++) {
    const byte = body[index];
    if (byte === COMMA || byte === OPENING_BRACKET || byte === OPENING_BRACE) count++;
  }
  return count > limit;
}
