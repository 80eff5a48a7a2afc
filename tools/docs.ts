/**
 * Writes the parts of the documentation that are derived: the settings, the operations of the API and its settings without
 * effect, from the code; the list of decisions from their titles. A test fails if a page is not up to date.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operationNames } from "../src/api-model/index.ts";
import { settingsTable } from "../src/config/index.ts";
import { clientSettingsNotActedOn, poolSettingsNotActedOn } from "../src/user-pools/index.ts";

const root = join(import.meta.dirname, "..");

const generated = /(?<=<!-- generated: npm run docs -->\n)[\s\S]*?(?=<!-- \/generated -->)/;

function compatibilityTables(): string {
  const names = [...operationNames()].sort().map((name) => `\`${name}\``);
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

function decisionsIndex(): string {
  const folder = join(root, "docs/decisions");
  const items = globSync("[0-9]*.md", { cwd: folder })
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      return `- [${text.slice("# ".length, text.indexOf("\n"))}](${file})`;
    });
  return [
    "# Decisions",
    "",
    "Hard choices and dependencies, each with its reason. Numbers have gaps. A decision that no longer holds is changed or removed;",
    "the history keeps it. This page is made by `npm run docs`.",
    "",
    ...items,
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
    [join(root, "docs/decisions/README.md"), decisionsIndex()],
    [compatibility, readFileSync(compatibility, "utf8").replace(generated, compatibilityTables)],
  ]);
}

if (import.meta.main) {
  for (const [file, text] of generatedPages()) writeFileSync(file, text);
}
