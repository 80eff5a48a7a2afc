import type { DataKeys, EncryptionContext } from "./data-keys.ts";

/**
 * A message of the AWS Encryption SDK, in base64: the form in which Cognito gives codes to custom senders.
 *
 * It has no key commitment, as Cognito's has not: functions decrypt with the policy REQUIRE_ENCRYPT_ALLOW_DECRYPT.
 *
 * @see AWS Encryption SDK Developer Guide, "Message format reference"; Cognito Developer Guide, "Custom email sender Lambda
 *   trigger"
 */
export async function encryptionSdkMessage(
  plaintext: string,
  keyArn: string,
  context: EncryptionContext,
  dataKeys: DataKeys,
): Promise<string> {
  // Loaded with the first code that goes to a custom sender: it takes a while, and few pools have one.
  const { buildEncrypt, CommitmentPolicy, KmsKeyringNode } = await import("./encryption-client.ts");
  const { encrypt } = buildEncrypt(CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT);
  const keyring = new KmsKeyringNode({
    generatorKeyId: keyArn,
    // The keyring asks for a data key and nothing else.
    clientProvider: () => dataKeyClient(dataKeys) as never,
  });
  const { result } = await encrypt(keyring, plaintext, { encryptionContext: { ...context } });
  return result.toString("base64");
}

interface GenerateDataKeyInput {
  readonly KeyId: string;
  readonly EncryptionContext?: EncryptionContext;
}

function dataKeyClient(dataKeys: DataKeys) {
  return {
    async generateDataKey({ KeyId, EncryptionContext = {} }: GenerateDataKeyInput) {
      const { plaintext, ciphertext } = dataKeys.generate(KeyId, EncryptionContext);
      return { KeyId, Plaintext: plaintext, CiphertextBlob: ciphertext };
    },
  };
}
