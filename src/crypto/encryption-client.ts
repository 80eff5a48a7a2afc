/** The AWS Encryption SDK's part that encrypts, in a module of its own that is loaded when it is needed, from the bundle too. */
export { buildEncrypt, CommitmentPolicy, KmsKeyringNode } from "@aws-crypto/client-node";
