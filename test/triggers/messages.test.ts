import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignUpCommand } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it, onTestFinished } from "vitest";
import { inbox, newestMessage } from "../support/inbox.ts";
import { app, functionOf, PASSWORD, poolWith, refused, server, startFunctionServer } from "./functions.ts";

startFunctionServer();

describe("messages", () => {
  it("have the text of CustomMessage, which gets a placeholder in place of the code", async () => {
    const message = await functionOf(`
      event.response.emailSubject = "Welcome";
      event.response.emailMessage = "Your code: " + event.request.codeParameter;`);
    const pool = await poolWith({ CustomMessage: message.arn }, { AutoVerifiedAttributes: ["email"] });
    await app.send(
      new SignUpCommand({
        ClientId: pool.clientId,
        Username: "jane",
        Password: PASSWORD,
        UserAttributes: [{ Name: "email", Value: "jane@example.com" }],
        ClientMetadata: { locale: "en" },
      }),
    );
    expect(await message.events()).toMatchObject([
      {
        triggerSource: "CustomMessage_SignUp",
        request: {
          userAttributes: { email: "jane@example.com", "cognito:user_status": "UNCONFIRMED" },
          codeParameter: "{####}",
          linkParameter: "{##Click Here##}",
          usernameParameter: null,
          clientMetadata: { locale: "en" },
        },
        response: { smsMessage: null, emailMessage: null, emailSubject: null },
      },
    ]);
    expect((await newestMessage(server, "jane@example.com")).body).toBe("Your code: 123456");
  });

  const KMSKeyID = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555";

  it("are sent to a custom sender, which decrypts the code with the AWS Encryption SDK and this server", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cognate-sent-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const sent = join(folder, "codes");
    const sender = await functionOf(`
      const { buildClient, CommitmentPolicy, KmsKeyringNode } = await import(${JSON.stringify(import.meta.resolve("@aws-crypto/client-node"))});
      const { decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
      const keyring = new KmsKeyringNode({ generatorKeyId: "${KMSKeyID}", keyIds: ["${KMSKeyID}"] });
      const { plaintext, messageHeader } = await decrypt(keyring, Buffer.from(event.request.code, "base64"));
      appendFileSync(${JSON.stringify(sent)}, JSON.stringify({
        text: plaintext.toString(),
        pool: messageHeader.encryptionContext["userpool-id"],
      }) + "\\n");`);
    const pool = await poolWith(
      { CustomEmailSender: { LambdaArn: sender.arn, LambdaVersion: "V1_0" }, KMSKeyID },
      { AutoVerifiedAttributes: ["email"] },
    );
    await app.send(
      new SignUpCommand({
        ClientId: pool.clientId,
        Username: "jane",
        Password: PASSWORD,
        UserAttributes: [{ Name: "email", Value: "jane2@example.com" }],
      }),
    );
    await expect.poll(() => readFile(sent, "utf8").catch(() => "")).not.toBe("");
    expect(JSON.parse(await readFile(sent, "utf8"))).toEqual({ text: "123456", pool: pool.poolId });
    expect(await sender.events()).toMatchObject([
      {
        triggerSource: "CustomEmailSender_SignUp",
        request: {
          type: "customEmailSenderRequestV1",
          code: expect.stringMatching(/^AYAD/),
          clientMetadata: null,
        },
      },
    ]);
    expect((await sender.events())[0]).not.toHaveProperty("response");
    const messages = await inbox(server, { destination: "jane2@example.com" });
    expect(JSON.stringify(messages)).not.toContain("123456");
  });

  it("require a KMS key for a custom sender", async () => {
    const LambdaArn = "arn:aws:lambda:us-east-1:123456789012:function:sender";
    await expect(poolWith({ CustomSMSSender: { LambdaArn, LambdaVersion: "V1_0" } })).rejects.toMatchObject(
      refused(
        "InvalidParameterException",
        "KMSKeyId parameter is required when Custom SMS/Email Lambda trigger is used.",
      ),
    );
  });
});
