import type { ReceivedRequest } from "../sigv4/index.ts";

/** The form of a request: its body, or for a GET its query string. */
export function formText(request: ReceivedRequest): string {
  return request.method === "GET" ? request.rawQuery : Buffer.from(request.body).toString("utf8");
}

/** The fields of a request's form; of a field that comes twice the first counts. */
export function readForm(request: ReceivedRequest): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(formText(request))) {
    if (!fields.has(name)) fields.set(name, value);
  }
  return fields;
}
