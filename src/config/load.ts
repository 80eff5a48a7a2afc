import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { isLoopback } from "../loopback.ts";
import { fileFault, messageOf } from "../message-of.ts";
import { parseYaml, YamlError } from "../yaml.ts";
import {
  defaultSettings,
  environmentName,
  flagName,
  type LogTarget,
  type Mode,
  type SettingName,
  type Settings,
  settings,
} from "./settings.ts";
import { path } from "./values.ts";

/** A setting that cannot be used; the message names it as it was given. */
export class ConfigurationError extends Error {}

interface Sources {
  /** The arguments after the command's name. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const names = Object.keys(settings) as SettingName[];

/**
 * The settings of a run: flags before the environment, the environment before the configuration file, that before the
 * defaults.
 *
 * @throws ConfigurationError naming the setting that is wrong
 */
export async function loadSettings(mode: Mode, sources: Sources): Promise<Settings> {
  const flags = readFlags(mode, sources.args);
  const file = flags.get("config") ?? sources.environment.COGNATE_CONFIG;
  const given = new Map<SettingName, unknown>();
  if (file !== undefined) await readFileSettings(String(file), mode, given);
  for (const name of names) {
    const value = sources.environment[environmentName(name)];
    if (value !== undefined && value !== "" && isFor(name, mode))
      given.set(name, check(name, value, environmentName(name)));
  }
  for (const name of names) {
    const value = flags.get(name);
    if (value !== undefined) given.set(name, check(name, value, `--${flagName(name)}`));
  }
  return complete(mode, given);
}

/**
 * The settings of a server that a program starts, where what is not given has its default.
 *
 * @throws ConfigurationError naming the setting that is wrong
 */
export function settingsFrom(mode: Mode, values: object): Settings {
  return complete(mode, checkByName(mode, values, ""));
}

function complete(mode: Mode, given: ReadonlyMap<SettingName, unknown>): Settings {
  const settings: Settings = { ...defaultSettings(mode), ...Object.fromEntries(given) };
  checkTogether(settings);
  return settings;
}

/**
 * Whether requests signed with an unknown access key are the administrator's: in `dev` on a loopback address, or where the
 * setting says so.
 */
export function trustsUnknownKeys({ mode, host, trustUnknownKeys }: Settings): boolean {
  return mode === "dev" && (trustUnknownKeys ?? isLoopback(host));
}

function isFor(name: SettingName, mode: Mode): boolean {
  return (settings[name].modes as readonly Mode[]).includes(mode);
}

function isSwitch(name: SettingName): boolean {
  return !("placeholder" in settings[name]);
}

function readFlags(mode: Mode, args: readonly string[]): Map<SettingName | "config", unknown> {
  const options: Record<string, { type: "string" | "boolean" }> = { config: { type: "string" } };
  for (const name of names) {
    if (isFor(name, mode)) options[flagName(name)] = { type: isSwitch(name) ? "boolean" : "string" };
  }
  let parsed: { values: Record<string, unknown> };
  try {
    parsed = parseArgs({ args: [...args], options, allowNegative: true, strict: true });
  } catch (error) {
    const other = flagOfOtherMode(mode, args);
    if (other !== undefined)
      throw new ConfigurationError(`--${flagName(other.name)} is a setting of cognate ${other.mode} alone.`);
    const reason = firstSentence(messageOf(error));
    throw new ConfigurationError(`${reason.replace(/\.$/, "")}; cognate ${mode} --help lists them.`, {
      cause: error,
    });
  }
  const flags = new Map<SettingName | "config", unknown>();
  for (const name of [...names, "config" as const]) {
    const value = parsed.values[name === "config" ? name : flagName(name)];
    if (value !== undefined) flags.set(name, value);
  }
  return flags;
}

/** The first flag that only the other command has. */
function flagOfOtherMode(
  mode: Mode,
  args: readonly string[],
): { readonly name: SettingName; readonly mode: Mode } | undefined {
  for (const argument of args) {
    const [flag] = argument.split("=");
    const name = names.find((known) => `--${flagName(known)}` === flag);
    if (name !== undefined && !isFor(name, mode)) return { name, mode: mode === "dev" ? "serve" : "dev" };
  }
  return undefined;
}

function firstSentence(message: string): string {
  return message.replace(/\.\s.*/s, ".");
}

/** A checked value of a configuration file whose paths are relative to its folder. */
function relativeTo(folder: string, name: SettingName, value: unknown): unknown {
  if (settings[name].schema === path) return resolve(folder, String(value));
  if (name === "tls") return value === "local" ? value : resolve(folder, String(value));
  if (name === "auditLog") return destinationRelativeTo(folder, value as LogTarget);
  if (name === "logDestinations") return destinationsRelativeTo(folder, value as Settings["logDestinations"]);
  if (name !== "functions") return value;
  const functions = Object.entries(value as Settings["functions"]);
  return Object.fromEntries(
    functions.map(([key, given]) => [key, { ...given, file: resolve(folder, given.file) }]),
  );
}

function destinationsRelativeTo(
  base: string,
  destinations: Settings["logDestinations"],
): Settings["logDestinations"] {
  return Object.fromEntries(
    Object.entries(destinations).map(([arn, given]) => [arn, destinationRelativeTo(base, given)]),
  );
}

function destinationRelativeTo(base: string, given: LogTarget): LogTarget {
  if (given === "log" || "url" in given) return given;
  return "file" in given ? { file: resolve(base, given.file) } : { folder: resolve(base, given.folder) };
}

async function readFileSettings(file: string, mode: Mode, into: Map<SettingName, unknown>): Promise<void> {
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (error) {
    throw new ConfigurationError(`The configuration file ${file} cannot be read: ${fileFault(error)}.`, {
      cause: error,
    });
  }
  const document = await parseYaml(content).catch((error: unknown) => {
    if (!(error instanceof YamlError)) throw error;
    const message = `The configuration file ${file} is neither YAML nor JSON: ${error.message}.`;
    throw new ConfigurationError(message, { cause: error });
  });
  if (document === null) return;
  if (typeof document !== "object" || Array.isArray(document)) {
    throw new ConfigurationError(`The configuration file ${file} must hold settings by name.`);
  }
  for (const [name, value] of checkByName(mode, document, `${file}: `))
    into.set(name, relativeTo(dirname(file), name, value));
}

function checkByName(mode: Mode, values: object, prefix: string): Map<SettingName, unknown> {
  const checked = new Map<SettingName, unknown>();
  for (const [key, value] of Object.entries(values)) {
    const name = names.find((known) => known === key);
    if (name === undefined) throw new ConfigurationError(`${prefix}there is no setting ${key}.`);
    if (!isFor(name, mode))
      throw new ConfigurationError(`${prefix}${key} is not a setting of cognate ${mode}.`);
    checked.set(name, check(name, value, `${prefix}${key}`));
  }
  return checked;
}

function check(name: SettingName, value: unknown, as: string): unknown {
  const result = settings[name].schema().safeParse(value);
  if (result.success) return result.data;
  const shown = "secret" in settings[name] ? "" : `, got ${shortened(JSON.stringify(value))}`;
  throw new ConfigurationError(`${as} ${result.error.issues[0]?.message ?? "is wrong"}${shown}.`);
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** Of Kubernetes and Docker links, for a service whose name begins with `cognate`. */
const OF_A_SERVICE = /_(SERVICE|PORT)(_|$)/;

/** What is to be said of variables of the environment that are named as settings are, and set nothing. */
export function ignoredVariables(mode: Mode, environment: Sources["environment"]): string[] {
  const known = new Map(names.map((name) => [environmentName(name), name]));
  return Object.keys(environment)
    .filter((variable) => variable.startsWith("COGNATE_") && variable !== "COGNATE_CONFIG")
    .flatMap((variable) => {
      const name = known.get(variable);
      if (name === undefined) return OF_A_SERVICE.test(variable) ? [] : `${variable} is not a setting`;
      if (!isFor(name, mode)) return `${variable} is not a setting of cognate ${mode}`;
      return environment[variable] === "" ? `${variable} is empty, and counts as not given` : [];
    });
}

function checkTogether(loaded: Settings): void {
  const { mode, host } = loaded;
  for (const name of ["lambdaDir", "breachedPasswords"] as const) {
    const given = loaded[name];
    if (given !== undefined && !existsSync(given))
      throw new ConfigurationError(`--${flagName(name)} ${given} is not there, or this user may not look.`);
  }
  if (mode === "dev" && !isLoopback(host) && loaded.hosts.length === 0) {
    throw new ConfigurationError(
      `--host ${host} can be reached from other machines: give the host names that they use with --hosts. Calls that name another host are refused, which keeps web pages out.`,
    );
  }
  if (loaded.inMemory && loaded.databaseUrl !== undefined) {
    throw new ConfigurationError("--in-memory and --database-url exclude each other.");
  }
  if (loaded.processes !== 1 && loaded.databaseUrl === undefined) {
    throw new ConfigurationError(
      `--processes ${loaded.processes} needs Postgres, because a SQLite database belongs to one process: give --database-url, or leave --processes out.`,
    );
  }
  if ((loaded.tlsCertificate === undefined) !== (loaded.tlsKey === undefined)) {
    throw new ConfigurationError("--tls-certificate and --tls-key go together: give both or neither.");
  }
  if (mode === "serve" && !isLoopback(host) && loaded.tlsCertificate === undefined && !loaded.trustProxy) {
    throw new ConfigurationError(
      `--host ${host} can be reached from other machines, and passwords would travel in the clear: give --tls-certificate and --tls-key, or --trust-proxy when a proxy in front ends TLS.`,
    );
  }
}
