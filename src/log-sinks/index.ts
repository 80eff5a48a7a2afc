/**
 * Where the logs of user pools and the audit log go. A pool names its destinations by ARN, as in AWS. The setting `logDestinations` maps
 * each ARN to a target of this server: a file, a folder, an HTTP address or the server's own log. The code that writes
 * is loaded with the first record.
 *
 * Leaves to others: which pool delivers what, and the form of a record (`src/user-pools/log-delivery`).
 */
import { statSync } from "node:fs";
import type { LogTarget, Settings } from "../config/index.ts";
import type { Log } from "../log.ts";
import type { LogQueue } from "./queue.ts";
import type { LogSinkState, ShownTarget } from "./state.ts";

export type { LogTarget } from "../config/index.ts";
export type { LogSinkState } from "./state.ts";

export interface LogRecord {
  readonly poolId: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly level: "ERROR" | "INFO";
  /** JSON, without a secret. */
  readonly content: object;
}

export interface LogSinks {
  stateOf(arn: string): LogSinkState;
  /** Takes a record over for delivery. It never waits and never throws. */
  write(arn: string, record: LogRecord): void;
  /** Delivers the records that wait. Those of a destination are lost with its first attempt that fails. */
  close(): Promise<void>;
}

export interface LogSinksOptions {
  readonly destinations: Settings["logDestinations"];
  readonly log: Log;
  /** How many records may wait for a destination; more are lost. */
  readonly capacity?: number;
  /** How long after each failed attempt the next one is. */
  readonly retryAfterMilliseconds?: readonly number[];
}

/**
 * To be called at a start. A target that is not there yet is made with its first record. Whether it can be written is found out then, too:
 * a disk that is away for a while must not keep a server from its start.
 *
 * @throws Error a file is a folder, or a folder is a file
 */
export function requireUsableTargets({ logDestinations, auditLog }: TargetSettings): void {
  for (const [arn, target] of Object.entries(logDestinations))
    requireUsable(target, "logDestinations", `the ${kindWanted(target)} of ${arn}`);
  if (auditLog !== undefined) requireUsable(auditLog, "auditLog", `a ${kindWanted(auditLog)}`);
}

type TargetSettings = Pick<Settings, "logDestinations" | "auditLog">;

function requireUsable(target: LogTarget, setting: keyof TargetSettings, role: string): void {
  if (target === "log" || "url" in target) return;
  const [path, wrong] =
    "file" in target ? ([target.file, "folder"] as const) : ([target.folder, "file"] as const);
  if (kindOf(path) !== wrong) return;
  throw new Error(
    `The setting ${setting} names ${path} as ${role}, and it is a ${wrong}. Give { ${wrong} } or another path.`,
  );
}

const kindWanted = (target: LogTarget) =>
  typeof target === "object" && "folder" in target ? "folder" : "file";

function kindOf(path: string): "file" | "folder" | undefined {
  try {
    return statSync(path).isDirectory() ? "folder" : "file";
  } catch {
    return undefined;
  }
}

export function createLogSinks(options: LogSinksOptions): LogSinks {
  const { destinations, log, capacity = 10_000, retryAfterMilliseconds = [1_000, 5_000, 30_000] } = options;
  const queues = new Map<string, LogQueue>();
  const warnedOf = new Set<string>();
  let loading: Promise<typeof import("./queue.ts")> | undefined;

  const warnOnce = (arn: string) => {
    if (warnedOf.has(arn)) return;
    warnedOf.add(arn);
    log.warn({ destination: arn }, "Log records are lost: logDestinations does not name their destination");
  };

  return {
    stateOf(arn) {
      const queue = queues.get(arn);
      return {
        target: shownTarget(findTarget(destinations, arn)),
        delivered: queue?.delivered ?? 0,
        lost: queue?.lost ?? 0,
        lastError: queue?.lastError,
      };
    },
    write(arn, record) {
      const target = findTarget(destinations, arn);
      if (target === undefined) return warnOnce(arn);
      loading ??= import("./queue.ts");
      loading.then(
        ({ LogQueue }) => {
          const queue =
            queues.get(arn) ?? new LogQueue({ arn, target, log, capacity, retryAfterMilliseconds });
          queues.set(arn, queue);
          queue.push(record);
        },
        (error) => log.error({ err: error }, "Log delivery could not be loaded"),
      );
    },
    async close() {
      await loading;
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}

/** The ARN itself, else the longest beginning that the setting names with a `*` behind it. */
function findTarget(destinations: Settings["logDestinations"], arn: string): LogTarget | undefined {
  if (Object.hasOwn(destinations, arn)) return destinations[arn];
  const [pattern] = Object.keys(destinations)
    .filter((key) => key.endsWith("*") && arn.startsWith(key.slice(0, -1)))
    .sort((one, other) => other.length - one.length);
  return pattern === undefined ? undefined : destinations[pattern];
}

function shownTarget(target: LogTarget | undefined): ShownTarget {
  if (target === undefined) return { kind: "nothing" };
  if (target === "log") return { kind: "log" };
  if ("file" in target) return { kind: "file", path: target.file };
  if ("folder" in target) return { kind: "folder", path: target.folder };
  const { origin, pathname } = new URL(target.url);
  return { kind: "http", url: `${origin}${pathname}` };
}
