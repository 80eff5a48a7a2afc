/**
 * The AWS endpoint: user pools in the JSON protocol, STS and IAM in the query protocol, all at `/`. This file and
 * `surface.ts` choose the protocol. Each folder below is one protocol, or a step that they share.
 */
export { createUploadUrls, type UploadUrls, uploadSurface } from "./s3/index.ts";
export { awsSurface } from "./surface.ts";
