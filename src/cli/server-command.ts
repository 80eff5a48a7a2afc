import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
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
import { endAtSignals, logWarnings, untilAskedToStop } from "./server-process.ts";
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

/** One of the processes that `cognate serve --processes` starts. People do not start it. */
export async function processCommand(): Promise<number> {
  const { runProcess } = await import("./processes/index.ts");
  return runProcess();
}

/** `cognate dev` and `cognate serve`: @returns 0 when the server stopped because it was asked to; 1 or 2 when it could not start */
export async function serverCommand(
  mode: Mode,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  endAtSignals();
  let settings: Settings;
  try {
    settings = await loadSettings(mode, { args, environment });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`cognate ${mode}: ${error.message}\n`);
    return 2;
  }
  if (mode === "serve") {
    const log = createLog({ level: settings.logLevel, isReadable: false });
    logWarnings(log, environment);
    for (const sentence of ignoredVariables(mode, environment)) log.warn({}, sentence);
    const count = settings.processes === "auto" ? availableParallelism() : settings.processes;
    if (count > 1) {
      const { runProcesses } = await import("./processes/index.ts");
      return runProcesses(settings, count, log);
    }
  }
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
