/**
 * Reads the npm package `@aws-sdk/client-cognito-identity-provider`: the newest operations and members.
 *
 * Its schemas (arrays in the form of `@smithy/types` `schema/static-schemas`) say how values travel and what is required.
 * Enumerations and the errors of an operation are only in its type declarations. Lengths, patterns and ranges are
 * nowhere: what only this source knows is named `Unconstrained…` in the model.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { OperationModel, Shape } from "../../src/api-model/model.ts";
import type { ModelSource } from "./model-source.ts";

const PACKAGE = "@aws-sdk/client-cognito-identity-provider";
const NAMESPACE = "com.amazonaws.cognitoidentityprovider";

/** A schema by value, or a function for one that comes later in the file, or either with the member's own traits. */
type Ref = number | Schema | (() => Ref) | readonly [ref: Ref, traits: Traits];
type Traits = number | Readonly<Record<string, unknown>>;
type Schema = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: Traits,
  ...rest: readonly unknown[],
];

const KIND = { error: -3, simple: 0, list: 1, map: 2, structure: 3, operation: 9 };
const LIST_OF = 64;
const MAP_OF = 128;
const SENSITIVE = 8;
const SIMPLE: Readonly<Record<number, { name: string; shape: Shape }>> = {
  0: { name: "UnconstrainedString", shape: { type: "string" } },
  1: { name: "UnconstrainedInteger", shape: { type: "integer" } },
  2: { name: "UnconstrainedBoolean", shape: { type: "boolean" } },
  4: { name: "UnconstrainedTimestamp", shape: { type: "timestamp" } },
  15: { name: "UnconstrainedDocument", shape: { type: "document" } },
  21: { name: "UnconstrainedBlob", shape: { type: "blob" } },
};

/**
 * @throws Error the package's schemas have a form that is not known here
 */
