/** Lists that are sorted, and the help panel beside pages. */
import { CreateGroupCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPoolAndClient } from "../support/server.ts";
import {
  type ConsolePage,
  type ConsoleUnderTest,
  seriousFindings,
  startConsole,
  takeScreenshot,
} from "./support.ts";

describe("a list in the console", () => {
  let tested: ConsoleUnderTest;
  let poolId: string;
  beforeAll(async () => {
    tested = await startConsole({}, { staysLoaded: true });
    const { cognito } = tested.server;
    ({ poolId } = await createPoolAndClient(cognito, { PoolName: "sorted" }));
    const groups = [
      ["team 10", 3],
      ["team 9", 1],
      ["admins", undefined],
      ...Array.from({ length: 20 }, (_, index) => [`z${index}`, 10 + index] as const),
    ] as const;
    for (const [GroupName, Precedence] of groups)
      await cognito.send(
        new CreateGroupCommand({
          UserPoolId: poolId,
          GroupName: GroupName.replace(" ", "-"),
          ...(Precedence !== undefined && { Precedence }),
        }),
      );
  });
  afterAll(() => tested.stop());

  const firstNames = (page: ConsolePage, count: number) =>
    page
      .locator("tbody th a, tbody td a")
      .evaluateAll((links, wanted) => links.slice(0, wanted).map((link) => link.textContent ?? ""), count);
  const sortBy = (page: ConsolePage, header: string) =>
    // By the keyboard: the header that stays in view is a copy, which assistive technology does not see.
    page.getByRole("columnheader", { name: header }).getByRole("button").press("Enter");

  it("is sorted by a column over all of its pages, and keeps the order in its address", async () => {
    const page = await tested.open(`/user-pools/${poolId}/groups`);
    await page.getByRole("link", { name: "admins" }).waitFor();
    await page.getByRole("heading", { level: 1, name: "Groups (20+)" }).waitFor();
    await sortBy(page, "Precedence");
    await expect.poll(() => firstNames(page, 3)).toEqual(["team-9", "team-10", "z0"]);
    // For the order all of them were loaded.
    await page.getByRole("heading", { level: 1, name: "Groups (23)" }).waitFor();
    expect(await page.getByRole("button", { name: /^Page \d+ of/ }).allTextContents()).toEqual(["1", "2"]);
    await sortBy(page, "Precedence");
    await expect.poll(() => firstNames(page, 2)).toEqual(["z19", "z18"]);
    await page.getByRole("button", { name: "Next page" }).click();
    await expect.poll(() => firstNames(page, 3)).toEqual(["team-10", "team-9", "admins"]);
    await page.reload();
    await expect.poll(() => firstNames(page, 3)).toEqual(["team-10", "team-9", "admins"]);
    await sortBy(page, "Group name");
    await expect.poll(() => firstNames(page, 3)).toEqual(["admins", "team-9", "team-10"]);
    expect(await seriousFindings(page)).toEqual([]);
    expect(page.complaints).toEqual([]);
  });

  it("is sorted anew in another language, which may have another order", async () => {
    const { cognito } = tested.server;
    const { poolId: UserPoolId } = await createPoolAndClient(cognito);
    for (const GroupName of ["一", "亜"])
      await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName }));
    const page = await tested.open(`/user-pools/${UserPoolId}/groups?sort=name`);
    await expect.poll(() => firstNames(page, 2)).toEqual(["一", "亜"]);
    await page.getByRole("button", { name: "Preferences" }).first().click();
    await page.getByRole("menuitem", { name: "日本語" }).click();
    await expect.poll(() => firstNames(page, 2)).toEqual(["亜", "一"]);
  });

  it("opens its help panel by the link Info", async () => {
    const page = await tested.open(`/user-pools/${poolId}/users`);
    await page.getByRole("button", { name: "Info about this page" }).first().click();
    await page
      .getByText("A search finds users whose attribute begins with what you enter.")
      .first()
      .waitFor();
    await page.getByText("Was created with a temporary password").waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await takeScreenshot(page, "help-users");
    await page.getByRole("link", { name: "App clients" }).first().click();
    await page.getByText("An application signs users in through an app client").waitFor();
    await page.getByRole("button", { name: "Close help" }).first().click();
    await page.getByText("An application signs users in through an app client").waitFor({ state: "hidden" });
    expect(page.complaints).toEqual([]);
  });
});
