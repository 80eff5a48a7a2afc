/**
 * Makes one script of all chunks that a start of the server loads, and of each of these chunks a module that exports its part of the
 * script. What runs it, `start-loader.mjs`, keeps the compiled code of the functions that a start calls.
 *
 * @see docs/decisions/0215-a-start-from-compiled-code.md
 */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { build } from "esbuild";
import { BANNER } from "./bundle.mjs";

/** @param {import("esbuild").Metafile["outputs"]} outputs what esbuild wrote for the server */
export async function writeStartScript(outputs) {
  const parts = partsOfStart(outputs);
  const folder = resolve(dirname(parts[0]));
  const script = await scriptOf(parts, folder);
  const name = `start-${createHash("sha256").update(script).digest("hex").slice(0, 8).toUpperCase()}.cjs`;
  await writeFile(join(folder, name), script);
  const loader = await readFile(new URL("./start-loader.mjs", import.meta.url), "utf8");
  await writeFile(join(folder, "start.js"), loader.replace(/(?<=const SCRIPT = )".*"/, JSON.stringify(name)));
  for (const part of parts) {
    const names = outputs[part].exports.join();
    await writeFile(part, `import{parts}from"./start.js";export const{${names}}=parts.${nameOf(part)};\n`);
  }
}

/** The command's chunk, and all that it imports when it is loaded. */
function partsOfStart(outputs) {
  const [command] = Object.entries(outputs).find(
    ([, { entryPoint }]) => entryPoint === "src/cli/server-command.ts",
  );
  const parts = new Set([command]);
  for (const part of parts) {
    for (const { path, kind } of outputs[part].imports) {
      if (kind === "import-statement" && path in outputs) parts.add(path);
    }
  }
  return [...parts];
}

/** The same in each build that has this chunk, because a server of the former build may load the file of this one. */
const nameOf = (part) => `part_${basename(part).replace(/\W/g, "_")}`;

/** A function, so that everything is compiled in one piece; start-loader.mjs gives it its parameters. */
async function scriptOf(parts, folder) {
  const {
    outputFiles: [{ text }],
  } = await build({
    stdin: {
      contents: parts.map((part) => `export * as ${nameOf(part)} from "./${basename(part)}";`).join("\n"),
      resolveDir: folder,
    },
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node24",
    // The loader reads bytes, not UTF-8.
    charset: "ascii",
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: "none",
    define: { "import.meta": "importMeta" },
    logLevel: "warning",
    plugins: [onlyParts],
  });
  // A script's own import() is experimental in Node, which would say so at each start.
  const script = text.replace(/\bimport\((?=")/g, "importChunk(");
  return `(function(module,require,importMeta,importChunk){${script}})`;
}

/** Leaves parts that are loaded later where they are, and takes away the banner, whose `require` the loader gives. */
const onlyParts = {
  name: "only-parts",
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /./ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
    onLoad({ filter: /\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(BANNER, ""),
    }));
  },
};
