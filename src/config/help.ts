import {
  defaultTextOf,
  environmentName,
  flagName,
  type Mode,
  type SettingName,
  settings,
} from "./settings.ts";

const names = Object.keys(settings) as SettingName[];

/** The part of `cognate MODE --help` that lists the mode's settings. */
export function settingsHelp(mode: Mode): string {
  const rows: [flag: string, meaning: string][] = names
    .filter((name) => (settings[name].modes as readonly Mode[]).includes(mode))
    .map((name) => {
      const setting = settings[name];
      const value = "placeholder" in setting ? ` ${setting.placeholder}` : "";
      const byDefault = defaultTextOf(name);
      const meaning = byDefault === undefined ? setting.description : `${setting.description} [${byDefault}]`;
      return [`  --${flagName(name)}${value}`, meaning];
    });
  rows.push([
    "  --config FILE",
    "YAML or JSON file with any of these settings by name, for example `dataDir`.",
  ]);
  rows.push(["  --help", "Print this."]);
  const width = Math.max(...rows.map(([flag]) => flag.length)) + 2;
  const lines = rows.flatMap(([flag, description]) =>
    wrap(description, 100 - width).map((line, index) => (index === 0 ? flag : "").padEnd(width) + line),
  );
  return `${lines.join("\n")}\n\nEach is also read from the environment, for example --data-dir from ${environmentName("dataDir")}.\n`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** The table of docs/configuration.md. */
export function settingsTable(): string {
  const rows = names.map((name) => {
    const setting = settings[name];
    const byDefault = defaultTextOf(name) ?? "none";
    const value = "placeholder" in setting ? ` ${setting.placeholder.replace(/\|/g, "\\|")}` : "";
    return `| \`${name}\` | \`--${flagName(name)}${value}\` | \`${environmentName(name)}\` | ${setting.modes.join(", ")} | ${byDefault} | ${setting.description} |`;
  });
  return [
    "| setting | flag | environment | for | default | meaning |",
    "| --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
