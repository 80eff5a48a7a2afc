/** `cognate dev` and `cognate serve` as processes of their own, of the bundle that `npm test` builds. */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { onTestFinished, TestRunner } from "vitest";

/** The program as its users start it. */
export const program = resolve("bin/cognate.mjs");

export interface CognateProcess {
  readonly url: string;
  readonly pid: number;
  /** All that the program has printed so far. */
  output(): string;
  /** What else the pattern of readiness captured. */
  readonly others: readonly string[];
  /** A client of the JavaScript SDK, with keys that `dev` trusts unless it is told not to. */
  readonly cognito: CognitoIdentityProviderClient;
  /** Resolves when the process ends, with its exit status: null where a signal ended it at once. */
  readonly ended: Promise<number | null>;
  /** Sends a signal, and does not wait for what it does. */
  signal(name: NodeJS.Signals): void;
  /** Ends the process, unless it has ended. @returns its exit status: null where the signal ended it at once */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts the program on a free port, and waits until it says where it listens. It ends with the test that started it, if not
 * before; what a hook starts must be stopped.
 *
 * @param ready captures the URL, and what else is wanted, in what the program prints
 * @param file another copy of the program
 */
export async function startCognate(
  command: "dev" | "serve",
  args: readonly string[],
  {
    env,
    ready = /^Cognate is ready at (https?:\S+)$/m,
    file = program,
    detached = false,
  }: {
    env?: NodeJS.ProcessEnv;
    ready?: RegExp;
    file?: string;
    /** As the leader of a process group of its own. */
    detached?: boolean;
  } = {},
): Promise<CognateProcess> {
  const child = spawn(process.execPath, [file, command, "--port", "0", ...args], {
    detached,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const ended = new Promise<number | null>((done) => child.on("exit", done));
  const stop = (signal: NodeJS.Signals = "SIGKILL") => {
    child.kill(signal);
    return ended;
  };
  if (TestRunner.getCurrentTest() !== undefined) onTestFinished(async () => void (await stop()));

  let said = "";
  const [url = "", ...others] = await new Promise<string[]>((found, failed) => {
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const captured = ready.exec(said)?.slice(1);
      if (captured !== undefined) found(captured);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("error", failed);
    child.on("exit", (status) => failed(new Error(`cognate ${command} ended with ${status}: ${said}`)));
  });
  const cognito = new CognitoIdentityProviderClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
  });
  void ended.then(() => cognito.destroy());
  return {
    url,
    pid: child.pid ?? 0,
    output: () => said,
    others,
    cognito,
    ended,
    signal: (name) => void child.kill(name),
    stop,
  };
}
