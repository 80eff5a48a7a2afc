/**
 * An esbuild plugin for packages of node_modules: modules that a package requires when it is loaded, though only some uses of it
 * need them, are required where they are used instead. A start loads none of them.
 */
import { readFile } from "node:fs/promises";

/** File of a package → what it requires late. */
const LATE = {
  // For plugins that say which versions of Fastify they are made for. Ours do not; that of static files does.
  "fastify/lib/plugin-utils.js": ["semver", "node:assert"],
  // For servers with TLS, and HTTP/2, which this one does not speak.
  "fastify/lib/server.js": ["node:https", "node:http2"],
  // For servers that make a route of each file.
  "@fastify/static/index.js": ["glob"],
};

/** File of a package → text in it that would load a module of Node for little, and what is there in the bundle instead. */
const REPLACED = {
  // For the time that requests take, in Fastify's own log, which is off.
  "fastify/lib/logger-factory.js": [
    "const { performance } = require('node:perf_hooks')",
    "const performance = Date",
  ],
  // For the time that entries may be kept, which the few caches with such a time can take from the clock.
  "lru-cache/dist/esm/node/index.min.js": ['typeof performance=="object"', "false"],
  // For arguments that the program gives.
  ...Object.fromEntries(
    [
      "index.js",
      "lib/constrainer.js",
      "lib/strategies/accept-host.js",
      "lib/strategies/accept-version.js",
    ].map((file) => [
      `find-my-way/${file}`,
      [
        "const assert = require('node:assert')",
        "const assert = (isRight, message) => { if (!isRight) throw new Error(message) }",
      ],
    ]),
  ),
};

export const lateRequires = {
  name: "late-requires",
  setup({ onLoad }) {
    for (const [file, [text, replacement]] of Object.entries(REPLACED)) {
      onLoad({ filter: new RegExp(`/node_modules/${RegExp.escape(file)}$`) }, async ({ path }) => {
        const contents = await readFile(path, "utf8");
        if (!contents.includes(text)) throw new Error(`${file} no longer has ${text}.`);
        return { contents: contents.replace(text, replacement) };
      });
    }
    for (const [file, modules] of Object.entries(LATE)) {
      onLoad({ filter: new RegExp(`/node_modules/${RegExp.escape(file)}$`) }, async ({ path }) => ({
        contents: modules.reduce(
          (text, module) => requiredLate(text, module, file),
          await readFile(path, "utf8"),
        ),
      }));
    }
  },
};

/** `const name = require('module')` or `const { name } = require('module')`, used as `name(…)` or `name.member`. */
function requiredLate(text, module, file) {
  const known = new RegExp(`^const (\\{ )?(\\w+)(?: \\})? = require\\('${RegExp.escape(module)}'\\)$`, "m");
  const [line, isMember, name] = known.exec(text) ?? [];
  if (line === undefined) throw new Error(`${file} no longer requires ${module} in the form that is known.`);
  const required = `require('${module}')`;
  return text
    .replace(line, "")
    .replace(new RegExp(`(?<![\\w.'])${name}(?=[.(])`, "g"), isMember ? `${required}.${name}` : required);
}
