import { afterAll, expect, it } from "vitest";
import { axeFindings } from "./axe.ts";
import { startBrowsing } from "./browsing.ts";

const browsing = startBrowsing();
afterAll(() => browsing.close());

it("finds text without contrast, though pages of tests are not drawn", async () => {
  const page = await browsing.open();
  await page.setContent(
    `<html lang="en"><title>Page</title><p style="color: #eee; background: #fff">faint</p>`,
  );
  const findings = await axeFindings(page, { rules: ["color-contrast"] });
  expect(findings.map(({ text }) => text)).toEqual(["color-contrast: p"]);
});
