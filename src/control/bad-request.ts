/** Answered with 400 and the message. */
export class BadRequest extends Error {}

/** @throws BadRequest the body is not JSON */
export function parseBody(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    throw new BadRequest("The body is not JSON.");
  }
}
