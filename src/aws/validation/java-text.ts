import type { Shape } from "../../api-model/index.ts";

/** `MinimumLength` → `minimumLength`; of an acronym only the first letter changes. */
function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The shapes that a service's messages speak of. */
export interface ShapeSource {
  /** @throws TypeError there is no such shape */
  readonly shapeOf: (name: string) => Shape;
  /** Shapes that are sensitive in the model and yet shown by the service. */
  readonly shownAllTheSame: ReadonlySet<string>;
  /** Members that messages call by another name than the model's with its first letter in lower case. */
  readonly printedNames?: Readonly<Record<string, string>>;
  /** Patterns that the service checks by itself, when its framework has found nothing, by what it says of a value without a match. */
  readonly ownTexts?: ReadonlyMap<string, string>;
  /** Shapes whose absence counts as 0, because the service holds them in a type without null. */
  readonly zeroWhenAbsent?: ReadonlySet<string>;
}

/** What a message calls a member. */
export function printedName(name: string, { printedNames }: ShapeSource): string {
  return printedNames?.[name] ?? lowerFirst(name);
}

/** Whether values of a shape stay out of messages. */
export function isSensitive(shapeName: string, { shapeOf, shownAllTheSame }: ShapeSource): boolean {
  return shapeOf(shapeName).sensitive === true && !shownAllTheSame.has(shapeName);
}

/**
 * A value as Java's `toString()` shows it: `[a, b]`, `{k=v}`, `SchemaAttributeType(name=a, required=null)` with its fields in
 * the model's order. A character outside Latin-1 is a question mark. All of it was recorded in September 2026.
 */
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
    if (shape.type === "map") {
      const entries = Object.entries(value).map(
        ([key, element]) => `${latin1(key)}=${javaText(shape.value, element, source)}`,
      );
      return `{${entries.join(", ")}}`;
    }
    if (shape.type === "structure") {
      const given: Readonly<Record<string, unknown>> = { ...value };
      const fields = Object.entries(shape.members).map(
        ([name, target]) => `${printedName(name, source)}=${fieldText(target, given[name], source)}`,
      );
      return `${shapeName}(${fields.join(", ")})`;
    }
    return latin1(JSON.stringify(value));
  }
  return latin1(String(value));
}

function fieldText(shapeName: string, value: unknown, source: ShapeSource): string {
  return value === undefined || value === null ? "null" : javaText(shapeName, value, source);
}

/** A character at a time, because a replacement for each of those that a body has room for takes a tenth of a second. */
function latin1(text: string): string {
  if (!/[^\0-\xff]/.test(text)) return text;
  const bytes = Buffer.alloc(text.length);
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.codePointAt(index) ?? 0;
    bytes[length++] = code <= 0xff ? code : QUESTION_MARK;
    // Two units are one character.
    if (code > 0xffff) index += 1;
  }
  return bytes.toString("latin1", 0, length);
}

const QUESTION_MARK = 0x3f;
