/**
 * A request exactly as it arrived. Signatures cover bytes, so nothing here may have been decoded, trimmed or rewritten.
 */
export interface ReceivedRequest {
  readonly method: string;
  /** The path before any `?`, still percent-encoded. */
  readonly rawPath: string;
  /** What follows the `?`, still percent-encoded; empty when there is none. */
  readonly rawQuery: string;
  /** Names and values in the order and case of the wire, one pair for each header line, bytes as Latin-1. */
  readonly rawHeaders: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** The address of the client, for the condition key `aws:SourceIp`. */
  readonly sourceIp?: string | undefined;
  /** Whether TLS, here or at a trusted proxy, carried the request, for the condition key `aws:SecureTransport`. */
  readonly isSecure?: boolean | undefined;
}

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
