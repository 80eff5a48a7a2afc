import { existsSync } from "node:fs";
import {
  ConfigurationError,
  ignoredVariables,
  loadSettings,
  type Mode,
  type Settings,
  settingsHelp,
} from "../config/index.ts";
import { namesOf } from "../data-directory.ts";
import { createLog } from "../logging.ts";
import { type RunningServer, startServer } from "../server/index.ts";
import { settleHeap } from "./memory.ts";
import { startFailure } from "./start-failure.ts";
import { devWelcome, exposureOf, serveWelcome } from "./welcome.ts";

const about: Readonly<Record<Mode, string>> = {
  dev: `cognate dev [options]

Runs the server for a laptop, CI or tests: on loopback, SQLite in a folder, messages kept in an inbox, a clock that can be
moved. Requests signed with an unknown access key are taken for the administrator's; known keys are verified and their
policies enforced. With --host and --hosts other machines reach it too; unknown keys are then refused unless
--trust-unknown-keys is given.
`,
  serve: `cognate serve [options]

Runs the server for production: every signature verified, every policy enforced, e-mail sent by SMTP.
`,
};

export function serverHelp(mode: Mode): string {
  return `${about[mode]}\n${settingsHelp(mode)}`;
}

/** `cognate dev` and `cognate serve`: @returns 0 when the server stopped because it was asked to; 1 or 2 when it could not start */
export async function serverCommand(
  mode: Mode,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  let settings: Settings;
  try {
    settings = await loadSettings(mode, { args, environment });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`cognate ${mode}: ${error.message}\n`);
    return 2;
  }
  if (mode === "serve") logWarnings(settings, mode, environment);
  const isFirstStart = settings.inMemory || !existsSync(namesOf(settings.dataDir).config);
  const exposure = exposureOf(settings);
  if (exposure !== undefined) process.stderr.write(`${exposure}\n`);
  let server: RunningServer;
  try {
    server = await startServer(settings);
  } catch (error) {
    process.stderr.write(`cognate ${mode}: ${await startFailure(error, settings)}\n`);
    return 1;
  }
  const asked = untilAskedToStop();
  // A script that waits for this line may close the pipe once it has read it.
  process.stdout.on("error", () => undefined);
  process.stdout.write(`Cognate is ready at ${server.url}\n`);
  settleHeap();
  process.stdout.write(
    mode === "dev" ? devWelcome(server, settings, isFirstStart) : serveWelcome(server, settings),
  );
  await asked;
  await server.stop();
  return 0;
}

/**
 * Node prints warnings of its own and of libraries as text, between the JSON lines of the log. If its options say that it prints none, or
 * none of a kind, it is the same here.
 *
 * Variables that are no settings are logged, too.
 */
function logWarnings({ logLevel }: Settings, mode: Mode, environment: NodeJS.ProcessEnv): void {
  const log = createLog({ level: logLevel, isReadable: false });
  for (const sentence of ignoredVariables(mode, environment)) log.warn({}, sentence);
  // With --no-warnings or NODE_NO_WARNINGS=1 Node does not listen.
  if (process.listenerCount("warning") === 0) return;
  const disabled = disabledWarnings(environment);
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    const { name, message } = warning;
    const code = "code" in warning ? String(warning.code) : "";
    if (!disabled.has(name) && !disabled.has(code)) log.warn({ warning: name }, message);
  });
}

/** The kinds and codes of Node's option --disable-warning. */
function disabledWarnings({ NODE_OPTIONS = "" }: NodeJS.ProcessEnv): ReadonlySet<string> {
  const options = [...process.execArgv, NODE_OPTIONS].join(" ");
  return new Set([...options.matchAll(/--disable-warning[= ](\S+)/g)].map(([, what = ""]) => what));
}

/**
 * Waits for a signal to stop. Ctrl-C sends SIGINT from the terminal, and the program that started this one then sends
 * SIGTERM. So only a second SIGINT, which comes from the user, ends the process immediately.
 */
function untilAskedToStop(): Promise<void> {
  return new Promise((asked) => {
    process.once("SIGINT", () => asked());
    process.on("SIGTERM", () => asked());
    process.on("SIGHUP", () => asked());
  });
}
