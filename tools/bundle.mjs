/** How esbuild makes the bundle, for the build and for tests that look at what it made. */
import { directImports } from "./direct-imports.mjs";
import { lateRequires } from "./late-requires.mjs";

/** @type {import("esbuild").BuildOptions} */
export const bundle = {
  entryPoints: {
    cognate: "src/cli/main.ts",
    index: "src/create-server.ts",
    "imported-hash-thread": "src/crypto/passwords/imported-hash-thread.ts",
  },
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
  alias: { "safe-regex2": "./tools/no-regular-expressions.cjs" },
  plugins: [directImports, lateRequires],
  external: [
    // Looked up at run time by a package that can do without.
    "pg-native",
    // Fastify asks for them when a route has a JSON schema, or a test injects a request. Neither happens in the program.
    "@fastify/ajv-compiler",
    "@fastify/fast-json-stringify-compiler",
    "light-my-request",
  ],
  // CommonJS packages in an ESM bundle still call require().
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
};
