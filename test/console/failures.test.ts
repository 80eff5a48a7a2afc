/** The console when the server does not answer, or has other files than the loaded page. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import { type ConsoleUnderTest, startConsole } from "./support.ts";

describe("a page that was shown before", () => {
  let tested: ConsoleUnderTest;
  beforeAll(async () => {
    tested = await startConsole();
  });
  afterAll(() => tested.stop());

  it("keeps its content and shows an error while the server does not answer, and Retry loads its list later", async () => {
    const { poolId } = await createPoolAndClient(tested.server.cognito);
    const page = await tested.open(`/user-pools/${poolId}/users`);
    await page.getByText("No users").waitFor();
    // Not by being offline: queries are sent again when the browser is online again, so that Retry may go away before it is clicked.
    await page.route("**/*", (route) => route.abort());
    await page.getByRole("button", { name: "Refresh" }).click();
    // One for the pool, one for the list. Each goes as soon as its answer has come.
    const retry = page.getByRole("button", { name: "Retry" });
    await expect.poll(() => retry.count()).toBe(2);
    await page.getByText("The server doesn't answer").first().waitFor();
    await page.getByRole("heading", { level: 1, name: "Users" }).waitFor();
    await page.unroute("**/*");
    await retry.last().click();
    await expect.poll(() => retry.count()).toBe(1);
    await retry.click();
    await page.getByText("No users").waitFor();
    await page.getByText("The server doesn't answer").waitFor({ state: "detached" });
  });
});

// The browser's cache has what an earlier test loaded.
describe("a page whose script cannot be loaded", { shuffle: false }, () => {
  let tested: ConsoleUnderTest;
  beforeAll(async () => {
    tested = await startConsole();
  });
  afterAll(() => tested.stop());

  it("shows an error inside the frame while the server does not answer, and Retry loads it later", async () => {
    const page = await tested.open("/user-pools");
    await page.getByRole("heading", { level: 1, name: "User pools" }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole("link", { name: "Token decoder" }).click();
    await page.getByText("This page could not be shown").waitFor();
    await page.getByRole("link", { name: "IAM users" }).waitFor();

    const failed = page.waitForEvent("requestfailed");
    await page.getByRole("button", { name: "Retry" }).click();
    await failed;
    await page.getByText("This page could not be shown").waitFor();
    await page.context().setOffline(false);
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("heading", { level: 1, name: "Token decoder" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/console/token-decoder");
  });

  it("reloads the console once if the server has other files", async () => {
    const page = await tested.open("/user-pools");
    await page.getByRole("heading", { level: 1, name: "User pools" }).waitFor();
    let requests = 0;
    let isGone = true;
    await page.route(/token-decoder-.*\.js$/, async (route) => {
      requests++;
      if (isGone) await route.fulfill({ status: 404, body: "" });
      else await route.continue();
    });
    await page.getByRole("link", { name: "Token decoder" }).click();
    // The reload does not help here, and is not repeated.
    await page.getByText("This page could not be shown").waitFor();
    await expect.poll(() => requests).toBe(2);
    await page.getByText("This page could not be shown").waitFor();
    isGone = false;
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByRole("heading", { level: 1, name: "Token decoder" }).waitFor();
    expect(requests).toBe(3);
  });

  it("shows an error even if the texts cannot be loaded", async () => {
    const page = await tested.open("/user-pools");
    await page.route(/\/assets\/en-.*\.js$/, (route) => route.fulfill({ status: 404, body: "" }));
    await page.reload();
    await page.getByRole("button", { name: "Retry" }).waitFor();
  });
});
