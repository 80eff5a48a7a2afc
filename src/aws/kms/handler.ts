import type { DataKeys, EncryptionContext } from "../../crypto/index.ts";
import { headerOf, type ReceivedRequest } from "../../http/index.ts";
import type { Log } from "../../log.ts";
import type { Callers } from "../callers/index.ts";
import {
  asJsonError,
  type JsonError,
  type JsonResponse,
  readBody,
  writeError,
} from "../json-protocol/index.ts";

export interface KmsDependencies {
  readonly callers: Callers;
  readonly dataKeys: DataKeys;
  readonly log: Log;
  readonly newRequestId: () => string;
}

const TARGET_PREFIX = "TrentService.";

/** Whether a request is one to AWS KMS. */
export function isKmsRequest(request: ReceivedRequest): boolean {
  return targetOf(request).startsWith(TARGET_PREFIX);
}

/** Answers a request to KMS. It never throws: what fails unexpectedly is logged and answered as an internal error. */
export async function handleKmsRequest(
  request: ReceivedRequest,
  dependencies: KmsDependencies,
): Promise<JsonResponse> {
  const requestId = dependencies.newRequestId();
  try {
    if (targetOf(request) !== `${TARGET_PREFIX}Decrypt`) throw new KmsError("UnknownOperationException", "");
    const body = JSON.stringify(await decrypt(request, dependencies));
    const headers = { "Content-Type": "application/x-amz-json-1.1", "x-amzn-RequestId": requestId };
    return { status: 200, headers, body };
  } catch (thrown) {
    const error = thrown instanceof KmsError ? thrown : asJsonError(thrown);
    if (error) return writeError(error, requestId);
    dependencies.log.error({ err: thrown, requestId }, "An operation of KMS failed unexpectedly");
    return writeError({ code: "KMSInternalException", message: "", status: 500 }, requestId);
  }
}

/** @see KMS API Reference, "Decrypt" */
async function decrypt(request: ReceivedRequest, { callers, dataKeys }: KmsDependencies): Promise<object> {
  const { CiphertextBlob, EncryptionContext: given = {}, KeyId } = readBody(request.body);
  const context = textsOf(given);
  const ciphertext = typeof CiphertextBlob === "string" ? Buffer.from(CiphertextBlob, "base64") : undefined;
  const opened = context && ciphertext && dataKeys.open(ciphertext, context);

  // The permission is checked before the ciphertext, so that a caller without it cannot test ciphertexts.
  await callers.authorizeOnKey(request, "kms:Decrypt", opened?.keyArn ?? "*", context ?? {});
  if (ciphertext === undefined || context === undefined)
    throw new KmsError(
      "ValidationException",
      "CiphertextBlob must be base64, and EncryptionContext texts of no more than 8,192 characters together.",
    );
  if (opened === undefined) throw new KmsError("InvalidCiphertextException", "");
  if (KeyId !== undefined && KeyId !== opened.keyArn) {
    throw new KmsError(
      "IncorrectKeyException",
      "The key ID in the request does not identify a CMK that can perform this operation.",
    );
  }
  return {
    KeyId: opened.keyArn,
    Plaintext: Buffer.from(opened.plaintext).toString("base64"),
    EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
  };
}

/** @see KMS Developer Guide, "Encryption context": as JSON it has 8,192 characters at most */
const MAX_CONTEXT_CHARACTERS = 8192;

/** Texts that a policy can be matched with, which could take long if they had no bound. */
function textsOf(given: unknown): EncryptionContext | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  let characters = 0;
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== "string") return undefined;
    characters += name.length + value.length;
  }
  return characters <= MAX_CONTEXT_CHARACTERS ? (given as EncryptionContext) : undefined;
}

function targetOf(request: ReceivedRequest): string {
  return headerOf(request, "x-amz-target") ?? "";
}

class KmsError extends Error implements JsonError {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
