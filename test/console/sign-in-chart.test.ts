import { AdminInitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";
import {
  type ConsolePage,
  type ConsoleUnderTest,
  partsThatTouch,
  seriousFindings,
  startConsole,
  takeScreenshot,
} from "./support.ts";

const PASSWORD = "Perm4nent!";
/** Of the reader: nine hours before UTC, so that a day of UTC is not a day of the chart. */
const ZONE = "Asia/Tokyo";

/** The times of sign-ins with the right and with a wrong password. In Tokyo all but the first are on June 10. */
const SIGN_INS = [
  { at: "2030-06-08T14:10:00Z", right: 1, wrong: 0 },
  { at: "2030-06-09T15:05:00Z", right: 2, wrong: 1 },
  { at: "2030-06-10T09:20:00Z", right: 0, wrong: 2 },
  { at: "2030-06-10T11:40:00Z", right: 3, wrong: 1 },
] as const;

describe("the chart of sign-ins", () => {
  let tested: ConsoleUnderTest;
  let overview: string;

  beforeAll(async () => {
    tested = await startConsole();
    const { cognito, clock } = tested.server;
    const { poolId: UserPoolId, clientId: ClientId } = await createPoolAndClient(cognito, {
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
    });
    const Username = "jane";
    await createConfirmedUser(cognito, { UserPoolId, Username, Password: PASSWORD });
    const signIn = (password: string) =>
      cognito.send(
        new AdminInitiateAuthCommand({
          UserPoolId,
          ClientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: Username, PASSWORD: password },
        }),
      );
    for (const { at, right, wrong } of SIGN_INS) {
      clock?.set(Date.parse(at));
      for (let count = 0; count < right; count++) await signIn(PASSWORD);
      for (let count = 0; count < wrong; count++)
        await expect(signIn("Wr0ng-one!")).rejects.toThrow("Incorrect username or password.");
    }
    clock?.set(Date.parse("2030-06-10T12:30:00Z"));
    overview = `/user-pools/${UserPoolId}/overview`;
  });
  afterAll(() => tested.stop());

  async function open(period: string): Promise<ConsolePage> {
    const page = await tested.open(overview, { timezoneId: ZONE });
    await page.getByRole("button", { name: period }).click();
    return page;
  }

  /** The rows of the table with any sign-in: when, passed, passed with risk, failed, blocked. */
  async function rowsOf(page: ConsolePage): Promise<string[]> {
    await page.getByRole("button", { name: "Show as a table" }).click();
    const table = page.getByRole("table", { name: "Sign-ins over time" });
    await table.waitFor();
    const rows = await table
      .getByRole("row")
      .evaluateAll((all) =>
        all.map((row) => [...row.querySelectorAll("th, td")].map((cell) => cell.textContent).join(" | ")),
      );
    return rows.slice(1).filter((row) => !row.endsWith("0 | 0 | 0 | 0"));
  }

  it("counts them by the hour of the browser's time zone", async () => {
    const page = await open("24 hours");
    await page.getByText("Passed: 5 · Passed with risk: 0 · Failed: 4 · Blocked: 0").first().waitFor();
    expect(await rowsOf(page)).toEqual([
      "8:00 PM | 3 | 0 | 1 | 0",
      "6:00 PM | 0 | 0 | 2 | 0",
      "12:00 AM | 2 | 0 | 1 | 0",
    ]);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await partsThatTouch(page)).toEqual([]);
    await takeScreenshot(page, "sign-in-chart-table", true);
  });

  it("counts them by the day of the browser's time zone", async () => {
    const page = await open("7 days");
    await page.getByText("Passed: 6 · Passed with risk: 0 · Failed: 4 · Blocked: 0").first().waitFor();
    expect(await rowsOf(page)).toEqual(["Jun 10 | 5 | 0 | 4 | 0", "Jun 8 | 1 | 0 | 0 | 0"]);
  });

  it("shows the numbers of a bar that has the keyboard focus", async () => {
    const page = await open("7 days");
    await page.getByText("Passed: 6").first().waitFor();
    await page.getByRole("button", { name: "30 days" }).focus();
    await page.keyboard.press("Tab");
    await page.locator('[role="application"]:focus').waitFor();
    // The bars follow each other in a circle: June 4 first, then the last one.
    await page.keyboard.press("ArrowLeft");
    await page.locator("[class*=popover]", { hasText: "Jun 4Passed0" }).first().waitFor();
    await page.keyboard.press("ArrowLeft");
    await page
      .locator("[class*=popover]", { hasText: "Jun 10Passed5Passed with risk0Failed4Blocked0" })
      .first()
      .waitFor();
    expect(page.complaints).toEqual([]);
  });
});
