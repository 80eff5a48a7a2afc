/** A server that answers late: what a page shows and lets people do meanwhile. */
import type { Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../console/src/app/paths.ts";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, flash, startConsole } from "./support.ts";

describe("a page of the console on a slow server", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    ({ poolId } = await createPoolAndClient(tested.server.cognito));
  });
  afterAll(() => tested.stop());

  const open = (address: string) => tested.open(address.replace("/console", ""));

  /** Keeps back the calls of an operation after the first `passing` until `letThrough` is called. */
  async function hold(page: Page, operation: string, passing = 0) {
    const held: Route[] = [];
    let isHeld = true;
    let left = passing;
    const address = `${tested.server.url}/`;
    await page.route(address, (route, request) => {
      const isOne = request.headers()["x-amz-target"]?.endsWith(`.${operation}`);
      if (isHeld && isOne && left-- <= 0) held.push(route);
      else void route.continue();
    });
    return {
      count: () => held.length,
      letThrough: async () => {
        isHeld = false;
        await Promise.all(held.map((route) => route.continue()));
        await page.unroute(address);
      },
    };
  }

  it("keeps the dialog until the changed settings are loaded, so that no old ones look saved", async () => {
    const page = await open(paths.settings(poolId));
    await page.getByRole("button", { name: "Edit: Feature plan" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "Plus" }).check();
    // UpdateUserPool takes all settings, which are described before.
    const description = await hold(page, "DescribeUserPool", 1);
    await dialog.getByRole("button", { name: "Save changes" }).click();
    await flash(page, /plan/).waitFor();
    await expect.poll(description.count).toBe(1);
    expect(await dialog.isVisible()).toBe(true);
    await description.letThrough();
    await dialog.waitFor({ state: "detached" });
    await page.locator("main").getByText("Plus", { exact: true }).waitFor();
  });

  it("creates one group if the button is clicked twice before the page can show that it is at work", async () => {
    const page = await open(paths.createGroup(poolId));
    await page.getByLabel("Group name").fill("twice");
    const creation = await hold(page, "CreateGroup");
    await page.getByRole("button", { name: "Create group" }).evaluate((button) => {
      (button as HTMLElement).click();
      (button as HTMLElement).click();
    });
    await expect.poll(creation.count).toBe(1);
    await creation.letThrough();
    await flash(page, "Group “twice” has been created successfully.").waitFor();
    expect(creation.count()).toBe(1);
  });

  it("offers to edit settings once they are loaded", async () => {
    const page = await open(paths.groups(poolId));
    const config = await hold(page, "GetUserPoolMfaConfig");
    await page.getByRole("link", { name: "Sign-in", exact: true }).click();
    const edit = page.getByRole("button", { name: "Edit: Multi-factor authentication" });
    await edit.waitFor();
    expect(await edit.isDisabled()).toBe(true);
    await config.letThrough();
    await edit.click();
    await page.getByRole("dialog").waitFor();
  });
});
