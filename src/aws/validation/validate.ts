/**
 * A model's constraints, checked by functions compiled once for each shape, with the messages of AWS's own framework.
 *
 * All violations of a request are collected before it is refused. Members come in the order of Java's HashMap; the
 * constraints of one member come as length, pattern, set of values; a set is listed in an order of its own.
 */
import type { ListShape, MapShape, Shape, StructureShape } from "../../api-model/index.ts";
import { hashMapOrder, valueSetOrder } from "../../java-hash-map.ts";
import { matcherOf } from "./java-pattern.ts";
import { isSensitive, javaText, printedName, type ShapeSource } from "./java-text.ts";

/** More are not reported: a long list of wrong elements must not make an answer many times the size of the request. */
const MAX_VIOLATIONS = 10;

/** Violations found so far, each a sentence of the final message. */
class Violations {
  readonly sentences: string[] = [];
  /** The first violation of a pattern that the service checks by itself. */
  ownText: string | undefined;

  get isFull(): boolean {
    return this.sentences.length >= MAX_VIOLATIONS;
  }

  /** @param shown `null`, the quoted value, or nothing where the value is sensitive */
  add(shown: string, path: string, constraint: string): void {
    if (this.isFull) return;
    const value = shown === "" ? "Value" : `Value ${shown}`;
    this.sentences.push(`${value} at '${path}' failed to satisfy constraint: ${constraint}`);
  }
}

type Check = (value: unknown, path: string, violations: Violations) => void;

/** Says what is wrong with a whole input; undefined when nothing is. */
export type Validator = (input: unknown) => string | undefined;

/** A service's model, and what has been compiled of it. */
interface Compilation extends ShapeSource {
  readonly checks: Map<string, Check | undefined>;
}

/**
 * Validators of a service's inputs, by the name of the input's shape; the values have the types of the model already.
 */
export function createValidators(source: ShapeSource): (shapeName: string) => Validator {
  const compilation: Compilation = { ...source, checks: new Map() };
  return (shapeName) => {
    const check = checkOf(shapeName, false, compilation);
    if (!check) return () => undefined;
    return (input) => {
      const violations = new Violations();
      check(input, "", violations);
      const { sentences } = violations;
      if (sentences.length === 0) return violations.ownText;
      const errors = sentences.length === 1 ? "1 validation error" : `${sentences.length} validation errors`;
      return `${errors} detected: ${sentences.join("; ")}`;
    };
  };
}

/** @returns undefined when nothing in the shape is constrained */
function checkOf(shapeName: string, isInsideSensitive: boolean, compilation: Compilation): Check | undefined {
  const { checks, shapeOf } = compilation;
  const isHidden = isInsideSensitive || isSensitive(shapeName, compilation);
  const key = `${shapeName} ${isHidden}`;
  if (!checks.has(key)) checks.set(key, compile(shapeName, shapeOf(shapeName), isHidden, compilation));
  return checks.get(key);
}

function compile(
  shapeName: string,
  shape: Shape,
  isHidden: boolean,
  compilation: Compilation,
): Check | undefined {
  const own = ownConstraints(shape, compilation);
  const inner = innerCheck(shape, isHidden, compilation);
  if (own.length === 0) return inner;
  return (value, path, violations) => {
    for (const { constraint, ownText, isMet } of own) {
      if (isMet(value)) continue;
      if (ownText !== undefined)
        violations.ownText ??= `The specified value for ${path} is invalid. ${ownText}`;
      else violations.add(isHidden ? "" : `'${javaText(shapeName, value, compilation)}'`, path, constraint);
    }
    inner?.(value, path, violations);
  };
}

interface Constraint {
  /** As the message words it. */
  readonly constraint: string;
  /** In place of that message. */
  readonly ownText?: string | undefined;
  readonly isUpperBound?: true;
  readonly isMet: (value: unknown) => boolean;
}

/** The constraints of a shape on its own values, without those of its members. */
function ownConstraints(shape: Shape, source: ShapeSource): readonly Constraint[] {
  switch (shape.type) {
    case "string":
      return [...bounds(shape, "length", lengthOf), ...textConstraints(shape, source)];
    case "list":
    case "blob":
    case "map":
      return bounds(shape, "length", lengthOf);
    case "integer":
    case "long":
      return bounds(shape, "value", Number);
    default:
      return [];
  }
}

function bounds(
  { min, max }: { readonly min?: number; readonly max?: number },
  what: "length" | "value",
  measure: (value: unknown) => number,
): readonly Constraint[] {
  const constraints: Constraint[] = [];
  if (min !== undefined) {
    constraints.push({
      constraint: `Member must have ${what} greater than or equal to ${min}`,
      isMet: (value) => measure(value) >= min,
    });
  }
  if (max !== undefined) {
    constraints.push({
      constraint: `Member must have ${what} less than or equal to ${max}`,
      isUpperBound: true,
      isMet: (value) => measure(value) <= max,
    });
  }
  return constraints;
}

function lengthOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return Object.keys(value ?? {}).length;
}

