/**
 * An esbuild plugin that decides what is in the chunks of the bundle. It is right because no module of src/ acts by being
 * imported.
 */
import { globSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";

const IMPORT = /^import (?:(type) )?\{([^}]*)\} from "(\.[^"]*\/index\.ts)";/gm;
const OF_NODE = /^import (?:(type) )?\{([^}]*)\} from "(node:[^"]*)";/gm;
const ALL_OF_NODE = /^import \* as (\w+) from ['"](node:[^'"]*)['"];/gm;
/** Members of Node's modules that a start does not use, and whose modules load much. A function in place of each loads them. */
const LATE_OF_NODE = { "node:fs/promises": /./, "node:worker_threads": /^Worker$/ };
const EXPORT = /^export (?:(type) )?\{([^}]*)\} from "(\.[^"]*)";/gm;

/**
 * Imports from a folder's index.ts go straight to the files that define what is imported. esbuild makes chunks of whole files: a
 * file that imports one function from an index.ts would otherwise bring everything that the index.ts names into its own chunk,
 * also what only parts that are loaded later use.
 *
 * Imports of Node's own modules become requests for the module. An import makes Node read every member of the module, and some
 * members load more: one of node:http loads `fetch`, one of node:crypto the Web Crypto API.
 *
 * Each part of the server that is loaded later gets an import of the server, which is there before it: all of the start is then
 * reached from the same entries, and esbuild makes one chunk of it.
 *
 * @param {{ isOfServer: boolean }} _ whether the server is in this bundle
 */
export const directImports = ({ isOfServer }) => ({
  name: "direct-imports",
  setup({ onLoad }) {
    const lazyParts = isOfServer ? findLazyParts() : new Set();
    onLoad({ filter: /\/src\/.*\.tsx?$/ }, async ({ path }) => {
      const text = withMembersOfNode(withDirectImports(await readFile(path, "utf8"), path));
      const contents = lazyParts.has(path) ? `${text}\nimport ${JSON.stringify(SERVER)};` : text;
      return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
    });
    onLoad({ filter: /\/node_modules\/.*\.mjs$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(
        ALL_OF_NODE,
        (_whole, name, from) => `const ${name} = process.getBuiltinModule(${JSON.stringify(from)});`,
      ),
    }));
  },
});

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

function withMembersOfNode(text) {
  return text.replace(OF_NODE, (_whole, isType, names, from) => {
    const members = isType ? [] : specifiersOf(names);
    if (members.length === 0) return "";
    const module = `process.getBuiltinModule(${JSON.stringify(from)})`;
    const isLate = ({ name }) => LATE_OF_NODE[from]?.test(name);
    const late = members.filter(isLate).map(({ name, as }) => lateFunction(`${module}.${name}`, as));
    const picked = members
      .filter((member) => !isLate(member))
      .map(({ name, as }) => (name === as ? name : `${name}: ${as}`))
      .join(", ");
    return `${late.join(" ")} ${picked && `const { ${picked} } = ${module};`}`;
  });
}

/** A function, or a class, that is looked up with each call. */
function lateFunction(member, as) {
  return `function ${as}(...given) { return new.target ? new (${member})(...given) : ${member}(...given); }`;
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
