/** The one thing of Amazon S3 that user pools need: a presigned URL to upload an import job's file to. */

export { uploadSurface } from "./upload-surface.ts";
export { createUploadUrls, type UploadUrls } from "./upload-url.ts";
