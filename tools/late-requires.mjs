/**
 * An esbuild plugin for packages of node_modules: modules that a package requires when it is loaded, though only some uses of it
 * need them, are required where they are used instead. A start loads none of them.
 */
import { readFile } from "node:fs/promises";

/** File of a package → what it requires late. */
const LATE = {
  // For plugins that say which versions of Fastify they are made for. Ours do not; that of static files does.
  "fastify/lib/plugin-utils.js": ["semver"],
  // For servers with TLS, and HTTP/2, which this one does not speak.
  "fastify/lib/server.js": ["node:https", "node:http2"],
  // For servers that make a route of each file.
  "@fastify/static/index.js": ["glob"],
};

export const lateRequires = {
  name: "late-requires",
  setup({ onLoad }) {
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

/** `const name = require('module')`, used as `name.member`, or `const { name } = require('module')`, used as `name(…)`. */
function requiredLate(text, module, file) {
  const known = new RegExp(`^const (\\{ )?(\\w+)(?: \\})? = require\\('${RegExp.escape(module)}'\\)$`, "m");
  const [line, isMember, name] = known.exec(text) ?? [];
  if (line === undefined) throw new Error(`${file} no longer requires ${module} in the form that is known.`);
  const required = `require('${module}')`;
  return text
    .replace(line, "")
    .replace(
      new RegExp(`(?<![\\w.'])${name}(?=${isMember ? "\\(" : "\\."})`, "g"),
      isMember ? `${required}.${name}` : required,
    );
}
