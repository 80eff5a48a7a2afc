import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { systemClock } from "../../clock.ts";
import { createEvents } from "../../events.ts";
import { createFunctions } from "../../lambda/index.ts";
import { silentLog } from "../../log.ts";
import { systemRandom } from "../../random.ts";
import { caller } from "../operations/testing.ts";
import { type TestContext, testContext } from "../testing.ts";
import { createLambdaTriggers } from "./lambda-triggers.ts";

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

let folder: string;
let context: TestContext;
const events = createEvents();
const logged: [object, string | undefined][] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cognate-warning-"));
  writeFileSync(join(folder, "there.mjs"), "export const handler = async (event) => event;");
  writeFileSync(
    join(folder, "broken.mjs"),
    "export const handler = async () => { throw new Error('No key'); };",
  );
  const log = { ...silentLog, warn: (fields: object, message?: string) => logged.push([fields, message]) };
  const functions = createFunctions({
    folder,
    mapped: {},
    reloads: true,
    environment: () => ({}),
    log,
  });
  const options = { functions, events, clock: systemClock, random: systemRandom, log };
  context = await testContext({ triggers: createLambdaTriggers(options), log });
});
afterAll(async () => {
  await context.store.close();
  rmSync(folder, { recursive: true });
});

it("logs each missing function of a pool that is saved, with the path where it is expected", async () => {
  const { call } = caller(context);
  const LambdaConfig = {
    PreSignUp: arnOf("there"),
    PostConfirmation: arnOf("gone"),
    PreTokenGenerationConfig: { LambdaArn: arnOf("tokens"), LambdaVersion: "V2_0" },
  } as const;
  const { UserPool } = await call("CreateUserPool", { PoolName: "shop", LambdaConfig });
  const poolId = UserPool?.Id ?? "";
  const warning = (trigger: string, name: string) => [
    { poolId, trigger, arn: arnOf(name), lookedFor: join(folder, `${name}.{mjs,js,cjs,mts,ts}`) },
    "The function of a trigger does not exist",
  ];
  expect(logged).toEqual([warning("PostConfirmation", "gone"), warning("PreTokenGeneration", "tokens")]);
  logged.length = 0;
  await call("UpdateUserPool", { UserPoolId: poolId, LambdaConfig: { PreSignUp: arnOf("there") } });
  expect(logged).toEqual([]);
  await call("UpdateUserPool", { UserPoolId: poolId, LambdaConfig: { UserMigration: arnOf("gone") } });
  expect(logged).toEqual([warning("UserMigration", "gone")]);
  logged.length = 0;
});

it("logs the error of a custom sender that fails, since no caller is told", async () => {
  const { call } = caller(context);
  const sender = { LambdaArn: arnOf("broken"), LambdaVersion: "V1_0" } as const;
  const { UserPool } = await call("CreateUserPool", {
    PoolName: "shop",
    LambdaConfig: {
      CustomEmailSender: sender,
      KMSKeyID: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
  });
  const failed = new Promise((resolve) => events.subscribe("invocation", resolve));
  await call("AdminCreateUser", {
    UserPoolId: UserPool?.Id ?? "",
    Username: "jane",
    UserAttributes: [{ Name: "email", Value: "jane@example.com" }],
    DesiredDeliveryMediums: ["EMAIL"],
  });
  await failed;
  expect(logged).toEqual([
    [
      expect.objectContaining({
        poolId: UserPool?.Id,
        source: "CustomEmailSender_AdminCreateUser",
        arn: arnOf("broken"),
        reason: "Error: No key",
      }),
      "A function that was invoked as an event failed",
    ],
  ]);
});
