import type { FastifyRequest } from "fastify";

/** More than any endpoint takes. */
const MAX_PARAMETERS = 100;
/** Tokens and assertions take some kilobytes. Decoding the megabyte that a body may have would hold the event loop. */
const MAX_CHARACTERS = 64 * 1024;

/** The parameters of a request, by name. Empty ones count as absent (RFC 6749 §3.1). */
export type Parameters = ReadonlyMap<string, string>;

/**
 * A name that came twice, which RFC 6749 §3.1 forbids, or too many or too long parameters. Pages show the message, so that it holds
 * nothing of the request.
 */
export class UnclearParameters extends Error {}

/** The parameters of the query string. @throws UnclearParameters */
export function queryOf(request: FastifyRequest): Parameters {
  const question = request.url.indexOf("?");
  return question === -1 ? new Map() : read(request.url.slice(question + 1));
}

/** The fields of the form in the body alone. @throws UnclearParameters */
export function formFieldsOf(request: FastifyRequest, maxCharacters = MAX_CHARACTERS): Parameters {
  return read(Buffer.isBuffer(request.body) ? request.body.toString("utf8") : "", maxCharacters);
}

/** The parameters of the query string and the form in the body together, as a servlet reads them. @throws UnclearParameters */
export function formOf(request: FastifyRequest): Parameters {
  return new Map([...queryOf(request), ...formFieldsOf(request)]);
}

function read(text: string, maxCharacters = MAX_CHARACTERS): Parameters {
  if (text.length > maxCharacters) throw new UnclearParameters("The parameters are too long.");
  const parameters = new Map<string, string>();
  let count = 0;
  let from = 0;
  // Bounded while it is read: a form of separators alone must cost nothing.
  while (from < text.length) {
    const end = text.indexOf("&", from);
    const pair = text.slice(from, end === -1 ? text.length : end);
    from = end === -1 ? text.length : end + 1;
    if (++count > MAX_PARAMETERS) throw new UnclearParameters("There are too many parameters.");
    for (const [name, value] of new URLSearchParams(pair)) {
      if (parameters.has(name)) throw new UnclearParameters("A parameter is there twice.");
      if (value !== "") parameters.set(name, value);
    }
  }
  return parameters;
}

/** Whether a request carries a form. */
export function isForm(request: FastifyRequest): boolean {
  const type = String(request.headers["content-type"] ?? "")
    .split(";")[0]
    ?.trim()
    .toLowerCase();
  return type === "application/x-www-form-urlencoded";
}
