import type { ClientRequest } from "node:http";

/**
 * Node's HTTP client for the protocol of a URL, which is `https:` or `http:`.
 *
 * Not by import: `node:http` imported as a module loads Node's `fetch` along, which takes a seventh of a start and 15 MiB.
 */
export function httpModule(protocol: string) {
  return protocol === "https:"
    ? process.getBuiltinModule("node:https")
    : process.getBuiltinModule("node:http");
}

/** Fails a request whose answer changes the protocol. Without this, Node closes the connection and reports nothing. */
export function refuseUpgrade(sent: ClientRequest, fail: (error: Error) => void): void {
  sent.on("upgrade", (_answer, socket) => {
    socket.destroy();
    fail(new Error("The answer changes the protocol."));
  });
}