export function readSdk(): ModelSource {
  const require = createRequire(import.meta.url);
  const exports: Record<string, unknown> = require(PACKAGE);
  const declarations = join(dirname(require.resolve(PACKAGE)), "..", "dist-types");
  const memberTypes = readMemberTypes(join(declarations, "models"));
  const signing = readFileSync(
    join(dirname(require.resolve(PACKAGE)), "..", "dist-es", "auth", "httpAuthSchemeProvider.js"),
    "utf8",
  );
  const unsigned = new Set(
    [...signing.matchAll(/case "(\w+)":\s*\{\s*options\.push\(createSmithyApiNoAuth/g)].map((m) => m[1]),
  );

  const operations = new Map<string, OperationModel>();
  const shapes = new Map<string, Shape>();

  // The members after a schema's traits depend on its kind; the casts below say how.
  for (const schema of Object.values(exports).filter(isSchema)) {
    const [kind, , name, traits, ...rest] = schema;
    if (kind === KIND.operation) {
      // A success without output is the synthetic unit shape, of another namespace.
      const output = resolve(rest[1] as Ref).schema;
      operations.set(name, {
        input: named(resolve(rest[0] as Ref).schema),
        ...(isSchema(output) && output[1] === NAMESPACE && { output: output[2] }),
        ...(unsigned.has(name) && { unsigned: true as const }),
        errors: readErrors(join(declarations, "commands", `${name}Command.d.ts`)),
      });
    } else if (kind === KIND.structure || kind === KIND.error) {
      const names = rest[0] as readonly string[];
      const refs = rest[1] as readonly Ref[];
      const requiredCount = (rest[2] as number | undefined) ?? 0;
      const fault = typeof traits === "object" && traits.error === "server";
      shapes.set(name, {
        type: "structure",
        members: Object.fromEntries(
          names.map((member, index) => [
            member,
            target(refs[index] as Ref, memberTypes.get(`${name}.${member}`)),
          ]),
        ),
        ...(requiredCount > 0 && { required: names.slice(0, requiredCount) }),
        ...(isSensitive(traits) && { sensitive: true as const }),
        ...(kind === KIND.error && { exception: true as const }),
        ...(fault && { fault: true as const }),
      });
    }
  }
  return { operations, shapes };

  /** The name of the shape behind a member, whose shape is kept unless it is a structure, which comes by itself. */
  function target(ref: Ref, declared: string | undefined): string {
    const { schema } = resolve(ref);
    if (typeof schema === "number") return targetOfCode(schema, declared);

    const [kind, , name, traits, ...rest] = schema;
    const sensitive = isSensitive(traits) ? { sensitive: true as const } : {};
    if (kind === KIND.simple) {
      shapes.set(name, { ...simple(rest[0] as number).shape, ...sensitive });
    } else if (kind === KIND.list) {
      shapes.set(name, { type: "list", member: target(rest[0] as Ref, undefined), ...sensitive });
    } else if (kind === KIND.map) {
      const [key, value] = rest as readonly Ref[];
      if (key === undefined || value === undefined) throw new Error(`${name}: a map without key or value`);
      shapes.set(name, {
        type: "map",
        key: target(key, undefined),
        value: target(value, undefined),
        ...sensitive,
      });
    } else if (kind !== KIND.structure) {
      throw new Error(`${name}: a schema of kind ${kind} is not known here`);
    }
    return name;
  }

  function targetOfCode(code: number, declared: string | undefined): string {
    if (code >= LIST_OF) {
      const element = targetOfCode(code % LIST_OF, declared);
      const name = `${element}${code >= MAP_OF ? "Map" : "List"}`;
      shapes.set(
        name,
        code >= MAP_OF
          ? { type: "map", key: targetOfCode(0, undefined), value: element }
          : { type: "list", member: element },
      );
      return name;
    }
    const { name, shape } = simple(code);
    if (shape.type === "string" && declared !== undefined && declared !== "string") {
      const values = exports[declared];
      if (typeof values !== "object" || values === null) throw new Error(`${declared} is not an enumeration`);
      shapes.set(declared, { type: "string", enum: Object.values(values) as string[] });
      return declared;
    }
    shapes.set(name, shape);
    return name;
  }
}

function simple(code: number): { name: string; shape: Shape } {
  const found = SIMPLE[code];
  if (!found) throw new Error(`a simple schema of code ${code} is not known here`);
  return found;
}

function isSchema(value: unknown): value is Schema {
  return (
    Array.isArray(value) &&
    typeof value[0] === "number" &&
    typeof value[1] === "string" &&
    value[1] === NAMESPACE
  );
}

function resolve(ref: Ref): { schema: number | Schema } {
  if (typeof ref === "function") return resolve(ref());
  if (typeof ref === "number") return { schema: ref };
  // A schema's second element is its namespace; in a pair of schema and member's traits it never is a string.
  return typeof ref[1] === "string" ? { schema: ref as Schema } : resolve(ref[0]);
}

function named(schema: number | Schema): string {
  if (typeof schema === "number") throw new Error(`expected a structure, found the simple schema ${schema}`);
  return schema[2];
}

function isSensitive(traits: Traits): boolean {
  return typeof traits === "number" ? (traits & SENSITIVE) !== 0 : traits.sensitive === 1;
}

/** The declared element type of each member: `"CreateUserPoolRequest.DeletionProtection"` → `"DeletionProtectionType"`. */
function readMemberTypes(folder: string): Map<string, string> {
  const types = new Map<string, string>();
  for (const file of readdirSync(folder).filter((name) => /^models_\d+\.d\.ts$/.test(name))) {
    const text = readFileSync(join(folder, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
    for (const [, name, body] of text.matchAll(/export interface (\w+) \{([^}]*)\}/g)) {
      for (const [, member, type] of (body ?? "").matchAll(/^\s*(\w+)\??: (.+) \| undefined;$/gm)) {
        const element = type?.match(/^(?:Record<string, )?(\w+)(?:\[\]|>)?$/)?.[1];
        if (element) types.set(`${name}.${member}`, element);
      }
    }
  }
  return types;
}

function readErrors(path: string): string[] {
  return [...readFileSync(path, "utf8").matchAll(/@throws \{@link (\w+)\} \((?:client|server) fault\)/g)].map(
    ([, name]) => String(name),
  );
}
