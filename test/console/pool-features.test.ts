import {
  CreateResourceServerCommand,
  DescribeUserPoolCommand,
  GetProvisionedLimitCommand,
  ListTermsCommand,
  ListUserPoolReplicasCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import {
  type ConsoleUnderTest,
  choose,
  flash,
  seriousFindings,
  startConsole,
  takeScreenshot,
} from "./support.ts";

const KEY = "arn:aws:kms:us-east-1:123456789012:key/mrk-example";

describe("later settings of a user pool in the console", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  let clientId: string;

  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    const { cognito } = tested.server;
    ({ poolId, clientId } = await createPoolAndClient(cognito, { PoolName: "late" }, { ClientName: "shop" }));
    await cognito.send(
      new CreateResourceServerCommand({
        UserPoolId: poolId,
        Identifier: "orders",
        Name: "Orders",
        Scopes: [{ ScopeName: "read", ScopeDescription: "Read orders" }],
      }),
    );
  });
  afterAll(() => tested.stop());

  const described = async () => {
    const answer = await tested.server.cognito.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
    return answer.UserPool ?? {};
  };
  const edit = async (page: Page, title: string) => {
    await page.getByRole("button", { name: `Edit: ${title}` }).click();
    return page.getByRole("dialog");
  };
  const save = (page: Page) => page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();

  it("change the type of the issuer", async () => {
    const page = await tested.open(`/user-pools/${poolId}/domain`);
    const dialog = await edit(page, "Issuer");
    await dialog.getByRole("radio", { name: "Updated" }).check();
    await takeScreenshot(page, "issuer-dialog");
    await save(page);
    await flash(page, "The issuer has been updated.").waitFor();
    expect((await described()).IssuerConfiguration).toEqual({ Type: "UPDATED" });
  });

  it("name a key, and refuse an alias", async () => {
    const page = await tested.open(`/user-pools/${poolId}/settings`);
    const dialog = await edit(page, "Encryption key");
    await dialog.getByRole("radio", { name: "Customer managed key" }).check();
    const field = dialog.getByRole("textbox", { name: "KMS key ARN" });
    await field.fill("arn:aws:kms:us-east-1:123456789012:alias/mine");
    await dialog.getByText("Enter the ARN of a key, not of an alias.").waitFor();
    await field.fill(KEY);
    await save(page);
    await flash(page, "The encryption key has been updated.").waitFor();
    expect((await described()).KeyConfiguration).toEqual({ KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: KEY });
  });

  it("create, activate and delete a replica", async () => {
    await tested.server.cognito.send(
      new UpdateUserPoolCommand({
        UserPoolId: poolId,
        IssuerConfiguration: { Type: "UPDATED" },
        KeyConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: KEY },
      }),
    );
    const page = await tested.open(`/user-pools/${poolId}/settings`);
    await page.getByRole("button", { name: "Create replica" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: /^Region/ }).click();
    await page.getByRole("option", { name: "eu-west-1" }).click();
    await dialog.getByRole("button", { name: "Create replica" }).click();
    await flash(page, "The replica in eu-west-1 has been created.").waitFor();
    await page.getByRole("button", { name: "Activate: eu-west-1" }).click();
    await page.getByRole("button", { name: "Deactivate: eu-west-1" }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "replicas", true);
    const list = new ListUserPoolReplicasCommand({ UserPoolId: poolId });
    expect((await tested.server.cognito.send(list)).UserPoolReplicas).toMatchObject([
      { Role: "PRIMARY" },
      { RegionName: "eu-west-1", Status: "ACTIVE" },
    ]);
    await page.getByRole("button", { name: "Deactivate: eu-west-1" }).click();
    await page.getByRole("button", { name: "Activate: eu-west-1" }).waitFor();
    await page.getByRole("button", { name: "Delete replica: eu-west-1" }).click();
    await dialog.getByRole("textbox").fill("eu-west-1");
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await flash(page, "The replica in eu-west-1 has been deleted.").waitFor();
    expect((await tested.server.cognito.send(list)).UserPoolReplicas).toHaveLength(1);
  });

  it("name the authentication levels, each with a unique name", async () => {
    const page = await tested.open(`/user-pools/${poolId}/sign-in`);
    await page.getByText("urn:cognito:loa:4").waitFor();
    const dialog = await edit(page, "Authentication levels");
    const field = dialog.getByRole("textbox", { name: "Level 4" });
    await field.fill("urn:cognito:loa:3");
    await dialog.getByText("Each level needs a value of its own.").first().waitFor();
    await field.fill("urn:example:strong");
    await takeScreenshot(page, "levels-dialog");
    await save(page);
    await flash(page, "The authentication levels have been updated.").waitFor();
    expect((await described()).AcrConfiguration).toMatchObject({
      Level1: { AcrValue: "urn:cognito:loa:1" },
      Level4: { AcrValue: "urn:example:strong" },
    });
  });

  it("allow applications to register clients, which are listed and deleted", async () => {
    const page = await tested.open(`/user-pools/${poolId}/client-registration`);
    const dialog = await edit(page, "Registration");
    await dialog.getByRole("checkbox", { name: "Let applications register" }).check();
    await dialog.getByRole("checkbox", { name: "Open registration" }).first().check();
    await dialog.getByRole("button", { name: "Allowed scopes" }).click();
    await page.getByRole("option", { name: "orders/read" }).click();
    await page.keyboard.press("Escape");
    await takeScreenshot(page, "registration-dialog");
    await save(page);
    await flash(page, "Dynamic client registration has been updated.").waitFor();
    expect((await described()).DcrConfiguration).toMatchObject({
      EnableStatus: "Enabled",
      OpenDcrEnabled: true,
      OpenDcrGrantTypes: ["code"],
      AllowedScopes: ["orders/read"],
    });
    const answer = await fetch(`${tested.server.url}/${poolId}/oauth2/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ client_name: "Agent", redirect_uris: ["http://localhost:3000/back"] }),
    });
    expect(answer.status).toBe(201);
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByRole("link", { name: "Agent" }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "registration", true);
    await page.getByRole("button", { name: "Delete app client: Agent" }).click();
    const confirm = page.getByRole("dialog");
    await confirm.getByRole("textbox").fill("Agent");
    await confirm.getByRole("button", { name: "Delete", exact: true }).click();
    await page.getByText("No registered clients").waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("create, change and delete terms of an app client", async () => {
    const page = await tested.open(`/user-pools/${poolId}/managed-login`);
    await page.getByRole("tab", { name: "Terms documents" }).click();
    await page.getByRole("button", { name: "Create terms document" }).click();
    const dialog = page.getByRole("dialog");
    const url = dialog.getByRole("textbox", { name: "URL" });
    await url.fill("http://example.com");
    await dialog.getByText("Enter an address that begins with https://").waitFor();
    await url.fill("https://example.com/terms");
    await dialog.getByRole("button", { name: "Add language" }).click();
    await url.nth(1).fill("https://example.com/zh");
    await takeScreenshot(page, "terms-dialog");
    await dialog.getByRole("button", { name: "Create terms document" }).click();
    await flash(page, "The terms document has been created.").waitFor();
    await page.getByText("简体中文: https://example.com/zh").waitFor();
    const list = new ListTermsCommand({ UserPoolId: poolId, MaxResults: 10 });
    expect((await tested.server.cognito.send(list)).Terms).toMatchObject([{ TermsName: "terms-of-use" }]);

    // The document that the app client lacks is proposed.
    await page.getByRole("button", { name: "Create terms document" }).click();
    await choose(page, "Document Privacy policy", "Terms of use");
    await url.fill("https://example.com/again");
    await dialog.getByRole("button", { name: "Create terms document" }).click();
    await dialog.getByText("The app client “shop” already has this document.").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();

    await page.getByRole("button", { name: "Edit: Terms of use, shop" }).click();
    await dialog.getByRole("button", { name: /^Remove: 简体中文/ }).click();
    await save(page);
    await flash(page, "The terms document has been updated.").waitFor();
    await page.getByText("简体中文: https://example.com/zh").waitFor({ state: "detached" });
    expect(await seriousFindings(page)).toEqual([]);

    await page.getByRole("button", { name: "Delete: Terms of use, shop" }).click();
    await dialog.getByRole("button", { name: "Delete", exact: true }).click();
    await flash(page, "The terms document has been deleted.").waitFor();
    expect((await tested.server.cognito.send(list)).Terms).toEqual([]);
    expect(clientId).not.toBe("");
  });

  it("raise a provisioned limit of the region", async () => {
    const page = await tested.open("/user-pools");
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let asked = 0;
    await page.route(`${tested.server.url}/`, async (route) => {
      if ((await route.request().headerValue("x-amz-target"))?.endsWith(".GetProvisionedLimit")) {
        asked++;
        await answered;
      }
      await route.continue();
    });
    await page.getByRole("link", { name: "Provisioned limits" }).click();
    // All categories are asked for before the first answer.
    await expect.poll(() => asked).toBe(6);
    answer();
    await page.getByRole("button", { name: "Edit: UserCreation" }).click();
    const field = page.getByRole("dialog").getByRole("textbox", { name: "Requests per second" });
    await field.fill("49");
    await page.locator('[aria-invalid="true"]').waitFor();
    await field.fill("80");
    await save(page);
    await flash(page, "The limit of UserCreation has been updated.").waitFor();
    await page.getByRole("gridcell", { name: "80", exact: true }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "limits", true);
    const { Limit } = await tested.server.cognito.send(
      new GetProvisionedLimitCommand({
        LimitDefinition: { LimitClass: "API_CATEGORY", Attributes: { Category: "UserCreation" } },
      }),
    );
    expect(Limit).toMatchObject({ ProvisionedLimitValue: 80, FreeLimitValue: 50 });
  });
});
