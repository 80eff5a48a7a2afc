/**
 * Databases of the Postgres server that the whole run shares. It lives in Vitest's own process and starts when the first
 * test file asks for a database, so that a run without such tests does not pay for it.
 */
import { createServer } from "node:http";
import { Client } from "pg";
import { inject } from "vitest";
import { listen } from "./listen.ts";
import { type PostgresServer, startPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Answers every request with the URL of a new database. */
    databasesUrl: string;
  }
}

/** Makes an empty database, which is gone at the end of the run. @returns its URL */
export async function createDatabase(): Promise<string> {
  const response = await fetch(inject("databasesUrl"), { method: "POST" });
  if (!response.ok) throw new Error(await response.text());
  return response.text();
}

/** Ends every connection to a database, as a crash of its server would. */
export async function dropConnections(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  await client.end();
}

/** For the global set-up: hands databases out to the test files. */
export async function serveDatabases(): Promise<{ url: string; stop(): Promise<void> }> {
  let postgres: Promise<PostgresServer> | undefined;
  const server = createServer((_, response) => {
    postgres ??= startPostgres();
    postgres
      .then(({ createDatabase: create }) => create())
      .then(
        (url) => response.end(url),
        (error: Error) => response.writeHead(500).end(error.message),
      );
  });
  return {
    url: `http://127.0.0.1:${await listen(server)}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await (await postgres?.catch(() => undefined))?.stop();
    },
  };
}
