/**
 * A real Postgres server for tests: on a free loopback port, in a temporary folder, gone when it is stopped.
 *
 * It is the machine's own Postgres (`apt install postgresql`, `brew install postgresql`). A machine that has none fails the
 * tests that need it: they would prove nothing skipped.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { Client } from "pg";

export interface PostgresServer {
  /** Makes an empty database. @returns its URL */
  createDatabase(): Promise<string>;
  /** Ends every connection to the server, as a crash of it would. */
  dropConnections(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a server, whose databases live as long as it does. */
export async function startPostgres(): Promise<PostgresServer> {
  const binaries = findBinaries();
  const identity = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), "cognate-postgres-"));
  if (identity) chownSync(folder, identity.uid, identity.gid);
  // The folder of whoever runs the tests may be closed to the server's user.
  const options = { ...identity, cwd: folder };
  const data = join(folder, "data");
  const initialise = ["--pgdata", data, "--username", "cognate", "--auth", "trust", "--encoding", "UTF8"];
  execFileSync(join(binaries, "initdb"), [...initialise, "--no-sync", "--no-instructions"], {
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
    max_connections: 200,
  };
  const server = spawn(
    join(binaries, "postgres"),
    ["-D", data, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  const kill = () => server.kill("SIGQUIT");
  process.once("exit", kill);
  await readiness(server);

  const administer = async (...statements: string[]) => {
    const client = new Client({ connectionString: `postgres://cognate@127.0.0.1:${port}/postgres` });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };
  let databases = 0;
  return {
    async createDatabase() {
      const name = `test_${++databases}`;
      // In a locale whose order is not that of bytes: the store must not depend on the server's.
      await administer(`create database ${name} template template0 locale_provider icu icu_locale 'en-US'`);
      return `postgres://cognate@127.0.0.1:${port}/${name}`;
    },
    dropConnections: () =>
      administer("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"),
    async stop() {
      process.off("exit", kill);
      const exit = once(server, "exit");
      server.kill("SIGQUIT");
      await exit;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function findBinaries(): string {
  const versions = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
  const candidates = [
    ...versions("/usr/lib/postgresql").map((version) => `/usr/lib/postgresql/${version}/bin`),
    ...versions("/opt/homebrew/opt").map((formula) => `/opt/homebrew/opt/${formula}/bin`),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  const found = candidates.find((folder) => existsSync(join(folder, "initdb")));
  if (!found) throw new Error("The tests need Postgres on this machine: apt install postgresql.");
  return found;
}

/** Postgres refuses to run as root: where we are, it runs as nobody. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: "-u" | "-g") => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}

/** Reads the server's log until it says that it accepts connections, and on, so that it never waits for a reader. */
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
