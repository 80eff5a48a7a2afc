/**
 * An esbuild plugin for src/, which decides what is in the chunks of the bundle. It is right because no module of src/ acts by
 * being imported.
 */
import { globSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";

const IMPORT = /^import (?:(type) )?\{([^}]*)\} from "(\.[^"]*\/index\.ts)";/gm;
const EXPORT = /^export (?:(type) )?\{([^}]*)\} from "(\.[^"]*)";/gm;

/**
 * Imports from a folder's index.ts go straight to the files that define what is imported. esbuild makes chunks of whole files: a
 * file that imports one function from an index.ts would otherwise bring everything that the index.ts names into its own chunk,
 * also what only parts that are loaded later use.
 *
 * Each part that is loaded later gets an import of the server, which is there before it: all of the start is then reached from
 * the same entries, and esbuild makes one chunk of it.
 */
export const directImports = {
  name: "direct-imports",
  setup({ onLoad }) {
    const lazyParts = findLazyParts();
    onLoad({ filter: /\/src\/.*\.tsx?$/ }, async ({ path }) => {
      const text = withDirectImports(await readFile(path, "utf8"), path);
      const contents = lazyParts.has(path) ? `${text}\nimport ${JSON.stringify(SERVER)};` : text;
      return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
    });
  },
};

const SOURCES = resolve(import.meta.dirname, "../src");
const SERVER = join(SOURCES, "server/index.ts");

/** Modules of the server that are loaded when first used. */
function findLazyParts() {
  return new Set(
    globSync(`${SOURCES}/!(cli)/**/*.ts`).flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/import\("(\.[^"]+)"\)/g)].map(([, to]) =>
        resolve(dirname(file), to),
      ),
    ),
  );
}

function withDirectImports(text, path) {
  return text.replace(IMPORT, (_whole, isType, names, from) => {
    if (isType) return "";
    const index = resolve(dirname(path), from);
    return specifiersOf(names)
      .map(({ name, as }) => {
        const { file, name: itsName } = definitionOf(index, name);
        return `import { ${itsName} as ${as} } from ${JSON.stringify(`./${relative(dirname(path), file)}`)};`;
      })
      .join(" ");
  });
}

/** The file that defines what an index.ts exports under a name, and its name there. */
function definitionOf(index, name) {
  const found = exportsOf(index).get(name);
  if (found === undefined) return { file: index, name };
  return found.file.endsWith("/index.ts") ? definitionOf(found.file, found.name) : found;
}

const known = new Map();

function exportsOf(index) {
  let exported = known.get(index);
  if (exported === undefined) {
    const all = [...readFileSync(index, "utf8").matchAll(EXPORT)].flatMap(([, isType, names, from]) =>
      isType
        ? []
        : specifiersOf(names).map(({ name, as }) => [as, { file: resolve(dirname(index), from), name }]),
    );
    exported = new Map(all);
    known.set(index, exported);
  }
  return exported;
}

/** Of `{ a, type B, c as d }`, those that are values. */
function specifiersOf(names) {
  return names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "" && !name.startsWith("type "))
    .map((name) => {
      const [before, after = before] = name.split(/\s+as\s+/);
      return { name: before, as: after };
    });
}
