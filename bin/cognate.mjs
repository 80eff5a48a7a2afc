#!/usr/bin/env node
import { enableCompileCache } from "node:module";

const [major = 0] = process.versions.node.split(".").map(Number);
if (major < 24) {
  console.error(`cognate needs Node.js 24 or newer; this is ${process.version}.`);
  process.exit(1);
}
enableCompileCache();
await import("../dist/cognate.js");
