import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../src");

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(path) ? [path] : [];
  });
}

/** Tests, and what they are made with. */
function isForTests(file: string): boolean {
  return file.endsWith(".test.ts") || /\/(fixtures|contract)\/|contract\.ts$/.test(file);
}

interface Import {
  readonly from: string;
  readonly to: string;
}

const imports: Import[] = sourceFiles(root)
  .filter((file) => !isForTests(file))
  .flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+\.tsx?)"/g)].map(
      ([, specifier = ""]) => ({
        from: relative(root, file),
        to: relative(root, resolve(dirname(file), specifier)),
      }),
    ),
  )
  // The types of the package, which the sources implement, are outside.
  .filter(({ to }) => !to.startsWith(".."));

/** What a layer may stand on; arrows point down only. The first matching prefix is the file's layer. */
const layers: readonly (readonly string[])[] = [
  ["cli/", "create-server.ts"],
  ["server/", "logging.ts", "log-writer.ts", "standard-error.ts", "data-directory.ts", "package-root.ts"],
  ["seed/"],
  ["console/", "control/", "federation/", "oauth/", "managed-login/", "aws/index.ts", "aws/surface.ts"],
  ["aws/kms/"],
  ["aws/query-protocol/", "aws/json-protocol/"],
  ["aws/callers/"],
  ["aws/"],
  ["http/"],
  ["user-pools/", "iam/"],
  [
    "audit-log/",
    "delivery/",
    "lambda/",
    "log-sinks/",
    "outbound/",
    "metrics/",
    "activity.ts",
    "invocations.ts",
  ],
  ["storage/"],
  ["crypto/"],
  [
    "api-model/",
    "config/",
    "clock.ts",
    "clock-commands.ts",
    "code-of.ts",
    "csv-lines.ts",
    "database-servers.ts",
    "pool-ids.ts",
    "random.ts",
    "events.ts",
    "fair-queue.ts",
    "ids.ts",
    "java-hash-map.ts",
    "json.ts",
    "lazy.ts",
    "log.ts",
    "ip-networks.ts",
    "loopback.ts",
    "master-key-format.ts",
    "storable-text.ts",
    "message-of.ts",
    "secret-members.ts",
    "thread.ts",
    "version.ts",
    "web-address.ts",
    "xml.ts",
    "yaml.ts",
  ],
];

function layerOf(file: string): number {
  return layers.findIndex((prefixes) => prefixes.some((prefix) => file.startsWith(prefix)));
}

/**
 * The modules with variables that change, and what is in them. What is read or derived from a store belongs in an object
 * of its generation (`src/server/generation.ts`), or in a WeakMap by the store or by what it gave.
 */
const moduleState: Readonly<Record<string, string>> = {
  "api-model/api-model.ts": "the API model",
  "aws/json-protocol/deserialize.ts": "readers by shape of the API model",
  "aws/json-protocol/read-input.ts": "plans by operation",
  "aws/json-protocol/write-output.ts": "writers by operation",
  "aws/query-protocol/handler.ts": "validators by operation",
  "aws/validation/java-pattern.ts": "patterns of the API model",
  "federation/oidc/discovery.ts": "documents of other servers",
  "federation/oidc/unanswered.ts": "which other servers did not answer just now",
  "iam/policy-language/compile.ts": "policies by their text",
  "iam/policy-language/managed-policies.ts": "policies of AWS",
  "metrics/metrics.ts": "whether the process measures itself",
  "storage/inbox/repository.ts": "queries",
  "storage/postgres/connection.ts": "names of queries",
  "storage/query.ts": "queries",
  "storage/users/repository.ts": "queries",
};

/** Whether a module has a variable, or a collection that is filled later. A WeakMap is allowed, because it keeps nothing whose key is gone. */
function keepsState(source: string): boolean {
  const variable = /^(?:export )?let /m;
  const collection = /^(?:export )?const \w+.* = new (?:LRUCache\b|(?:Map|Set)(?:<.*>)?\(\))/m;
  const list = /^(?:export )?const \w+: (?!readonly)[^=]*\[\] = \[\]/m;
  return [variable, collection, list].some((pattern) => pattern.test(source));
}

describe("the structure of src/", () => {
  it("has a layer for every file", () => {
    const files = sourceFiles(root).filter((file) => !isForTests(file));
    expect(files.map((file) => relative(root, file)).filter((file) => layerOf(file) === -1)).toEqual([]);
  });

  it("has only imports that point down or stay on their level", () => {
    expect(imports.filter(({ from, to }) => layerOf(to) < layerOf(from))).toEqual([]);
  });

  it("enters another folder by its index.ts", () => {
    const entersByTheSide = imports.filter(({ from, to }) => {
      const folder = dirname(to);
      // A folder's own parts, and those of the folders in it, are inside.
      const isInside = dirname(from) !== "." && !relative(dirname(from), folder).startsWith("..");
      const isOutside = relative(folder, from).startsWith("..") && !isInside;
      const isSideDoor = !to.endsWith("/index.ts") && !to.endsWith("/testing.ts") && folder !== ".";
      return isOutside && isSideDoor;
    });
    expect(entersByTheSide).toEqual([]);
  });

  it("reads time, randomness and the environment in one place each", () => {
    const offenders = sourceFiles(root)
      .filter((file) => !isForTests(file))
      .filter((file) => {
        const name = relative(root, file);
        const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
        const usesTime = /\bDate\.now\(|new Date\(\)|Math\.random\(/.test(text) && name !== "clock.ts";
        const usesEnvironment =
          /process\.env\b/.test(text) && !name.startsWith("cli/") && !name.startsWith("config/");
        return usesTime || usesEnvironment;
      });
    expect(offenders.map((file) => relative(root, file))).toEqual([]);
  });

  it("keeps no data of a store in variables of modules, which outlive a restored snapshot", () => {
    // The commands in cli/ hold no store.
    const offenders = sourceFiles(root)
      .filter((file) => !isForTests(file) && !file.endsWith("/testing.ts") && !file.includes("/cli/"))
      .filter((file) => keepsState(readFileSync(file, "utf8")))
      .map((file) => relative(root, file));
    expect(offenders.toSorted()).toEqual(Object.keys(moduleState).toSorted());
  });

  it("loads CommonJS packages on demand by their default export, the only one that the bundle has", () => {
    const offenders = sourceFiles(root)
      .filter((file) => !isForTests(file))
      .flatMap((file) =>
        [...readFileSync(file, "utf8").matchAll(/\{ (\w+)[^}]*\} = await import\("([^."][^":]*)"\)/g)]
          .filter(([, name, packageName = ""]) => {
            const manifest = resolve(root, "../node_modules", packageName, "package.json");
            return name !== "default" && JSON.parse(readFileSync(manifest, "utf8")).type !== "module";
          })
          .map(([text]) => `${relative(root, file)}: ${text}`),
      );
    expect(offenders).toEqual([]);
  });
});
