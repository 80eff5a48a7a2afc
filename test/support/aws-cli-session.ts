import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { AwsCliError, type TestServer } from "./server.ts";

export interface AwsCliSession {
  /** @returns what the command printed, parsed. @throws AwsCliError */
  // biome-ignore lint/suspicious/noExplicitAny: what the CLI prints is looked at by the test that asked
  run(...args: string[]): Promise<any>;
  stop(): void;
}

interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The AWS CLI for tests of many commands. Version 1 runs all of them in one process, because most of a command's time goes
 * into starting Python; another version runs a process for each.
 */
export function startAwsCli(server: TestServer): AwsCliSession {
  const folder = packageFolder();
  if (folder === undefined)
    return { run: (...args) => server.aws("cognate", ...args), stop: () => undefined };
  const script = join(import.meta.dirname, "aws-cli-session.py");
  const child = spawn("python3", [script, folder], {
    env: server.environment(),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const waiting: ((result: Result) => void)[] = [];
  createInterface(child.stdout).on("line", (line) => waiting.shift()?.(JSON.parse(line) as Result));
  return {
    run: (...args) =>
      new Promise((resolve, reject) => {
        waiting.push(({ status, stdout, stderr }) => {
          if (status !== 0) reject(new AwsCliError(stderr.trim()));
          else resolve(stdout.trim() === "" ? undefined : JSON.parse(stdout));
        });
        child.stdin.write(`${JSON.stringify([...args, "--output", "json"])}\n`);
      }),
    stop: () => child.stdin.end(),
  };
}

/** Where the Python package of the CLI is that is first on the PATH; undefined if that is another kind of CLI. */
function packageFolder(): string | undefined {
  for (const path of process.env.PATH?.split(delimiter) ?? []) {
    if (!existsSync(join(path, "aws"))) continue;
    const folder = join(path, "awscli");
    return existsSync(join(folder, "awscli", "clidriver.py")) ? folder : undefined;
  }
  return undefined;
}
