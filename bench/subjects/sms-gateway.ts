import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Receives the SMS of a server and returns their codes: `GET /USERNAME` waits for the next one. */
export interface SmsGateway {
  readonly port: number;
}

export async function startSmsGateway(): Promise<SmsGateway> {
  const codes = new Map<string, string>();
  const waiting = new Map<string, (code: string) => void>();

  async function take(request: IncomingMessage): Promise<string> {
    const { username, message } = JSON.parse(await text(request)) as { username: string; message: string };
    const code = /\d{6}/.exec(message)?.[0] ?? "";
    const waiter = waiting.get(username);
    waiting.delete(username);
    if (waiter === undefined) codes.set(username, code);
    else waiter(code);
    return "";
  }

  async function tell(username: string): Promise<string> {
    const code = codes.get(username);
    codes.delete(username);
    return code ?? new Promise((resolve) => waiting.set(username, resolve));
  }

  const server = createServer(async (request, response) => {
    const answer = request.method === "POST" ? await take(request) : await tell((request.url ?? "").slice(1));
    // With a length, as the generator's connections want it.
    response.writeHead(200, { "content-length": Buffer.byteLength(answer) }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return { port: (server.address() as AddressInfo).port };
}
