/** Checks of an answer against the API model: its members and their types, and the exceptions of its operation. */
import { type OperationName, operationModel, shapeModel } from "../../src/api-model/index.ts";

/** Exceptions of any operation: faults of the layers before it. */
const PROTOCOL_ERRORS: ReadonlySet<string> = new Set([
  "SerializationException",
  "RequestEntityTooLargeException",
]);

/** What is wrong with an answer; nothing for one that its model allows. */
export function problemsOf(operation: OperationName, status: number, text: string): string[] {
  const { output, errors } = operationModel(operation);
  if (status === 200) {
    if (output === undefined) return text === "" ? [] : [`a body in place of none: ${text}`];
    return valueProblems(JSON.parse(text), output, "output");
  }
  if (status !== 400 && status !== 413) return [`status ${status}: ${text}`];
  const { __type, message } = JSON.parse(text) as { __type?: string; message?: string };
  const isValidation = __type === "InvalidParameterException" && /validation error/.test(message ?? "");
  if (isValidation || (__type !== undefined && (errors.includes(__type) || PROTOCOL_ERRORS.has(__type))))
    return [];
  return [`an exception that its model does not list: ${text}`];
}

function valueProblems(value: unknown, shapeName: string, path: string): string[] {
  const shape = shapeModel(shapeName);
  const wrong = () => [
    `${path} is not a ${shape.type} (${shapeName}): ${JSON.stringify(value)?.slice(0, 100)}`,
  ];
  switch (shape.type) {
    case "structure": {
      if (!isObject(value)) return wrong();
      const unknown = Object.keys(value).filter((name) => shape.members[name] === undefined);
      // As recorded: a prefix domain has an empty configuration.
      const isEmptyDomain = shapeName === "CustomDomainConfigType" && Object.keys(value).length === 0;
      const missing = isEmptyDomain ? [] : (shape.required ?? []).filter((name) => value[name] === undefined);
      return [
        ...unknown.map((name) => `${path}.${name} is not in the model`),
        ...missing.map((name) => `${path}.${name} is required, and missing`),
        ...Object.entries(shape.members).flatMap(([name, target]) =>
          value[name] === undefined ? [] : valueProblems(value[name], target, `${path}.${name}`),
        ),
      ];
    }
    case "list":
      return Array.isArray(value)
        ? value.flatMap((element, index) => valueProblems(element, shape.member, `${path}[${index}]`))
        : wrong();
    case "map":
      return isObject(value)
        ? Object.entries(value).flatMap(([key, element]) =>
            valueProblems(element, shape.value, `${path}[${key}]`),
          )
        : wrong();
    case "string": {
      if (typeof value !== "string") return wrong();
      return shape.enum !== undefined && !shape.enum.includes(value)
        ? [`${path} is ${value}, which is not in its enum`]
        : [];
    }
    case "integer":
    case "long":
      return Number.isInteger(value) ? [] : wrong();
    case "timestamp":
      return typeof value === "number" && Number.isFinite(value) ? [] : wrong();
    case "boolean":
      return typeof value === "boolean" ? [] : wrong();
    case "blob":
      return typeof value === "string" && /^[A-Za-z0-9+/]*={0,2}$/.test(value) ? [] : wrong();
    case "document":
      return [];
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
