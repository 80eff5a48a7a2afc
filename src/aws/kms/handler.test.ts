import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Crypto, createCrypto } from "../../crypto/index.ts";
import { silentLog } from "../../log.ts";
import { seededRandom } from "../../random.ts";
import { strictTrust } from "../callers/index.ts";
import { openTestCallers, type TestCallers } from "../query-protocol/testing.ts";
import { signed } from "../sigv4/testing.ts";
import { handleKmsRequest, isKmsRequest } from "./handler.ts";

const AT = Date.UTC(2026, 0, 15);
const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555";
const CONTEXT = { "userpool-id": "us-east-1_Ab" };

let callers: TestCallers;
let crypto: Crypto;
beforeEach(async () => {
  callers = await openTestCallers(AT);
  const random = seededRandom("kms");
  crypto = createCrypto({ random, masterKeys: [random.bytes(32)] });
});
afterEach(async () => {
  await crypto.close();
  await callers.iam.close();
});

async function call(input: object, keys = callers.administrator, operation = "Decrypt") {
  const request = await signed({
    service: "kms",
    at: AT,
    body: JSON.stringify(input),
    ...keys,
    headers: { "x-amz-target": `TrentService.${operation}` },
  });
  expect(isKmsRequest(request)).toBe(true);
  const { status, body } = await handleKmsRequest(request, {
    callers: callers.callersOf(strictTrust),
    dataKeys: crypto.dataKeys,
    log: silentLog,
    newRequestId: () => "r",
  });
  return { status, ...JSON.parse(body) };
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

describe("KMS Decrypt", () => {
  it("returns a data key to a caller with permission for the key", async () => {
    const { plaintext, ciphertext } = crypto.dataKeys.generate(KEY, CONTEXT);
    expect(
      await call({ CiphertextBlob: base64(ciphertext), EncryptionContext: CONTEXT, KeyId: KEY }),
    ).toEqual({
      status: 200,
      KeyId: KEY,
      Plaintext: base64(plaintext),
      EncryptionAlgorithm: "SYMMETRIC_DEFAULT",
    });
  });

  it.each([
    [
      "another context",
      { EncryptionContext: { "userpool-id": "us-east-1_Cd" } },
      "InvalidCiphertextException",
    ],
    [
      "a context with one more member",
      { EncryptionContext: { ...CONTEXT, a: "b" } },
      "InvalidCiphertextException",
    ],
    ["no context", { EncryptionContext: undefined }, "InvalidCiphertextException"],
    [
      "a context with a value that is not a string",
      { EncryptionContext: { "userpool-id": 1 } },
      "ValidationException",
    ],
    [
      "a context of more than 8,192 characters",
      { EncryptionContext: { a: "b".repeat(8192) } },
      "ValidationException",
    ],
    ["another ciphertext", { CiphertextBlob: base64(Buffer.from("other")) }, "InvalidCiphertextException"],
    ["no ciphertext", { CiphertextBlob: undefined }, "ValidationException"],
    ["another key", { KeyId: `${KEY}x` }, "IncorrectKeyException"],
  ])("refuses %s", async (_, change, __type) => {
    const { ciphertext } = crypto.dataKeys.generate(KEY, CONTEXT);
    const input = { CiphertextBlob: base64(ciphertext), EncryptionContext: CONTEXT, ...change };
    expect(await call(input)).toMatchObject({ status: 400, __type });
  });

  it("refuses callers whose policies do not allow it, whether or not the ciphertext opens", async () => {
    await callers.query("iam", callers.administrator, { Action: "CreateUser", UserName: "alice" });
    const key = await callers.query("iam", callers.administrator, {
      Action: "CreateAccessKey",
      UserName: "alice",
    });
    const alice = { keyId: key.AccessKeyId ?? "", secret: key.SecretAccessKey ?? "" };
    const { ciphertext } = crypto.dataKeys.generate(KEY, CONTEXT);
    const right = { CiphertextBlob: base64(ciphertext), EncryptionContext: CONTEXT };
    for (const input of [right, {}])
      expect(await call(input, alice)).toMatchObject({ status: 400, __type: "AccessDeniedException" });
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: KEY,
          Condition: { StringEquals: { "kms:EncryptionContext:userpool-id": "us-east-1_Ab" } },
        },
      ],
    });
    await callers.query("iam", callers.administrator, {
      Action: "PutUserPolicy",
      UserName: "alice",
      PolicyName: "p",
      PolicyDocument,
    });
    expect(await call(right, alice)).toMatchObject({ status: 200, KeyId: KEY });
  });

  it("rejects every other operation", async () =>
    expect(await call({}, callers.administrator, "Encrypt")).toMatchObject({
      status: 400,
      __type: "UnknownOperationException",
    }));
});
