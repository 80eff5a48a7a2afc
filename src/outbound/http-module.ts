import type { ClientRequest } from "node:http";

/**
 * Node's HTTP client for the protocol of a URL, which is `https:` or `http:`.
 *
 * Not by import, so that servers without TLS and without calls of their own do not load `node:https`.
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
