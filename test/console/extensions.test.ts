import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DescribeUserPoolCommand, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, seriousFindings, startConsole, takeScreenshot } from "./support.ts";

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

describe("the extensions of a user pool", () => {
  let folder: string;
  let tested: ConsoleUnderTest;
  let poolId: string;
  let clientId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "cognate-console-functions-"));
    await writeFile(
      join(folder, "migrate.mjs"),
      `export const handler = async (event) => {
         if (event.userName === "nobody") throw new Error("Not known here.");
         return { ...event, response: { finalUserStatus: "CONFIRMED" } };
       };`,
    );
    tested = await startConsole({ lambdaDir: folder }, { staysLoaded: true });
    ({ poolId, clientId } = await createPoolAndClient(tested.server.cognito, {
      PoolName: "asking",
      LambdaConfig: { UserMigration: arn("migrate"), PreSignUp: arn("missing") },
    }));
  });
  afterAll(async () => {
    await tested.stop();
    await rm(folder, { recursive: true });
  });

  it("show the file of each function, or the path at which it is missing", async () => {
    const page = await tested.open(`/user-pools/${poolId}/extensions`);
    await page.getByText(join(folder, "migrate.mjs")).first().waitFor();
    await page.getByText(`Nothing found: ${join(folder, "missing.{mjs,js,cjs,mts,ts}")}`).waitFor();
    await takeScreenshot(page, "extensions-targets");
  });

  it("are invoked with a sample event", async () => {
    const page = await tested.open(`/user-pools/${poolId}/extensions`);
    await page.getByRole("button", { name: "Invoke with a sample event: Migrate user" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Event" }).waitFor();
    await dialog.getByRole("button", { name: "Invoke", exact: true }).click();
    await dialog.getByText("Succeeded").waitFor();
    await dialog.locator("pre", { hasText: '"finalUserStatus": "CONFIRMED"' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "extensions-try");
    await dialog.getByRole("textbox", { name: "Event" }).fill("[");
    await dialog.getByText("Enter a JSON object.").waitFor();
    await dialog.getByRole("textbox", { name: "Event" }).fill('{ "userName": "nobody" }');
    await dialog.getByRole("button", { name: "Invoke", exact: true }).click();
    await dialog.getByText("Error: Not known here.").waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("list the last invocations, without passwords", async () => {
    const signIn = new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "nobody", PASSWORD: "Very-secret-1" },
    });
    await expect(tested.server.cognito.send(signIn)).rejects.toThrow();
    const page = await tested.open(`/user-pools/${poolId}/extensions`);
    await page.getByRole("link", { name: "UserMigration_Authentication" }).first().click();
    const dialog = page.getByRole("dialog");
    await dialog.locator("pre", { hasText: '"password": "••••••••"' }).waitFor();
    await dialog.getByText("Error: Not known here.").waitFor();
    expect(await dialog.textContent()).not.toContain("Very-secret-1");
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "extensions-invocation");
  });

  it("set a custom sender with a key that the console generates, and remove it", async () => {
    const page = await tested.open(`/user-pools/${poolId}/extensions`);
    const config = async () =>
      (await tested.server.cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }))).UserPool
        ?.LambdaConfig;
    const dialog = page.getByRole("dialog");
    const save = async (name: string) => {
      await dialog.getByRole("button", { name: "Save changes" }).click();
      await flash(page, `The trigger “${name}” has been updated.`).waitFor();
    };
    await page.getByRole("button", { name: "Edit: Custom email sender" }).click();
    await dialog.getByRole("textbox", { name: "Function ARN" }).fill(arn("migrate"));
    const key = dialog.getByRole("textbox", { name: "KMS key ARN" });
    await key.fill("a key");
    await dialog.getByText("Enter the ARN of a KMS key").waitFor();
    await key.fill("arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555");
    await takeScreenshot(page, "extensions-sender");
    await save("Custom email sender");
    await page.getByRole("button", { name: "Edit: Custom SMS sender" }).click();
    await dialog.getByRole("textbox", { name: "Function ARN" }).fill(arn("migrate"));
    expect(await key.inputValue()).toContain("key/11111111");
    await save("Custom SMS sender");
    await page.getByRole("button", { name: "Edit: Inbound federation" }).click();
    await dialog.getByRole("textbox", { name: "Function ARN" }).fill(arn("migrate"));
    await save("Inbound federation");
    await page.getByRole("button", { name: "Edit: Pre token generation" }).click();
    await dialog.getByRole("textbox", { name: "Function ARN" }).fill(arn("migrate"));
    await dialog.getByRole("radio", { name: "Access token customization for user identities" }).check();
    await save("Pre token generation");
    const sender = { LambdaVersion: "V1_0", LambdaArn: arn("migrate") };
    expect(await config()).toMatchObject({
      CustomEmailSender: sender,
      CustomSMSSender: sender,
      InboundFederation: sender,
      KMSKeyID: "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555",
      PreTokenGenerationConfig: { LambdaVersion: "V2_0", LambdaArn: arn("migrate") },
    });

    await page.getByRole("button", { name: "Edit: Custom email sender" }).click();
    await dialog.getByRole("textbox", { name: "Function ARN" }).fill("");
    await save("Custom email sender");
    expect(await config()).not.toHaveProperty("CustomEmailSender");
    expect(await config()).toHaveProperty("CustomSMSSender");
    expect(page.complaints).toEqual([]);
  });

  it("warn about an ARN without a function, and save it", async () => {
    const page = await tested.open(`/user-pools/${poolId}/extensions`);
    await page.getByRole("button", { name: "Edit: Post confirmation" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Function ARN" }).fill(arn("migrate"));
    await dialog.getByRole("textbox", { name: "Function ARN" }).fill(arn("later"));
    await dialog.getByText("This function does not exist yet").waitFor();
    await takeScreenshot(page, "extensions-warning");
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await flash(page, "The trigger “Post confirmation” has been updated.").waitFor();
    await page.getByText(`Nothing found: ${join(folder, "later.{mjs,js,cjs,mts,ts}")}`).waitFor();
  });
});
