import type { ClientBase, Pool } from "pg";
import { READ_ONLY } from "./errors.ts";

/** @throws an error with the code of Postgres for a server that only reads, such as a replica after a failover */
export async function refuseReadOnly(client: ClientBase | Pool): Promise<void> {
  const { rows } = await client.query<{ transaction_read_only: string }>("show transaction_read_only");
  if (rows[0]?.transaction_read_only !== "on") return;
  throw Object.assign(new Error("No server accepts writes."), { code: READ_ONLY });
}
