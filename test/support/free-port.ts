import { once } from "node:events";
import { createServer } from "node:net";
import { listen } from "./listen.ts";

/** @returns a port of 127.0.0.1 on which nothing listens at the moment, for programs that cannot say which port they took */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, "close");
  return port;
}
