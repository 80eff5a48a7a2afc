import { join } from "node:path";
import { parseArgs } from "node:util";
import { parseJsonObject } from "../json.ts";
import { messageOf } from "../message-of.ts";
import { isEndpoint, notEndpoint } from "./control-client.ts";
import { endpointIn, noServerIn, takeDataDir } from "./data-dir.ts";

export const snapshotHelp = `cognate snapshot save|restore|delete NAME [options]
cognate snapshot list [options]

Saves the whole state of a running cognate dev (pools, users, sign-ins, the inbox, the clock) under a name, and restores
it: afterwards the server is as it was when the snapshot was saved.

  --replace             Save although there is a snapshot of this name, which is lost.
  --data-dir DIR        The server's data folder. [.cognate, or COGNATE_DATA_DIR]
  --endpoint-url URL    The server, where its data folder is not at hand.
`;

const options = {
  replace: { type: "boolean" },
  "endpoint-url": { type: "string" },
} as const;

interface Command {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** @param name encoded */
  path(name: string): string;
  /** For the terminal. */
  done(name: string, answer: Readonly<Record<string, unknown>>): string;
}

const commands: Readonly<Record<string, Command>> = {
  save: { method: "PUT", path: (name) => `/${name}`, done: (name) => `Saved the snapshot ${name}.` },
  restore: {
    method: "POST",
    path: (name) => `/${name}/restore`,
    done: (name) => `The server is as it was in the snapshot ${name}.`,
  },
  delete: { method: "DELETE", path: (name) => `/${name}`, done: (name) => `Deleted the snapshot ${name}.` },
  list: { method: "GET", path: () => "", done: (_name, { snapshots }) => table(snapshots) },
};

/** `cognate snapshot`: @returns 0 when it is done; 1 when it is not; 2 when the call was wrong */
export async function snapshotCommand(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { dataDir, rest } = takeDataDir(args, environment);
  let parsed: ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>;
  try {
    parsed = parseArgs({ args: rest, options, allowPositionals: true, strict: true });
  } catch (error) {
    return fail(`${messageOf(error)}\n\n${snapshotHelp}`, 2);
  }
  const [verb = "", name = "", ...others] = parsed.positionals;
  const { replace = false, "endpoint-url": given } = parsed.values;
  const command = Object.hasOwn(commands, verb) ? commands[verb] : undefined;
  const isWhole = others.length === 0 && (verb === "list") === (name === "") && (!replace || verb === "save");
  if (command === undefined || !isWhole) return fail(`Give what to do.\n\n${snapshotHelp}`, 2);
  if (given !== undefined && !isEndpoint(given)) return fail(notEndpoint(given), 2);

  const config = join(dataDir, "config");
  const endpoint = given ?? endpointIn(config);
  if (endpoint === undefined) return fail(noServerIn(config));
  const path = command.path(encodeURIComponent(name)) + (replace ? "?replace=true" : "");
  let response: Response;
  let answer: Readonly<Record<string, unknown>>;
  try {
    response = await fetch(`${endpoint.replace(/\/$/, "")}/_cognate/snapshots${path}`, {
      method: command.method,
    });
    answer = parseJsonObject(await response.text()) ?? {};
  } catch (error) {
    return fail(`${endpoint} does not answer: ${messageOf(error)}`);
  }
  if (!response.ok) return fail(refusalOf(response.status, answer, endpoint));
  process.stdout.write(`${command.done(name, answer)}\n`);
  return 0;
}

/** A server without snapshots answers as for any unknown path. */
function refusalOf(status: number, { message }: Readonly<Record<string, unknown>>, endpoint: string): string {
  if (status === 404 && message === "There is nothing here.")
    return `${endpoint} has no snapshots: only a cognate dev that trusts unknown access keys has them.`;
  return typeof message === "string" ? message : `${endpoint} answered ${status}.`;
}

function table(snapshots: unknown): string {
  // As `GET /_cognate/snapshots` answers.
  const all = snapshots as readonly { name: string; takenAt: number; bytes: number }[];
  if (all.length === 0) return "There is no snapshot.";
  const width = Math.max(...all.map(({ name }) => name.length));
  return all
    .map(({ name, takenAt, bytes }) =>
      [name.padEnd(width), new Date(takenAt).toISOString(), `${Math.ceil(bytes / 1024)} KiB`].join("  "),
    )
    .join("\n");
}

function fail(reason: string, status = 1): number {
  process.stderr.write(`cognate snapshot: ${reason.trimEnd()}\n`);
  return status;
}
