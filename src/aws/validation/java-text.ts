import type { Shape } from "../../api-model/index.ts";

/** `MinimumLength` → `minimumLength`; of an acronym only the first letter changes. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The shapes that a service's messages speak of. */
export interface ShapeSource {
  /** @throws TypeError there is no such shape */
  readonly shapeOf: (name: string) => Shape;
  /** Shapes that are sensitive in the model and yet shown by the service. */
  readonly shownAllTheSame: ReadonlySet<string>;
}

/** Whether values of a shape stay out of messages. */
export function isSensitive(shapeName: string, { shapeOf, shownAllTheSame }: ShapeSource): boolean {
  return shapeOf(shapeName).sensitive === true && !shownAllTheSame.has(shapeName);
}

/** A value as Java's `toString()` shows it: `[a, b]`, `{k=v}`, `SchemaAttributeType(name=a, required=true)`. */
export function javaText(shapeName: string, value: unknown, source: ShapeSource): string {
  const shape = source.shapeOf(shapeName);
  if (isSensitive(shapeName, source)) return "*** Sensitive Data Redacted ***";
  if (Array.isArray(value) && shape.type === "list") {
    return `[${value.map((element) => javaText(shape.member, element, source)).join(", ")}]`;
  }
  if (value instanceof Uint8Array) {
    return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  }
  if (typeof value === "object" && value !== null) {
    if (shape.type === "map") return `{${fields(value, source, (key) => [key, shape.value])}}`;
    if (shape.type === "structure") {
      return `${shapeName}(${fields(value, source, (key) => [lowerFirst(key), shape.members[key]])})`;
    }
    return JSON.stringify(value);
  }
  return String(value);
}

function fields(
  value: object,
  source: ShapeSource,
  describe: (key: string) => readonly [name: string, shapeName: string | undefined],
): string {
  return Object.entries(value)
    .map(([key, element]) => {
      const [name, shapeName] = describe(key);
      return `${name}=${shapeName === undefined ? "" : javaText(shapeName, element, source)}`;
    })
    .join(", ");
}
