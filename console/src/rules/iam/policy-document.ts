/**
 * Checks of an IAM policy while it is typed: JSON, and the elements that a policy has. The server decides; here a fault has
 * its line.
 *
 * @see IAM User Guide, "Grammar of the IAM JSON policy language"
 */
import {
  type JsonFault,
  type JsonMember,
  JsonSyntaxError,
  type JsonTree,
  readJsonTree,
} from "./json-tree.ts";

export type PolicyKind = "identity" | "trust";

export type PolicyFault =
  | JsonFault
  | "object"
  | "element"
  | "version"
  | "statement"
  | "effect"
  | "action"
  | "resource"
  | "noResource"
  | "principal"
  | "noPrincipal"
  | "both"
  | "sid"
  | "sameSid"
  | "condition"
  | "trustAction";

export interface PolicyFinding {
  readonly line: number;
  readonly fault: PolicyFault;
}

const VERSIONS = ["2012-10-17", "2008-10-17"];
const TOP = ["Version", "Id", "Statement"];
const PAIRS = ["Action", "Resource", "Principal"] as const;
/** @see IAM User Guide, "IAM JSON policy elements: Condition operators" */
const COMPARISONS = ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"];
export const conditionOperators = [
  ...["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"].map(
    (name) => `String${name}`,
  ),
  ...COMPARISONS.flatMap((name) => [`Numeric${name}`, `Date${name}`]),
  ...["Equals", "NotEquals", "Like", "NotLike"].map((name) => `Arn${name}`),
  ...["Bool", "BinaryEquals", "IpAddress", "NotIpAddress"],
];
const CONDITION_OPERATOR = new RegExp(
  `^(?:Null|(?:(?:ForAnyValue|ForAllValues):)?(?:${conditionOperators.join("|")})(?:IfExists)?)$`,
);
const STATEMENT = ["Sid", "Effect", "Condition", ...PAIRS, ...PAIRS.map((name) => `Not${name}`)];

/** The first fault of a policy document; undefined for one that the server will probably take. */
export function policyFinding(json: string, kind: PolicyKind): PolicyFinding | undefined {
  try {
    checkDocument(readJsonTree(json), kind);
    return undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof PolicyFaultError)
      return { line: error.line, fault: error.fault };
    throw error;
  }
}

class PolicyFaultError extends Error {
  readonly line: number;
  readonly fault: PolicyFault;
  constructor(line: number, fault: PolicyFault) {
    super(fault);
    this.line = line;
    this.fault = fault;
  }
}

function fail({ line }: { readonly line: number }, fault: PolicyFault): never {
  throw new PolicyFaultError(line, fault);
}

function checkDocument(document: JsonTree, kind: PolicyKind): void {
  const members = membersOf(document, TOP);
  const version = memberOf(members, "Version");
  if (version && (version.value.kind !== "text" || !VERSIONS.includes(version.value.text)))
    fail(version, "version");
  const statement = memberOf(members, "Statement") ?? fail(document, "statement");
  const statements = statement.value.kind === "array" ? statement.value.items : [statement.value];
  if (statements.length === 0) fail(statement, "statement");
  const sids = new Set<string>();
  for (const each of statements) checkStatement(each, kind, sids);
}

/** @param sids of the statements before, to which this one's is added */
function checkStatement(statement: JsonTree, kind: PolicyKind, sids: Set<string>): void {
  const members = membersOf(statement, STATEMENT);
  checkSid(memberOf(members, "Sid"), sids);
  for (const name of PAIRS) {
    const opposite = memberOf(members, `Not${name}`);
    if (opposite && memberOf(members, name)) fail(opposite, "both");
  }
  const either = (name: string) => memberOf(members, name) ?? memberOf(members, `Not${name}`);
  const effect = memberOf(members, "Effect");
  if (effect?.value.kind !== "text" || (effect.value.text !== "Allow" && effect.value.text !== "Deny"))
    fail(effect ?? statement, "effect");
  const action = either("Action") ?? fail(statement, "action");
  for (const name of textsOf(action, "action"))
    if (!/^(\*|\*:\*|[\w.-]+:[\w*?]+)$/.test(name.text)) fail(name, "action");
  checkCondition(memberOf(members, "Condition"));
  const resource = either("Resource");
  const principal = either("Principal");
  if (kind === "identity") {
    if (principal) fail(principal, "noPrincipal");
    for (const name of textsOf(resource ?? fail(statement, "resource"), "resource"))
      if (!/^(\*+|arn(:[^:]*){4}:.*|\$\{.*)$/s.test(name.text)) fail(name, "resource");
    return;
  }
  if (resource) fail(resource, "noResource");
  if (!principal) fail(statement, "principal");
  for (const name of textsOf(action, "action"))
    if (!name.text.toLowerCase().startsWith("sts:")) fail(name, "trustAction");
}

function checkSid(sid: JsonMember | undefined, before: Set<string>): void {
  if (sid === undefined) return;
  if (sid.value.kind !== "text" || !/^[0-9A-Za-z]*$/.test(sid.value.text)) fail(sid, "sid");
  else if (before.has(sid.value.text)) fail(sid, "sameSid");
  else if (sid.value.text !== "") before.add(sid.value.text);
}

/** `{"StringEquals": {"aws:PrincipalTag/team": "a"}}` */
function checkCondition(condition: JsonMember | undefined): void {
  if (condition === undefined) return;
  if (condition.value.kind !== "object") fail(condition, "condition");
  for (const operator of condition.value.members) {
    if (!CONDITION_OPERATOR.test(operator.name) || operator.value.kind !== "object")
      fail(operator, "condition");
    for (const key of operator.value.members) {
      const values = key.value.kind === "array" ? key.value.items : [key.value];
      if (values.some(({ kind }) => kind !== "text" && kind !== "other")) fail(key, "condition");
    }
  }
}

function membersOf(tree: JsonTree, known: readonly string[]): readonly JsonMember[] {
  if (tree.kind !== "object") return fail(tree, "object");
  for (const member of tree.members) if (!known.includes(member.name)) fail(member, "element");
  return tree.members;
}

const memberOf = (members: readonly JsonMember[], name: string) =>
  members.find((member) => member.name === name);

/** One string, or a list of some. */
function textsOf({ value, line }: JsonMember, fault: PolicyFault) {
  const values = value.kind === "array" ? value.items : [value];
  if (values.length === 0) fail({ line }, fault);
  return values.map((each) => (each.kind === "text" ? each : fail(each, fault)));
}

/** The text of the editor for a new policy. */
export const examplePolicy = JSON.stringify(
  {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["cognito-idp:ListUsers"], Resource: "*" }],
  },
  null,
  2,
);

/** A document as IAM answers it: percent-encoded (RFC 3986) and with its original spacing. */
export function readablePolicy(document: string | undefined): string {
  try {
    return JSON.stringify(JSON.parse(decodeURIComponent(document ?? "")), null, 2);
  } catch {
    return document ?? "";
  }
}
