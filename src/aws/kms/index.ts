/**
 * The one operation of AWS KMS that functions need: Decrypt, of data keys that this server made for custom senders.
 *
 * Leaves to others: who may call (`src/aws/callers`), the keys (`src/crypto`).
 */
export { handleKmsRequest, isKmsRequest, type KmsDependencies } from "./handler.ts";
