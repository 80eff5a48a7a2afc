/** What every process of a server does with Node's warnings and with signals. */
import type { Log } from "../log.ts";

/**
 * Node prints warnings of its own and of libraries as text, between the JSON lines of the log. If its options say that it prints none, or
 * none of a kind, it is the same here.
 */
export function logWarnings(log: Log, environment: NodeJS.ProcessEnv): void {
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

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Lets a signal end the start of a server at once, as it does without this in other processes. The kernel ignores a signal to
 * the first process of a container that has no listener for it, so that `docker stop` would wait ten seconds and then kill it.
 */
export function endAtSignals(): void {
  if (process.pid !== 1) return;
  for (const signal of SIGNALS) process.on(signal, endAtOnce);
}

function endAtOnce(_: NodeJS.Signals, number: number): void {
  process.exit(128 + number);
}

/**
 * Waits for a signal to stop. Ctrl-C sends SIGINT from the terminal, and the program that started this one then sends
 * SIGTERM. So only a second SIGINT, which comes from the user, ends the process immediately: by the kernel, but not in the first
 * process of a container.
 */
export function untilAskedToStop(): Promise<void> {
  for (const signal of SIGNALS) process.off(signal, endAtOnce);
  return new Promise((asked) => {
    process.once("SIGINT", () => {
      if (process.pid === 1) process.on("SIGINT", endAtOnce);
      asked();
    });
    process.on("SIGTERM", () => asked());
    process.on("SIGHUP", () => asked());
  });
}
