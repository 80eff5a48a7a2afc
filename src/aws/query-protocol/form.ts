import type { ReceivedRequest } from "../../http/index.ts";
import { ValidationError } from "../../iam/index.ts";

/** More fields than a request of any operation has, so that reading a form is never much work for an unsigned request. */
const MAX_FIELDS = 3_000;

/** Longer names are of no operation: the longest of the API models has some 80 characters. */
const MAX_NAME_LENGTH = 256;

/** The form of a request: its body, or for a GET its query string. */
export function formText(request: ReceivedRequest): string {
  return request.method === "GET" ? request.rawQuery : Buffer.from(request.body).toString("utf8");
}

/**
 * The fields of a request's form; of a field that comes twice the first counts.
 *
 * @throws ValidationError there are too many fields, or a value has U+0000, which not every database can be asked for; the
 *   texts are ours
 */
export function readForm(request: ReceivedRequest): ReadonlyMap<string, string> {
  const text = formText(request);
  if (hasMoreFields(text, MAX_FIELDS)) {
    throw new ValidationError(`The request has more than ${MAX_FIELDS} parameters.`);
  }
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (value.includes("\0")) throw new ValidationError("The request holds the character U+0000.");
    if (name.length <= MAX_NAME_LENGTH && !fields.has(name)) fields.set(name, value);
  }
  return fields;
}

function hasMoreFields(text: string, limit: number): boolean {
  let ends = -1;
  for (let count = 0; count < limit; count++) {
    ends = text.indexOf("&", ends + 1);
    if (ends === -1) return false;
  }
  return true;
}
