import { shapeModel } from "../../api-model/index.ts";

/** `MinimumLength` → `minimumLength`; of an acronym only the first letter changes. */
export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/**
 * Sensitive in the model, and yet shown by the service: seen with quotes and value in answers of 2023 to 2025
 * (boto/boto3#3581, hashicorp/terraform-provider-aws#38167).
 */
const SHOWN_ALL_THE_SAME = new Set(["ClientIdType"]);

/** Whether values of a shape stay out of messages. */
export function isSensitive(shapeName: string): boolean {
  return shapeModel(shapeName).sensitive === true && !SHOWN_ALL_THE_SAME.has(shapeName);
}

/** A value as Java's `toString()` shows it: `[a, b]`, `{k=v}`, `SchemaAttributeType(name=a, required=true)`. */
export function javaText(shapeName: string, value: unknown): string {
  const shape = shapeModel(shapeName);
  if (isSensitive(shapeName)) return "*** Sensitive Data Redacted ***";
  if (Array.isArray(value) && shape.type === "list") {
    return `[${value.map((element) => javaText(shape.member, element)).join(", ")}]`;
  }
  if (value instanceof Uint8Array) {
    return `java.nio.HeapByteBuffer[pos=0 lim=${value.length} cap=${value.length}]`;
  }
  if (typeof value === "object" && value !== null) {
    if (shape.type === "map") return `{${fields(value, (key) => [key, shape.value])}}`;
    if (shape.type === "structure") {
      return `${shapeName}(${fields(value, (key) => [lowerFirst(key), shape.members[key]])})`;
    }
    return JSON.stringify(value);
  }
  return String(value);
}

function fields(
  value: object,
  describe: (key: string) => readonly [name: string, shapeName: string | undefined],
): string {
  return Object.entries(value)
    .map(([key, element]) => {
      const [name, shapeName] = describe(key);
      return `${name}=${shapeName === undefined ? "" : javaText(shapeName, element)}`;
    })
    .join(", ");
}
