/**
 * The AWS endpoint: user pools in the JSON protocol, STS and IAM in the query protocol, all at `/`. This file and
 * `surface.ts` tell the protocols apart; each folder below is one of them or a step that they share.
 */
export { createUploadUrls, type UploadUrls, uploadSurface } from "./s3/index.ts";
export { awsSurface } from "./surface.ts";
