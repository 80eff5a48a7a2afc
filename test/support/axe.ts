import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

export interface Finding {
  readonly impact: string | null | undefined;
  /** The rule, and where it is broken. */
  readonly text: string;
}

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export interface AxeOptions {
  /** Some of axe's rules; all of them unless given. */
  readonly rules?: readonly string[] | undefined;
  /** Selectors of parts of the page that are not checked. */
  readonly exclude?: readonly string[] | undefined;
  /** A selector of the elements whose contrast is checked; all of them unless given. */
  readonly contrastOf?: string | undefined;
}

/** What axe finds on a page. */
export async function axeFindings(
  page: Page,
  { rules, exclude = [], contrastOf = "*" }: AxeOptions = {},
): Promise<Finding[]> {
  // Once per document, since reading the script takes as long as applying a few rules.
  for (const frame of page.frames())
    if (!(await frame.evaluate('"axe" in window'))) await frame.evaluate(source);
  const spec = { rules: [{ id: "color-contrast", selector: contrastOf }] };
  const options: RunOptions = { resultTypes: ["violations"], ...(rules && { runOnly: [...rules] }) };
  // As text, since the browser's own names are not among the types of these tests.
  const { violations } = await page.evaluate<AxeResults>(
    `globalThis.drawPage?.(true);
    axe.configure(${JSON.stringify(spec)});
    axe.run({ exclude: ${JSON.stringify(exclude)} }, ${JSON.stringify(options)}).finally(() => globalThis.drawPage?.(false))`,
  );
  return violations.map(({ id, impact, nodes }) => ({
    impact,
    text: `${id}: ${nodes.map(({ target }) => target.join(" ")).join("; ")}`,
  }));
}
