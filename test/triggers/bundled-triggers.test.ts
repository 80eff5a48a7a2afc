import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AdminInitiateAuthCommand,
  type CognitoIdentityProviderClient,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type CognateProcess, startCognate } from "../support/cognate-process.ts";
import { listen } from "../support/listen.ts";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";

// The bundle loads the SDKs of Lambda and encryption when they are needed, which a bundler treats differently from Node.
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const KMSKeyID = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-4333-8444-555555555555";

let folder: string;
let program: CognateProcess;
let lambda: Server;
let cognito: CognitoIdentityProviderClient;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cognate-bundled-triggers-"));
  lambda = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const event = JSON.parse(body);
    event.response.claimsOverrideDetails = { claimsToAddOrOverride: { from: "endpoint" } };
    response.end(JSON.stringify(event));
  });
  const endpoint = `http://127.0.0.1:${await listen(lambda)}`;
  await writeFile(
    join(folder, "sender.mjs"),
    `import { writeFileSync } from "node:fs";
     export const handler = async (event) => writeFileSync(${JSON.stringify(join(folder, "sent"))}, event.request.code);`,
  );
  program = await startCognate("dev", [
    ...["--data-dir", join(folder, "data"), "--in-memory", "--no-demo"],
    ...["--lambda-dir", folder, "--lambda-endpoint", endpoint],
  ]);
  cognito = program.cognito;
});
afterAll(async () => {
  await program.stop();
  lambda.close();
  await rm(folder, { recursive: true, force: true });
});

it("invokes a function through a Lambda API from the built program", async () => {
  const { poolId, clientId } = await createPoolAndClient(cognito, {
    LambdaConfig: { PreTokenGeneration: arnOf("claims") },
  });
  const named = { UserPoolId: poolId, Username: "jane" };
  await createConfirmedUser(cognito, { ...named, Password: "Permanent-1" });
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: poolId,
      ClientId: clientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "jane", PASSWORD: "Permanent-1" },
    }),
  );
  expect(decodeJwt(AuthenticationResult?.IdToken ?? "").from).toBe("endpoint");
});

it("encrypts a code for a local custom sender from the built program", async () => {
  const { clientId } = await createPoolAndClient(cognito, {
    AutoVerifiedAttributes: ["email"],
    LambdaConfig: { CustomEmailSender: { LambdaArn: arnOf("sender"), LambdaVersion: "V1_0" }, KMSKeyID },
  });
  await cognito.send(
    new SignUpCommand({
      ClientId: clientId,
      Username: "joe",
      Password: "Permanent-1",
      UserAttributes: [{ Name: "email", Value: "joe@example.com" }],
    }),
  );
  const sent = () => readFile(join(folder, "sent"), "utf8").catch(() => "");
  await expect.poll(sent, { timeout: 15_000 }).toMatch(/^AYAD/);
});
