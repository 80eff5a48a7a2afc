/**
 * AWS Signature Version 4: whether the holder of a secret made a request, from the bytes that arrived.
 *
 * Owns the parsing of signatures in header and query form, canonicalisation, the time window, and the faults that AWS's front
 * end reports about them. Leaves to others whose secret belongs to which key (`src/iam/`) and what a key may do.
 */

export { type CanonicalHeaders, canonicalHeaders } from "./canonical-headers.ts";
export { readCredential, type SignedCredential } from "./credential.ts";
export { basicFormat, parseBasicFormat } from "./dates.ts";
export { checkSignature, signatureMismatch } from "./signature.ts";
export { SigningKeys } from "./signing-keys.ts";
export * from "./wire-error.ts";
