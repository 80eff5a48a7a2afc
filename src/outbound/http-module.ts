/**
 * Node's HTTP client for the protocol of a URL.
 *
 * Not by import: `node:http` imported as a module loads Node's `fetch` along, which takes a seventh of a start and 15 MiB.
 */
export function httpModule(protocol: "http:" | "https:") {
  return protocol === "https:"
    ? process.getBuiltinModule("node:https")
    : process.getBuiltinModule("node:http");
}
