/** The frame around every page: finding things, the moved clock, the skip link. */
import { AdminCreateUserCommand, CreateGroupCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { durationParts } from "../../console/src/rules/tools/duration.ts";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, seriousFindings, startConsole } from "./support.ts";

describe("the frame of the console", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  beforeAll(async () => {
    tested = await startConsole({}, { announces: true });
    const { cognito } = tested.server;
    ({ poolId } = await createPoolAndClient(cognito, {
      PoolName: "findable",
      UsernameAttributes: ["email"],
    }));
    await cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: poolId,
        Username: "jane@example.com",
        UserAttributes: [{ Name: "email", Value: "jane@example.com" }],
        MessageAction: "SUPPRESS",
      }),
    );
    await cognito.send(new CreateGroupCommand({ UserPoolId: poolId, GroupName: "janitors" }));
  });
  afterAll(() => tested.stop());

  it("opens the list of user pools at its root, and links to no missing page", async () => {
    const page = await tested.open("/user-pools");
    await page.addInitScript(`window.titles = [];
      new MutationObserver(() => window.titles.push(document.title)).observe(document, { childList: true, subtree: true })`);
    await page.goto(`${tested.server.url}/`);
    await page.getByRole("heading", { level: 1, name: "User pools" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/console/user-pools");
    expect(await page.evaluate("window.titles")).not.toContain("Page not found · Cognate");
  });

  it("finds pages, pools, users and groups with Ctrl+K", async () => {
    const page = await tested.open("/user-pools");
    await page.getByRole("heading", { level: 1, name: "User pools" }).waitFor();
    await page.keyboard.press("Control+k");
    const field = page.getByRole("dialog").getByRole("combobox");
    await field.fill("findab");
    await page.getByRole("option", { name: /findable/ }).click();
    await page.getByRole("heading", { level: 1, name: "findable" }).waitFor();

    await page.getByRole("button", { name: "Find (Ctrl+K)" }).click();
    await field.fill("jan");
    await page.getByRole("option", { name: /janitors/ }).waitFor();
    await page.getByRole("option", { name: /jane@example.com/ }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await field.press("Escape");
    await field.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Find (Ctrl+K)" }).click();
    await field.fill("message");
    await page.getByRole("option", { name: "Message templates" }).waitFor();
    await field.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Message templates" }).waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("opens a user pool by its ID for a person who may not list any", async () => {
    const page = await tested.open("/user-pools");
    await page.route(`${tested.server.url}/`, async (route) => {
      const target = (await route.request().headerValue("x-amz-target")) ?? "";
      if (!/List(UserPools|Groups)$/.test(target)) return route.continue();
      const error = { __type: "AccessDeniedException", message: "User is not authorized." };
      return route.fulfill({ status: 400, json: error });
    });
    await page.getByRole("button", { name: "Refresh" }).click();
    await page.getByText("If you know the ID of a user pool, open it with Find").waitFor();
    await page.keyboard.press("Control+k");
    const field = page.getByRole("dialog").getByRole("combobox");
    await field.fill(poolId);
    await page.getByRole("option", { name: new RegExp(`^${poolId}`) }).click();
    await page.getByRole("heading", { level: 1, name: "findable" }).waitFor();

    // What may be listed is found.
    await page.keyboard.press("Control+k");
    await field.fill("test");
    await page.getByRole("option", { name: /^test/ }).waitFor();
    await page.unroute(`${tested.server.url}/`);
  });

  it("shows three lines of a long pool name in the navigation", async () => {
    const { poolId } = await createPoolAndClient(tested.server.cognito, {
      PoolName: "long name ".repeat(12),
    });
    const page = await tested.open(`/user-pools/${poolId}/groups`);
    const heading = page.getByRole("navigation").getByRole("heading", { name: /^long name long name/ });
    // Three lines and the space around them; all of the name would take six.
    expect((await heading.boundingBox())?.height).toBeLessThan(120);
  });

  it("shows on each page that the clock was moved, with a link to its page", async () => {
    const page = await tested.open("/clock");
    await page.getByRole("button", { name: "7 days" }).click();
    await page.getByRole("link", { name: "Clock moved: 7 d" }).waitFor();
    await page.getByRole("link", { name: "IAM users" }).click();
    await page.getByRole("link", { name: "Clock moved: 7 d" }).click();
    await page.getByRole("button", { name: "Back to the system's time" }).click();
    await page.getByRole("link", { name: /Clock moved/ }).waitFor({ state: "detached" });
  });

  it("has its messages and errors read out by screen readers", async () => {
    const page = await tested.open(`/user-pools/${poolId}/groups/create`);
    await page.getByLabel("Group name").fill("janitors");
    await page.getByRole("button", { name: "Create group" }).click();
    await page.getByRole("alert").getByText("GroupExistsException").waitFor();
    await page.getByLabel("Group name").fill("cleaners");
    await page.getByRole("button", { name: "Create group" }).click();
    const notifications = page.getByRole("region", { name: "Notifications" });
    await notifications.getByRole("status").getByText("Group “cleaners” has been created").waitFor();
    await page.locator('[aria-live="polite"]', { hasText: "Group “cleaners” has been created" }).waitFor({
      state: "attached",
    });
  });

  it("shows one message at a time, and the others on request", async () => {
    const page = await tested.open(`/user-pools/${poolId}/sign-in`, {
      viewport: { width: 720, height: 450 },
    });
    for (const setting of ["User account recovery", "Device tracking"]) {
      await page.getByRole("button", { name: `Edit: ${setting}` }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
    }
    const notifications = page.getByRole("region", { name: "Notifications" });
    await notifications.getByText("Device tracking has been updated.").waitFor();
    const earlier = notifications.getByText("User account recovery has been updated.");
    expect(await earlier.count()).toBe(0);
    await notifications.getByRole("button", { name: /notifications/i }).click();
    await earlier.waitFor();
    expect(await seriousFindings(page, {})).toEqual([]);
  });

  it("shows where the focus is in a block of code", async () => {
    const page = await tested.open(`/user-pools/${poolId}/overview`);
    const code = page.locator("pre").first();
    // By keyboard: a script's focus does not count as visible.
    await code.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    await code.and(page.locator(":focus-visible")).waitFor();
    const styleOf = (property: string) =>
      code.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
    expect(await styleOf("outline-style")).toBe("solid");
    expect(await styleOf("outline-color")).toBe("rgb(0, 108, 224)");
  });

  it("offers a skip link to the content as the first focus", async () => {
    const page = await tested.open("/iam/users");
    await page.getByRole("heading", { level: 1, name: "IAM users" }).waitFor();
    await page.keyboard.press("Tab");
    await page.locator("button:focus", { hasText: "Skip to content" }).waitFor();
    await page.keyboard.press("Enter");
    await page.locator("h1:focus", { hasText: "IAM users" }).waitFor();
  });
});

describe("durationParts", () => {
  it.each([
    [0, []],
    [180_000, [["minutes", 3]]],
    [-86_400_000, [["days", 1]]],
    [
      90_061_000,
      [
        ["days", 1],
        ["hours", 1],
        ["minutes", 1],
      ],
    ],
  ])("splits %i ms into %j", (milliseconds, parts) => expect(durationParts(milliseconds)).toEqual(parts));
});
