#!/usr/bin/env node
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { unsupportedRuntime } from "./runtime.mjs";

const runtime = unsupportedRuntime();
if (runtime) {
  console.error(
    `cognate needs Node.js 24 or newer; this is ${runtime}. In a project, npm install --save-dev node@24 brings it.`,
  );
  process.exit(1);
}
if (process.env.npm_lifecycle_event === "npx") {
  const { endWithNpm } = await import("./end-with-npm.mjs");
  endWithNpm();
}
// A program that started this with a channel to it, as tools/run.mjs does, has ended when the channel closes.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
// Signatures are made on libuv's threads. Four, its own default, get in each other's way on two cores and leave cores idle
// where there are more; it reads this when it starts the first of them, which is later.
process.env.UV_THREADPOOL_SIZE ??= String(Math.max(2, availableParallelism()));
const bundle = new URL("../dist/cognate.js", import.meta.url);
// Not by imports, for which Node reads every member of a module: some load more, and older versions of Node lack others and must
// reach the message above.
const { existsSync } = process.getBuiltinModule("node:fs");
const { enableCompileCache } = process.getBuiltinModule("node:module");
if (!existsSync(bundle)) {
  console.error("cognate is not built. Run npm start, or npm run build.");
  process.exit(1);
}
// The cache is beside the bundle: the default is in the shared temporary folder, where another user could put code of their own.
enableCompileCache(fileURLToPath(new URL("../dist/.compile-cache", import.meta.url)));
await import(bundle.href);
