import { unsupportedRuntime } from "./runtime.mjs";

const runtime = unsupportedRuntime();
if (runtime) throw new Error(`cognate needs Node.js 24 or newer; this is ${runtime}.`);

/**
 * Imports the server at the call: older versions of Node lack modules that it imports and must reach the message above, and
 * `require` takes no module that waits for another.
 */
export async function createServer(options) {
  const bundle = await import("../dist/index.js");
  return bundle.createServer(options);
}
