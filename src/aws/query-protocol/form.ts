import type { ReceivedRequest } from "../../http/index.ts";
import { ValidationError } from "../../iam/index.ts";

/** The form of a request: its body, or for a GET its query string. */
export function formText(request: ReceivedRequest): string {
  return request.method === "GET" ? request.rawQuery : Buffer.from(request.body).toString("utf8");
}

/**
 * The fields of a request's form; of a field that comes twice the first counts.
 *
 * @throws ValidationError a value has U+0000, which not every database can be asked for; the text is ours
 */
export function readForm(request: ReceivedRequest): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(formText(request))) {
    if (value.includes("\0")) throw new ValidationError("The request holds the character U+0000.");
    if (!fields.has(name)) fields.set(name, value);
  }
  return fields;
}
