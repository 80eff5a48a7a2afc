import { once } from "node:events";
import { createServer } from "node:net";

/** @returns a port of 127.0.0.1 on which nothing listens at the moment, for programs that cannot say which port they took */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}
