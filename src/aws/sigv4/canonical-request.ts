import type { ReceivedRequest } from "../../http/index.ts";
import type { CanonicalHeaders } from "./canonical-headers.ts";
import { queryPairs, uriEncode } from "./encoding.ts";

/**
 * The canonical path: dot segments and empty segments removed, then each segment percent-encoded, as it arrived, once more.
 *
 * @see IAM User Guide, "Create a signed AWS API request", step 1; only S3 encodes once
 */
export function canonicalPath(rawPath: string): string {
  if (rawPath === "/" || rawPath === "") return "/";
  const segments: string[] = [];
  for (const segment of rawPath.split("/")) {
    if (segment === "" || segment === ".") continue;
    if (segment === "..") segments.pop();
    else segments.push(uriEncode(segment));
  }
  if (segments.length === 0) return "/";
  return `/${segments.join("/")}${rawPath.endsWith("/") ? "/" : ""}`;
}

/** The canonical query string: encoded afresh and sorted by name, then by value. `X-Amz-Signature` is never part of it. */
export function canonicalQuery(rawQuery: string): string {
  if (rawQuery === "") return "";
  return queryPairs(rawQuery)
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]): [string, string] => [uriEncode(name), uriEncode(value)])
    .sort(([nameA, valueA], [nameB, valueB]) => order(nameA, nameB) || order(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** By code point, never by the rules of a language: encoded text is ASCII. */
function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * The canonical request, in which a signed header that did not arrive counts as an empty one.
 *
 * @param signedHeaders lower-case names, sorted
 * @param payloadHash SHA-256 of the body in lower-case hex
 * @returns bytes as a Latin-1 string
 * @see IAM User Guide, "Create a signed AWS API request", step 1
 */
export function canonicalRequest(
  request: ReceivedRequest,
  headers: CanonicalHeaders,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  let text = `${request.method}\n${canonicalPath(request.rawPath)}\n${canonicalQuery(request.rawQuery)}\n`;
  for (const name of signedHeaders) text += `${name}:${headers.get(name) ?? ""}\n`;
  return `${text}\n${signedHeaders.join(";")}\n${payloadHash}`;
}
