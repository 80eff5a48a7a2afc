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

it("checks the colors of a text again only where its kind, its style sheet or the color scheme is another", async () => {
  const page = await browsing.open();
  const check = async (style: string, body = `<p class="faint">faint</p>`) => {
    await page.setContent(`<html lang="en"><title>Page</title><style>${style}</style>${body}`);
    return (await axeFindings(page, { rules: ["color-contrast"] })).length;
  };
  const faint = ".faint { color: #eee; background: #fff }";
  expect(await check(".faint { color: #000; background: #fff }")).toBe(0);
  expect(await check(faint)).toBe(1);
  expect(await check(faint)).toBe(0);
  expect(await check(faint, `<div><p class="faint">faint</p></div>`)).toBe(1);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await check(faint)).toBe(1);
});
