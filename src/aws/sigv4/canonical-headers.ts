import type { ReceivedRequest } from "../../http/index.ts";

/** Header values by lower-case name, in canonical form; the values of a repeated header are joined by commas. */
export type CanonicalHeaders = ReadonlyMap<string, string>;

const WHITE_SPACE_TO_COLLAPSE = /[\t\n\v\f\r]|^ | $| {2}/;

/**
 * Trims a header value and turns its inner runs of white space into one space each.
 *
 * Only ASCII white space: `\s` would also take the byte A0, which is half of many UTF-8 characters.
 */
function canonicalValue(value: string): string {
  if (!WHITE_SPACE_TO_COLLAPSE.test(value)) return value;
  return value.replace(/[ \t\n\v\f\r]+/g, " ").replace(/^ | $/g, "");
}

/** The request's headers in the form that signatures cover. */
export function canonicalHeaders(request: ReceivedRequest): CanonicalHeaders {
  const headers = new Map<string, string>();
  for (const [rawName, rawValue] of request.rawHeaders) {
    const name = rawName.toLowerCase();
    const value = canonicalValue(rawValue);
    const earlier = headers.get(name);
    headers.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return headers;
}
