import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

export interface Finding {
  readonly impact: string | null | undefined;
  /** The rule, and where it is broken. */
  readonly text: string;
}

/** What axe finds on a page. @param rules some of its rules; all of them unless given */
export async function axeFindings(page: Page, rules?: readonly string[]): Promise<Finding[]> {
  // The other mode looks into frames of other origins, of which there are none, and takes three times as long.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  if (rules !== undefined) axe.withRules([...rules]);
  const { violations } = await axe.analyze();
  return violations.map(({ id, impact, nodes }) => ({
    impact,
    text: `${id}: ${nodes.map(({ target }) => target.join(" ")).join("; ")}`,
  }));
}
