/**
 * Joins the two sources into one model: constraints from the one that has them, and all that only the newer one knows.
 */
import type { OperationModel, ServiceModel, Shape } from "../../src/api-model/model.ts";
import type { ModelSource } from "./model-source.ts";

/**
 * Both sources model GetClientToken as signed, but its page in the API Reference says that IAM is not evaluated and IAM
 * credentials cannot authorise it: the client's id and secret are its proof.
 */
const UNSIGNED_BY_DOCUMENTATION = new Set(["GetClientToken"]);

/** Values that the service takes and that neither source lists: Developer Guide, "Scopes, M2M, and resource servers". */
const MORE_VALUES: Readonly<Record<string, readonly string[]>> = {
  ExplicitAuthFlowsType: ["ALLOW_CLIENT_TOKEN_AUTH"],
};

const CODE_IN_EMAIL = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*";
const CODE_IN_SMS = "(?s).*\\{####\\}(?s).*";

/**
 * Patterns that the service prints in September 2026, where the sources have others: badmintoncryer/cdk-preflight, and for
 * passwords answers quoted since 2018, last of AdminSetUserPassword. The guide, too, allows blanks inside a password.
 */
const PATTERNS_OF_THE_SERVICE: Readonly<Record<string, string>> = {
  EmailInviteMessageType: CODE_IN_EMAIL,
  PasswordType: "^[\\S]+.*[\\S]+$",
  SmsInviteMessageType: CODE_IN_SMS,
  SmsVerificationMessageType: CODE_IN_SMS,
};

/** Passwords that may be blank, which the operation judges: API Reference, "SignUp", Password; "AdminCreateUser", TemporaryPassword. */
const MAY_BE_BLANK: ReadonlyMap<string, string> = new Map([
  ["SignUpRequest", "Password"],
  ["AdminCreateUserRequest", "TemporaryPassword"],
]);

/**
 * @param older has lengths, patterns and ranges
 * @param newer has more operations and members, and the newer word on what is required
 * @throws Error the sources contradict each other
 */
export function merge(older: ModelSource, newer: ModelSource): ServiceModel {
  const operations: Record<string, OperationModel> = {};
  for (const name of namesOf(older.operations, newer.operations)) {
    operations[name] = mergeOperation(name, older.operations.get(name), newer.operations.get(name));
  }

  const shapes: Record<string, Shape> = {};
  for (const name of namesOf(older.shapes, newer.shapes)) {
    shapes[name] = asTheServiceHasIt(name, mergeShape(name, older.shapes.get(name), newer.shapes.get(name)));
  }
  return { operations, shapes: reachable(operations, withBlankPasswords(shapes)) };
}

function withBlankPasswords(shapes: Readonly<Record<string, Shape>>): Readonly<Record<string, Shape>> {
  const password = shapes.PasswordType;
  if (password?.type !== "string") return shapes;
  const changed: Record<string, Shape> = {
    ...shapes,
    PasswordOrBlankType: { ...password, mayBeBlank: true },
  };
  for (const [name, member] of MAY_BE_BLANK) {
    const shape = shapes[name];
    if (shape?.type !== "structure") continue;
    changed[name] = { ...shape, members: { ...shape.members, [member]: "PasswordOrBlankType" } };
  }
  return Object.fromEntries(Object.entries(changed).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function namesOf(...maps: readonly ReadonlyMap<string, unknown>[]): string[] {
  return [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();
}

function mergeOperation(
  name: string,
  older: OperationModel | undefined,
  newer: OperationModel | undefined,
): OperationModel {
  const base = older ?? newer;
  if (!base) throw new Error(`${name}: no source has it`);
  if (older && newer && (older.input !== newer.input || older.output !== newer.output)) {
    throw new Error(`${name}: the sources name different inputs or outputs`);
  }
  const unsigned = older?.unsigned ?? newer?.unsigned ?? UNSIGNED_BY_DOCUMENTATION.has(name);
  return {
    input: base.input,
    ...(base.output !== undefined && { output: base.output }),
    ...(unsigned && { unsigned: true as const }),
    errors: [...new Set([...(older?.errors ?? []), ...(newer?.errors ?? [])])].sort(),
  };
}

function mergeShape(name: string, older: Shape | undefined, newer: Shape | undefined): Shape {
  const base = older ?? newer;
  if (!base) throw new Error(`${name}: no source has it`);
  if (!older || !newer) return base;

  const sensitive = older.sensitive || newer.sensitive ? { sensitive: true as const } : {};
  if (older.type === "structure" && newer.type === "structure") {
    const { required: _, ...rest } = older;
    return {
      ...rest,
      // A member known to both keeps the older target, which has the constraints.
      members: { ...older.members, ...onlyIn(newer.members, older.members) },
      ...(newer.required && { required: inOrder(newer.required, older.required ?? []) }),
      ...sensitive,
    };
  }
  if (older.type === "string" && newer.type === "string") {
    const values = [...new Set([...(older.enum ?? []), ...(newer.enum ?? [])])];
    return { ...older, ...(values.length > 0 && { enum: values }), ...sensitive };
  }
  if (older.type !== newer.type && !(older.type === "long" && newer.type === "integer")) {
    throw new Error(`${name}: ${older.type} in one source, ${newer.type} in the other`);
  }
  return { ...older, ...sensitive };
}

/** Shapes whose pattern does not hold: a custom domain has dots, and CreateUserPoolDomain has a text of its own. */
const WITHOUT_PATTERN = new Set(["DomainType"]);

function asTheServiceHasIt(name: string, shape: Shape): Shape {
  if (shape.type !== "string") return shape;
  const values = MORE_VALUES[name];
  const pattern = PATTERNS_OF_THE_SERVICE[name];
  const { pattern: modelled, ...rest } = shape;
  return {
    ...rest,
    ...(modelled !== undefined && !WITHOUT_PATTERN.has(name) && { pattern: modelled }),
    ...(values && { enum: [...(shape.enum ?? []), ...values] }),
    ...(pattern !== undefined && { pattern }),
  };
}

function onlyIn(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(one).filter(([key]) => !(key in other)));
}

/** `names`, those of `order` first and as there. */
function inOrder(names: readonly string[], order: readonly string[]): string[] {
  return [...order.filter((name) => names.includes(name)), ...names.filter((name) => !order.includes(name))];
}

/** The shapes that an operation's input, output or errors lead to. */
function reachable(
  operations: Readonly<Record<string, OperationModel>>,
  shapes: Readonly<Record<string, Shape>>,
): Record<string, Shape> {
  const found = new Set<string>();
  const visit = (name: string): void => {
    if (found.has(name)) return;
    const shape = shapes[name];
    if (!shape) throw new Error(`${name}: it is referred to, but no source has it`);
    found.add(name);
    if (shape.type === "structure") for (const member of Object.values(shape.members)) visit(member);
    if (shape.type === "list") visit(shape.member);
    if (shape.type === "map") for (const part of [shape.key, shape.value]) visit(part);
  };
  for (const operation of Object.values(operations)) {
    for (const name of [operation.input, operation.output, ...operation.errors])
      if (name !== undefined) visit(name);
  }
  return Object.fromEntries(Object.entries(shapes).filter(([name]) => found.has(name)));
}
