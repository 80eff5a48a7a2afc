/**
 * Writes the parts of the documentation that are made from the code: the settings, and the operations of the API
 * and its settings without effect. A test fails if a page is not up to date.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operationNames } from "../src/api-model/index.ts";
import { settingsTable } from "../src/config/index.ts";
import { clientSettingsNotActedOn, poolSettingsNotActedOn } from "../src/user-pools/index.ts";

const root = join(import.meta.dirname, "..");

const generated = /(?<=<!-- generated: npm run docs -->\n)[\s\S]*?(?=<!-- \/generated -->)/;

function compatibilityTables(): string {
  const names = [...operationNames].sort().map((name) => `\`${name}\``);
  const row = (of: string, { setting, instead }: { setting: string; instead: string }) =>
    `| ${of} | \`${setting}\` | ${instead} |`;
  const rows = [
    ...poolSettingsNotActedOn.map((setting) => row("user pools", setting)),
    ...clientSettingsNotActedOn.map((setting) => row("app clients", setting)),
  ];
  return [
    `## Operations (${names.length}, all work)`,
    "",
    names.join(", "),
    "",
    "## Settings that are stored and returned, and have no effect",
    "",
    "Setting one of these is logged as a warning.",
    "",
    "| of | setting | instead |",
    "| --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

/** The text of each page, by its path. */
export function generatedPages(): Map<string, string> {
  const compatibility = join(root, "docs/compatibility.md");
  return new Map([
    [
      join(root, "docs/configuration.md"),
      [
        "# Configuration",
        "",
        "Every setting can be given as a flag, in the environment, or by name in a YAML or JSON file that `--config FILE` (or",
        "`COGNATE_CONFIG`) names. Flags come before the environment, the environment before the file. A setting that is wrong",
        "stops the start with a message that names it. This page is made by `npm run docs`.",
        "",
        settingsTable(),
      ].join("\n"),
    ],
    [compatibility, readFileSync(compatibility, "utf8").replace(generated, compatibilityTables)],
  ]);
}

if (import.meta.main) {
  for (const [file, text] of generatedPages()) writeFileSync(file, text);
}
