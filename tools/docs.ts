/**
 * Writes the parts of the documentation that are derived: the settings, the metrics, the operations of the API and its settings
 * without effect, from the code; the list of decisions from their titles. A test fails if a page is not up to date.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { operationNames } from "../src/api-model/index.ts";
import { settingsTable } from "../src/config/index.ts";
import { counters, gauges, histograms } from "../src/metrics/index.ts";
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

function metricsTable(): string {
  const rows = (type: string, metrics: object) =>
    Object.values(metrics).map(
      ({ name, labelNames, help }) =>
        `| \`${name}\` | ${type} | ${labelNames.map((label: string) => `\`${label}\``).join(", ")} | ${help} |`,
    );
  return [
    "| metric | type | labels | meaning |",
    "| --- | --- | --- | --- |",
    ...rows("counter", counters),
    ...rows("histogram", histograms),
    ...rows("gauge", gauges),
    "",
  ].join("\n");
}

/** By the line `*Topic: …*` of each decision. The topics stand in the order of their first decisions. */
function decisionsIndex(): string {
  const folder = join(root, "docs/decisions");
  const byTopic = new Map<string, string[]>();
  for (const file of globSync("[0-9]*.md", { cwd: folder }).sort()) {
    const text = readFileSync(join(folder, file), "utf8");
    const [, topic = "Other decisions"] = /^\*Topic: (.+)\*$/m.exec(text) ?? [];
    const item = `- [${text.slice("# ".length, text.indexOf("\n"))}](${file})`;
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), item]);
  }
  return [
    "# Decisions",
    "",
    "Hard choices and dependencies: what made a choice necessary, what was decided, what else was considered, and what follows. Numbers have",
    "gaps. A decision that no longer holds is changed or removed; the history keeps it. This page is made by `npm run docs`.",
    "",
    "A newcomer reads these first: [1](0001-runtime-and-packaging.md) on how it runs, [4](0004-callers.md) on who may call,",
    "[5](0005-sqlite-group-commit-and-postgres.md) on storage, [6](0006-sign-in-engine.md) and [20](0020-sign-in-attempt.md) on signing in, and",
    "[275](0275-refusals-as-the-service-sends-them.md) on what counts as Cognito's behaviour.",
    "",
    ...[...byTopic].flatMap(([topic, items]) => [`## ${topic}`, "", ...items, ""]),
  ].join("\n");
}

/** The text of each page, by its path. */
export function generatedPages(): Map<string, string> {
  const compatibility = join(root, "docs/compatibility.md");
  const metrics = join(root, "docs/metrics.md");
  return new Map([
    [
      join(root, "docs/configuration.md"),
      [
        "# Configuration",
        "",
        "Every setting can be given as a flag, in the environment, or by name in a YAML or JSON file that `--config FILE` (or",
        "`COGNATE_CONFIG`) names. Flags come before the environment, the environment before the file. A setting that is wrong",
        "stops the start with a message that names it. An empty variable counts as not given. `serve` warns in its log of empty ones, and",
        "of variables that begin with `COGNATE_` and are no setting. This page is made by `npm run docs`.",
        "",
        settingsTable(),
      ].join("\n"),
    ],
    [join(root, "docs/decisions/README.md"), decisionsIndex()],
    [compatibility, readFileSync(compatibility, "utf8").replace(generated, compatibilityTables)],
    [metrics, readFileSync(metrics, "utf8").replace(generated, metricsTable)],
  ]);
}

if (import.meta.main) {
  for (const [file, text] of generatedPages()) writeFileSync(file, text);
}
