import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { BrowserContext, Page } from "playwright-core";

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
}

/** The rules that look at nothing but the colors of texts. */
const COLOR_RULES = ["color-contrast", "link-in-text-block"];

const NEW_TEXT = "data-new-text";

/** Hashes of the kinds of text that were checked on a page, in any document that it has shown. */
const checkedKinds = new WeakMap<Page, Set<number>>();

/**
 * Marks the texts of kinds that are not yet among those of the page. Colors come from the style sheets, and from the classes of a text's
 * element and of those around it; axe spends most of its time on them.
 *
 * @returns whether there are any
 */
async function markNewTexts(page: Page, exclude: readonly string[]): Promise<boolean> {
  const known = checkedKinds.get(page) ?? new Set<number>();
  checkedKinds.set(page, known);
  const found = await page.evaluate<number[]>(`{
    const known = new Set(${JSON.stringify([...known])});
    const found = new Set();
    // FNV-1a
    const hash = (text, start) => [...text].reduce((sum, letter) => Math.imul(sum ^ letter.codePointAt(0), 0x01000193) >>> 0, start);
    const isText = (element) =>
      element.matches("input, textarea") ||
      [...element.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim() !== "");
    const kindOf = (element) =>
      [element.tagName, element.className, element.style.cssText, element.matches(":disabled"), element.ariaDisabled].join("|");
    const isLeftOut = (element) => ${JSON.stringify(exclude)}.some((selector) => element.matches(selector));
    const mark = (element, around) => {
      if (isLeftOut(element)) return;
      const kind = hash(kindOf(element), around);
      const isNew = isText(element) && element.checkVisibility() && !known.has(kind);
      element.toggleAttribute("${NEW_TEXT}", isNew);
      if (isNew) found.add(kind);
      for (const child of element.children) mark(child, kind);
    };
    const styles = [...document.querySelectorAll("style, link[rel=stylesheet]")].map(({ href, textContent }) => href + textContent);
    const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
    mark(document.documentElement, hash(styles.join() + isDark, 0x811c9dc5));
    [...found];
  }`);
  for (const kind of found) known.add(kind);
  return found.length > 0;
}

const contextsWithSource = new WeakSet<BrowserContext>();

/** Gives the later documents of a browser context the script of axe, which takes longer to be sent than to be run. */
async function keepSource(context: BrowserContext): Promise<void> {
  if (contextsWithSource.has(context)) return;
  contextsWithSource.add(context);
  await context.addInitScript(`globalThis.loadAxe = () => { ${source} }`);
}

/** The findings of axe on a page. It looks at the colors of texts of a kind once for each page object. */
export async function axeFindings(page: Page, { rules, exclude = [] }: AxeOptions = {}): Promise<Finding[]> {
  const hasNewTexts = await markNewTexts(page, exclude);
  if (!hasNewTexts && rules?.every((rule) => COLOR_RULES.includes(rule))) return [];
  for (const frame of page.frames()) {
    // Once per document, since running the script takes as long as applying a few rules.
    const has = await frame.evaluate<boolean>(
      `"axe" in globalThis || ("loadAxe" in globalThis && (globalThis.loadAxe(), true))`,
    );
    if (!has) await frame.evaluate(source);
  }
  await keepSource(page.context());
  const spec = { rules: [{ id: "color-contrast", selector: `[${NEW_TEXT}]` }] };
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
