#!/usr/bin/env node
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";

const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
  console.error(`cognate needs Node.js 24 or newer; this is ${process.version}.`);
  process.exit(1);
}
enableCompileCache();
const bundle = new URL("../dist/cognate.js", import.meta.url);
// A checkout that was never built runs from its sources, a little slower.
await import(existsSync(bundle) ? bundle.href : new URL("../src/cli/main.ts", import.meta.url).href);