function textConstraints(
  shape: Extract<Shape, { type: "string" }>,
  { ownTexts }: ShapeSource,
): readonly Constraint[] {
  const constraints: Constraint[] = [];
  if (shape.pattern !== undefined) {
    const matches = matcherOf(shape.pattern);
    constraints.push({
      constraint: `Member must satisfy regular expression pattern: ${shape.pattern}`,
      ownText: ownTexts?.get(shape.pattern),
      isMet: (value) => (shape.mayBeBlank && value === "") || matches(String(value)),
    });
  }
  if (shape.enum) {
    const values = new Set<unknown>(shape.enum);
    constraints.push({
      constraint: `Member must satisfy enum value set: [${valueSetOrder(shape.enum).join(", ")}]`,
      isMet: (value) => values.has(value),
    });
  }
  return constraints;
}

function innerCheck(shape: Shape, isHidden: boolean, compilation: Compilation): Check | undefined {
  if (shape.type === "structure") return structureCheck(shape, isHidden, compilation);
  if (shape.type === "list") return listCheck(shape, isHidden, compilation);
  if (shape.type === "map") return mapCheck(shape, isHidden, compilation);
  return undefined;
}

function structureCheck(
  shape: StructureShape,
  isHidden: boolean,
  compilation: Compilation,
): Check | undefined {
  const all = Object.entries(shape.members).map(([name, target]) => ({
    name,
    target,
    pathName: printedName(name, compilation),
  }));
  const members = hashMapOrder(all, ({ pathName }) => pathName)
    .map(({ name, target, pathName }) => ({
      name,
      pathName,
      isRequired: shape.required?.includes(name) === true,
      absent: compilation.zeroWhenAbsent?.has(target) ? 0 : undefined,
      shownAbsence: isHidden || isSensitive(target, compilation) ? "" : "null",
      check: checkOf(target, isHidden, compilation),
    }))
    .filter(({ isRequired, check }) => isRequired || check);
  if (members.length === 0) return undefined;

  return (value, path, violations) => {
    const structure = value as Readonly<Record<string, unknown>>; // its reader has made it so
    for (const { name, pathName, isRequired, absent, shownAbsence, check } of members) {
      const member = structure[name] ?? absent;
      if (member !== undefined) check?.(member, path === "" ? pathName : `${path}.${pathName}`, violations);
      else if (isRequired) {
        violations.add(
          shownAbsence,
          path === "" ? pathName : `${path}.${pathName}`,
          "Member must not be null",
        );
      }
    }
  };
}

function listCheck(shape: ListShape, isHidden: boolean, compilation: Compilation): Check | undefined {
  const constraints = ownConstraints(compilation.shapeOf(shape.member), compilation);
  if (constraints.length > 0) return plainListCheck(shape, constraints, isHidden, compilation);
  const check = checkOf(shape.member, isHidden, compilation);
  if (!check) return undefined;
  return (value, path, violations) => {
    const elements = value as readonly unknown[]; // its reader has made it so
    for (const [index, element] of elements.entries()) {
      if (violations.isFull) return;
      check(element, `${path}.${index + 1}.member`, violations);
    }
  };
}

/** Plain elements of the wrong form are reported once for the whole list, as recorded in September 2026. */
function plainListCheck(
  shape: ListShape,
  constraints: readonly Constraint[],
  isHidden: boolean,
  compilation: Compilation,
): Check {
  const isHiddenInside = isHidden || isSensitive(shape.member, compilation);
  return (value, path, violations) => {
    const elements = value as readonly unknown[]; // its reader has made it so
    if (elements.every((element) => constraints.every(({ isMet }) => isMet(element)))) return;
    const shown = elements.map((element) => javaText(shape.member, element, compilation)).join(", ");
    violations.add(
      isHiddenInside ? "" : `'[${shown}]'`,
      path,
      `Member must satisfy constraint: ${list(constraints)}`,
    );
  };
}

/** Keys and values of the wrong form are reported once for the whole map, which is shown in full. */
function mapCheck(shape: MapShape, isHidden: boolean, compilation: Compilation): Check | undefined {
  const { shapeOf } = compilation;
  const keyConstraints = ownConstraints(shapeOf(shape.key), compilation);
  const valueConstraints = ownConstraints(shapeOf(shape.value), compilation);
  const nested = innerCheck(shapeOf(shape.value), isHidden, compilation);
  const isHiddenInside =
    isHidden || isSensitive(shape.key, compilation) || isSensitive(shape.value, compilation);

  return (value, path, violations) => {
    const entries = Object.entries(value as Readonly<Record<string, unknown>>); // its reader has made it so
    const report = (who: string, constraints: readonly Constraint[]): void => {
      const shown = entries
        .map(([key, element]) => `${key}=${javaText(shape.value, element, compilation)}`)
        .join(", ");
      violations.add(
        isHiddenInside ? "" : `'{${shown}}'`,
        path,
        `${who} must satisfy constraint: ${list(constraints)}`,
      );
    };
    if (!entries.every(([key]) => keyConstraints.every(({ isMet }) => isMet(key)))) {
      report("Map keys", keyConstraints);
    }
    if (!entries.every(([, element]) => valueConstraints.every(({ isMet }) => isMet(element)))) {
      report("Map value", valueConstraints);
    }
    if (nested) for (const [key, element] of entries) nested(element, `${path}.${key}.member`, violations);
  };
}

/** Inside brackets the upper bound comes first, as seen in aws/aws-cdk#31795. */
function list(constraints: readonly Constraint[]): string {
  const ordered = [
    ...constraints.filter(({ isUpperBound }) => isUpperBound),
    ...constraints.filter(({ isUpperBound }) => !isUpperBound),
  ];
  return `[${ordered.map(({ constraint }) => constraint).join(", ")}]`;
}
