/** The list of user pools with several selected, and the overview of a pool. */
import {
  AdminCreateUserCommand,
  CreateUserPoolCommand,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import {
  type ConsoleUnderTest,
  flash,
  partsThatTouch,
  seriousFindings,
  startConsole,
  takeScreenshot,
  visit,
} from "./support.ts";

let tested: ConsoleUnderTest;
beforeAll(async () => {
  tested = await startConsole();
});
afterAll(() => tested.stop());

describe("the list of user pools", () => {
  const names = ["alpha", "beta", "gamma", "guarded"];
  beforeEach(async () => {
    const existing = await poolNames();
    for (const PoolName of names.filter((name) => !existing.includes(name)))
      await tested.server.cognito.send(
        new CreateUserPoolCommand({
          PoolName,
          ...(PoolName === "guarded" && { DeletionProtection: "ACTIVE" }),
        }),
      );
  });

  const allNames = async () => {
    const { UserPools = [] } = await tested.server.cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    return UserPools.map(({ Name }) => Name ?? "");
  };
  const poolNames = async () => (await allNames()).filter((name) => names.includes(name)).sort();
  async function select(page: Page, ...pools: readonly string[]) {
    for (const name of pools)
      await page.getByRole("checkbox", { name: `Select ${name}`, exact: true }).check();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    return page.getByRole("dialog");
  }

  it("counts all pools, and those that a search finds", async () => {
    const { length: all } = await allNames();
    const page = await tested.open("/user-pools");
    await page.getByRole("link", { name: "gamma" }).waitFor();
    const heading = page.getByRole("heading", { level: 1 });
    await expect.poll(() => heading.textContent()).toMatch(new RegExp(`User pools\\s*\\(${all}\\)`));
    await page.getByRole("searchbox").fill("a");
    await page.getByRole("searchbox").fill("gamma");
    await expect.poll(() => heading.textContent()).toMatch(/User pools\s*\(1\)/);
  });

  it("deletes several pools after a word was entered, and keeps protected ones", async () => {
    const page = await tested.open("/user-pools");
    const dialog = await select(page, "alpha", "beta", "guarded");
    await dialog.getByText("2 user pools will be deleted for good").waitFor();
    await dialog.getByText(/^alpha \(us-east-1_\w+\): 0 users$/).waitFor();
    await dialog.getByText("Otherwise protected user pools are kept.").waitFor();
    const confirm = dialog.getByRole("button", { name: "Delete" });
    await confirm.click();
    await dialog.getByText("Enter “delete”, exactly as it is written here.").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "delete-user-pools");
    await dialog.getByRole("textbox").fill("delete");
    await confirm.click();
    await flash(page, "Deleted: 2 user pools.").waitFor();
    expect(await poolNames()).toEqual(["gamma", "guarded"]);
  });

  it("deletes protected pools if their protection is turned off in the dialog", async () => {
    const page = await tested.open("/user-pools");
    const dialog = await select(page, "gamma", "guarded");
    await dialog.getByRole("checkbox", { name: "Deactivate deletion protection of guarded" }).check();
    await dialog.getByText("2 user pools will be deleted for good").waitFor();
    await dialog.getByRole("textbox").fill("delete");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await flash(page, "Deleted: 2 user pools.").waitFor();
    expect(await poolNames()).toEqual(["alpha", "beta"]);
    expect(page.complaints).toEqual([]);
  });
});

describe("the overview of a user pool", () => {
  it("shows its plan, ARN, signing keys and what to set up next", async () => {
    const { poolId } = await createPoolAndClient(tested.server.cognito, { PoolName: "shop" });
    const page = await tested.open(`/user-pools/${poolId}/overview`);
    const main = page.getByRole("main");
    await main.getByText(`:userpool/${poolId}`).waitFor();
    await main.getByText(`/${poolId}/.well-known/jwks.json`).first().waitFor();
    await main.getByRole("link", { name: "Essentials" }).waitFor();
    await main.getByRole("heading", { name: "Recommendations" }).waitFor();
    for (const name of [
      "Set up your app: test",
      "Apply branding to your managed login pages",
      "Add a domain",
      "Let users sign in with passkeys",
      "Set up multi-factor authentication",
      "Turn on threat protection",
      "Activate deletion protection",
    ])
      await main.getByRole("link", { name }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await partsThatTouch(page)).toEqual([]);
    await takeScreenshot(page, "overview", true);
    await main.getByRole("link", { name: "Set up your app: test" }).click();
    await page.getByRole("heading", { level: 1, name: "test" }).waitFor();
    expect(page.complaints).toEqual([]);
  });

  it("counts the users again each time it is opened", async () => {
    const { poolId } = await createPoolAndClient(tested.server.cognito);
    const overview = `/console/user-pools/${poolId}/overview`;
    const page = await tested.open(`/user-pools/${poolId}/overview`);
    const count = page.getByRole("main").locator(`a[href="/console/user-pools/${poolId}/users"]`);
    await count.filter({ hasText: /^0$/ }).waitFor();
    await tested.server.cognito.send(
      new AdminCreateUserCommand({ UserPoolId: poolId, Username: "jane", MessageAction: "SUPPRESS" }),
    );
    await expect
      .poll(
        async () => {
          await visit(page, `/console/user-pools/${poolId}/users`);
          await visit(page, overview);
          return count.textContent();
        },
        { timeout: 20_000 },
      )
      .toBe("1");
  });

  it("shows sign-ins over time with threat protection, and no recommendation that was followed", async () => {
    const { UserPool } = await tested.server.cognito.send(
      new CreateUserPoolCommand({
        PoolName: "guarded shop",
        UserPoolTier: "PLUS",
        DeletionProtection: "ACTIVE",
        UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] } },
      }),
    );
    const page = await tested.open(`/user-pools/${UserPool?.Id}/overview`);
    await page.getByRole("heading", { name: "Sign-ins over time" }).waitFor();
    await page.getByRole("link", { name: "Create an app client" }).waitFor();
    const main = page.getByRole("main");
    for (const done of ["Turn on threat protection", "Activate deletion protection", /passkeys/])
      expect(await main.getByRole("link", { name: done }).count()).toBe(0);
    await visit(page, `/console/user-pools/${UserPool?.Id}/overview`);
    expect(page.complaints).toEqual([]);
  });
});
