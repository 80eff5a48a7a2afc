import { type OperationName, operationModel, shapeModel } from "../api-model/index.ts";

/**
 * Where a value names members that an operation's input does not have. The API ignores them, as Cognito does;
 * in a seed file they are mistakes.
 *
 * @returns paths into the value, each a list of names and indexes
 */
export function unknownMembers(operation: OperationName, input: unknown): (string | number)[][] {
  return find(operationModel(operation).input, input);
}

function find(shapeName: string, value: unknown): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [];
  const shape = shapeModel(shapeName);
  const below = (key: string | number, inner: string, member: unknown) =>
    find(inner, member).map((path) => [key, ...path]);
  if (shape.type === "structure") {
    return Object.entries(value).flatMap(([name, member]) => {
      const inner = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
      return inner === undefined ? [[name]] : below(name, inner, member);
    });
  }
  if (shape.type === "list" && Array.isArray(value)) {
    return value.flatMap((element, index) => below(index, shape.member, element));
  }
  if (shape.type === "map") {
    return Object.entries(value).flatMap(([key, element]) => below(key, shape.value, element));
  }
  return [];
}
