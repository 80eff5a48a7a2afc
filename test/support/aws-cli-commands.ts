import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";

interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The AWS CLI's own words for what went wrong. */
export class AwsCliError extends Error {}

/**
 * Runs a command of the AWS CLI on the PATH. @returns what it printed, parsed
 *
 * A process of the CLI takes more than a second, nearly all of it to read the CLI's modules and API models. Version 1, which is
 * the tests' own, has read them already in a process that runs each command in a fork.
 */
export async function runAwsCli(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<unknown> {
  const folder = packageFolder();
  const asked = [...args, "--output", "json"];
  const { status, stdout, stderr } = await (folder === undefined
    ? inProcess(env, asked)
    : inFork(folder, env, asked));
  if (status !== 0) throw new AwsCliError(stderr.trim());
  return stdout.trim() === "" ? undefined : JSON.parse(stdout);
}

/** Where the Python package of the CLI is that is first on the PATH; undefined if that is another kind of CLI. */
function packageFolder(): string | undefined {
  const path = process.env.PATH?.split(delimiter).find((folder) => existsSync(join(folder, "aws"))) ?? "";
  const folder = join(path, "awscli");
  return existsSync(join(folder, "awscli", "clidriver.py")) ? folder : undefined;
}

function inProcess(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Result> {
  return new Promise((resolve) => {
    execFile("aws", args, { env, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : 1, stdout, stderr: stderr || (error?.message ?? "") }),
    );
  });
}

let started: Promise<string> | undefined;

async function inFork(folder: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<Result> {
  started ??= startServer(folder);
  const socket = connect(await started);
  socket.write(`${JSON.stringify({ args, env, cwd: process.cwd() })}\n`);
  return JSON.parse(await text(socket)) as Result;
}

/** Starts the process that all test files of this worker share; it ends after the worker. @returns its socket */
async function startServer(folder: string): Promise<string> {
  const { PATH, PYENV_VERSION, PYENV_ROOT, TMPDIR } = process.env;
  const child = spawn("python3", [join(import.meta.dirname, "aws-cli-server.py"), folder], {
    env: { PATH, PYENV_VERSION, PYENV_ROOT, TMPDIR },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const failed = once(child, "exit").then(([status]) => {
    throw new Error(`The process for commands of the AWS CLI ended with ${status}.`);
  });
  const [socket] = await Promise.race([once(child.stdout, "data"), failed]);
  failed.catch(() => undefined);
  child.unref();
  child.stdout.destroy();
  return String(socket).trim();
}
