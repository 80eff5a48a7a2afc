import { parseJson } from "../json.ts";

/** Answered with 400 and the message. */
export class BadRequest extends Error {}

/** @throws BadRequest the body is not JSON */
export function parseBody(body: Uint8Array): unknown {
  const value = parseJson(Buffer.from(body).toString());
  if (value === undefined) throw new BadRequest("The body is not JSON.");
  return value;
}
