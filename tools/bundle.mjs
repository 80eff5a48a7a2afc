/**
 * How esbuild makes the bundles, for the build and for tests that look at what it made. The server and the other commands never run
 * in the same process, so that each has chunks of its own.
 */
import { fileURLToPath } from "node:url";
import { directImports } from "./direct-imports.mjs";
import { lateRequires } from "./late-requires.mjs";

/** CommonJS packages in an ESM bundle still call require(). */
export const BANNER =
  'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);';

/** @type {import("esbuild").BuildOptions} */
const common = {
  outdir: "dist",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node24",
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: false,
  legalComments: "linked",
  logLevel: "warning",
  // find-my-way checks regular expressions of its own with it at each start. Routes have none here.
  alias: { "safe-regex2": fileURLToPath(import.meta.resolve("./no-regular-expressions.cjs")) },
  external: [
    // Looked up at run time by a package that can do without.
    "pg-native",
    // Fastify asks for them when a route has a JSON schema, or a test injects a request. Neither happens in the program.
    "@fastify/ajv-compiler",
    "@fastify/fast-json-stringify-compiler",
    "light-my-request",
  ],
  banner: { js: BANNER },
};

/** @type {import("esbuild").Plugin} The command line loads the server from its own bundle. */
const serverApart = {
  name: "server-apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/server-command\.ts$/ }, () => ({ path: "./server-command.js", external: true }));
  },
};

/** @type {import("esbuild").BuildOptions & { metafile: true }} */
export const server = {
  ...common,
  metafile: true,
  entryPoints: { "server-command": "src/cli/server-command.ts", index: "src/create-server.ts" },
  plugins: [directImports({ isOfServer: true }), lateRequires],
};

/** @type {import("esbuild").BuildOptions & { metafile: true }} */
export const commands = {
  ...common,
  metafile: true,
  entryPoints: {
    cognate: "src/cli/main.ts",
    "imported-hash-thread": "src/crypto/passwords/imported-hash-thread.ts",
    "saml-thread": "src/federation/saml/saml-thread.ts",
  },
  plugins: [serverApart, directImports({ isOfServer: false }), lateRequires],
};
