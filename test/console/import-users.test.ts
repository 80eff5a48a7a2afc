import { readFile } from "node:fs/promises";
import {
  CreateUserPoolCommand,
  ListUserImportJobsCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetRoleCommand, GetRolePolicyCommand, ListRolePoliciesCommand } from "@aws-sdk/client-iam";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { iamClient } from "../support/iam.ts";
import {
  type ConsoleUnderTest,
  choose,
  flash,
  partsThatTouch,
  seriousFindings,
  startConsole,
  takeScreenshot,
} from "./support.ts";

/** Of the documentation of the Apache HTTP Server, "Password Formats": what htpasswd makes of `myPassword`. */
const HASH = "$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC";

const csv = (...rows: string[]) =>
  ["cognito:username,email,email_verified,password_hash", ...rows].join("\n");
const row = (name: string, hash = "") => `${name},${name}@example.com,true,${hash}`;

// The later tests look at the users and jobs of the earlier ones.
describe("the page Import users", { shuffle: false }, () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  let address: string;

  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    const { UserPool } = await tested.server.cognito.send(
      new CreateUserPoolCommand({ PoolName: "imported", AutoVerifiedAttributes: ["email"] }),
    );
    poolId = UserPool?.Id ?? "";
    address = `/user-pools/${poolId}/users/import`;
  });
  afterAll(() => tested.stop());

  const jobRow = (page: Page, name: string) =>
    page.getByRole("grid", { name: "Import jobs" }).getByRole("row").filter({ hasText: name });

  it("imports a file that is dropped on it, and shows the log of its rows", async () => {
    const page = await tested.open(address);
    await page.getByRole("button", { name: "Create import job" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Job name" }).fill("first");
    await choose(page, "Password hashes", "bcrypt");
    // As text, since the browser's own names are not among the types of these tests.
    const content = JSON.stringify(csv(row("ana", HASH), row("bob"), row("ana"), "eve,eve@example.com,no,"));
    const transfer = await page.evaluateHandle(`(() => {
      const data = new DataTransfer();
      data.items.add(new File([${content}], "people.csv", { type: "text/csv" }));
      return data;
    })()`);
    const zone = dialog.getByText("Drop the CSV file here, or");
    for (const type of ["dragenter", "dragover", "drop"])
      await zone.dispatchEvent(type, { dataTransfer: transfer });
    await dialog.getByText("people.csv, 0.2 KiB").waitFor();
    await dialog.getByRole("radio", { name: "Create a new IAM role", checked: true }).waitFor();
    await dialog.getByRole("textbox", { name: "IAM role name" }).fill("User import");
    await dialog.getByRole("button", { name: "Create and start job" }).click();
    await dialog.getByText("Enter a name in the format below.").waitFor();
    await dialog.getByRole("textbox", { name: "IAM role name" }).fill("Cognito-UserImport");
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "import-create");
    await dialog.getByRole("button", { name: "Create and start job" }).click();
    await flash(page, "Import job “first” has been started.").waitFor();
    await jobRow(page, "first").getByText("Succeeded").waitFor();
    await jobRow(page, "first").getByText("Import Job Completed Successfully.").waitFor();
    const iam = iamClient(tested.server);
    const RoleName = "Cognito-UserImport";
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toContain("cognito-idp.amazonaws.com");
    const { PolicyNames: [PolicyName = ""] = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
    const policy = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    expect(decodeURIComponent(policy.PolicyDocument ?? "")).toContain(
      "arn:aws:logs:us-east-1:123456789012:log-group:/aws/cognito/*",
    );
    iam.destroy();
    const { UserImportJobs: [job] = [] } = await tested.server.cognito.send(
      new ListUserImportJobsCommand({ UserPoolId: poolId, MaxResults: 1 }),
    );
    expect(job?.CloudWatchLogsRoleArn).toBe(Role?.Arn);
    await page.getByTestId("imported-passwords").getByText("1", { exact: true }).waitFor();

    await page.getByRole("button", { name: "Log of first" }).click();
    const log = page.getByRole("dialog", { name: "Log of first" });
    await log.getByText("The user already exists.").waitFor();
    await log.getByText("does not set any of the auto verified attributes").waitFor();
    expect(await log.getByText("The import succeeded.").count()).toBe(0);
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "import-log");
    await log.getByText("Only rows that were not imported").click();
    await log.getByText("The import succeeded.").first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      log.getByRole("button", { name: "Download log" }).click(),
    ]);
    expect((await readFile(await download.path(), "utf8")).split("\n")).toHaveLength(5);
    expect(page.complaints).toEqual([]);
  });

  it("marks users with an imported hash in the list and on their page", async () => {
    const page = await tested.open(`/user-pools/${poolId}/users`);
    const person = (name: string) => page.getByRole("row").filter({ hasText: `${name}@example.com` });
    await person("ana").getByText("Imported hash").waitFor();
    expect(await person("bob").getByText("Imported hash").count()).toBe(0);
    await takeScreenshot(page, "import-users-list");
    await person("ana").getByRole("link").first().click();
    await page.getByText("Imported hash (bcrypt): no SRP until the first sign-in").waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("says that it is unknown which users have an imported hash", async () => {
    const page = await tested.open(`/user-pools/${poolId}/users`);
    await page.getByText("Imported hash").waitFor();
    await page.route("**/imported-hashes?**", (route) => route.abort());
    for (const place of ["list", "page"]) {
      if (place === "list") await page.getByRole("button", { name: "Refresh" }).click();
      else await page.getByRole("row").filter({ hasText: "ana@" }).getByRole("link").first().click();
      await page.getByText("The server doesn't answer").waitFor();
    }
    await page.unroute("**/imported-hashes?**");
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByText("Imported hash (bcrypt): no SRP until the first sign-in").waitFor();
  });

  it("downloads the header of the pool as a file", async () => {
    const page = await tested.open(address);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download CSV header" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${poolId}-header.csv`);
    const header = await readFile(await download.path(), "utf8");
    expect(header).toMatch(/^name,given_name,.*,cognito:mfa_enabled,cognito:username\r\n$/);
  });

  it("starts a job later, shows its progress and stops it", async () => {
    const page = await tested.open(address);
    await page.getByRole("button", { name: "Create import job" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "Job name" }).fill("large");
    await dialog.getByRole("radio", { name: "Use an existing IAM role", checked: true }).waitFor();
    const arn = await dialog.getByRole("textbox", { name: "IAM role ARN" }).inputValue();
    expect(arn).toBe("arn:aws:iam::123456789012:role/service-role/Cognito-UserImport");
    const rows = Array.from({ length: 60_000 }, (_, number) => row(`user${number}`));
    await dialog
      .locator('input[type="file"]')
      .setInputFiles({ name: "large.csv", mimeType: "text/csv", buffer: Buffer.from(csv(...rows)) });
    await dialog.getByText("Start the job after the upload").click();
    await dialog.getByRole("button", { name: "Create job" }).click();
    await flash(page, "Import job “large” has been created.").waitFor();
    await page.getByRole("button", { name: "Start large" }).click();
    await page.getByRole("progressbar", { name: "Progress of large" }).waitFor();
    await takeScreenshot(page, "import-progress");
    await page.getByRole("button", { name: "Stop large" }).click();
    const question = page.getByRole("dialog");
    await question.getByText("Users who have been imported by then stay").waitFor();
    await question.getByRole("button", { name: "Stop" }).click();
    await flash(page, "Import job “large” has been stopped.").waitFor();
    await jobRow(page, "large").getByText("Stopped", { exact: true }).waitFor();
    const { UserImportJobs: [job] = [] } = await tested.server.cognito.send(
      new ListUserImportJobsCommand({ UserPoolId: poolId, MaxResults: 1 }),
    );
    expect(job).toMatchObject({ JobName: "large", Status: "Stopped" });
    expect(page.complaints).toEqual([]);
  });

  it("shows the reason if a job cannot start", async () => {
    const page = await tested.open(address);
    await page.getByRole("button", { name: "Create import job" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Create and start job" }).click();
    await dialog.getByText("Choose a CSV file of at most 100 MB.").waitFor();
    await dialog
      .locator('input[type="file"]')
      .setInputFiles({ name: "a.csv", mimeType: "text/csv", buffer: Buffer.from("a") });
    await tested.server.cognito.send(new UpdateUserPoolCommand({ UserPoolId: poolId }));
    await dialog.getByRole("button", { name: "Create and start job" }).click();
    await dialog.getByText("The user pool has no auto verified attributes.").waitFor();
    await page.reload();
    await page.getByText("This user pool verifies neither.").waitFor();
    await page.getByRole("link", { name: "Attribute verification and user account confirmation" }).waitFor();
  });

  it("shows the progress of cognate import-users, and the users that were not imported", async () => {
    const send = (position: number, names: readonly string[], isLast: boolean) =>
      fetch(`${tested.server.url}/_cognate/user-imports?poolId=${poolId}`, {
        method: "POST",
        body: JSON.stringify({
          ...{ id: "realm.1", source: "realm.json", totalBytes: 1000, position, isLast },
          bytes: (position + names.length) * 100,
          users: names.map((username) => ({ username, attributes: {} })),
        }),
      });
    await send(0, ["dan", "ana", "fay"], false);
    const page = await tested.open(address);
    await page.getByRole("progressbar", { name: "Progress of realm.json" }).waitFor();
    await takeScreenshot(page, "import-bulk", true);
    await page.getByRole("button", { name: "Show who was not imported of realm.json" }).click();
    const dialog = page.getByRole("dialog", { name: "Not imported of realm.json" });
    await dialog.getByText("The user already exists.").waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();
    await send(3, ["gus"], true);
    await page
      .getByRole("grid", { name: "Imports with cognate import-users" })
      .getByText("Finished")
      .waitFor();
    expect(page.complaints).toEqual([]);
  });

  it.each([
    ["narrow", { viewport: { width: 390, height: 844 } }],
    ["dark-ja", { colorScheme: "dark", language: "ja" }],
    ["narrow-ja", { viewport: { width: 390, height: 844 }, language: "ja" }],
  ] as const)("has no serious axe findings: %s", async (name, options) => {
    const page = await tested.open(address, options);
    await page.getByTestId("imported-passwords").waitFor();
    await page.getByText("realm.json").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await partsThatTouch(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await takeScreenshot(page, `import-${name}`, true);
    await page
      .getByRole("button", { name: name.endsWith("ja") ? "インポートジョブを作成" : "Create import job" })
      .click();
    await page.getByRole("dialog").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, `import-create-${name}`);
  });
});
