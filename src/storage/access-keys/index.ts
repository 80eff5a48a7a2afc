/** Access keys of IAM users. */
export { type AccessKeyRepository, SqlAccessKeyRepository } from "./repository.ts";
