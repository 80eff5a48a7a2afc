/**
 * Parses policy documents and reports errors with AWS's messages.
 *
 * @see IAM User Guide, "Grammar of the IAM JSON policy language"
 */
import { isJsonObject, type JsonObject } from "../../json.ts";
import { type OperatorName, parseDate, parseOperator } from "./conditions.ts";

/** The kind of a document: identity and session policies name resources, trust policies name principals. */
export type PolicyKind = "identity" | "session" | "trust";

/** The error in a document, with the message of `MalformedPolicyDocument`. */
export class PolicySyntaxError extends Error {}

export interface PolicyDocument {
  /** Whether `${…}` are variables: under version 2012-10-17 only. */
  readonly hasVariables: boolean;
  readonly version: "2012-10-17" | "2008-10-17";
  readonly statements: readonly Statement[];
}

/** An element and its opposite, of which a statement has one at most: `Action` and `NotAction`. */
export interface Either<T> {
  readonly not: boolean;
  readonly values: T;
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: "Allow" | "Deny";
  readonly actions: Either<readonly string[]>;
  readonly resources: Either<readonly string[]> | undefined;
  readonly principals: Either<Principals> | undefined;
  readonly conditions: readonly ConditionEntry[];
}

export interface Principals {
  /** `"*"`: every principal, web identities included. */
  readonly everybody: boolean;
  /** `{"AWS": "*"}`: every user and role session. */
  readonly everyAws: boolean;
  readonly aws: readonly string[];
  readonly federated: readonly string[];
  readonly service: readonly string[];
}

interface ConditionEntry {
  readonly operator: OperatorName;
  readonly key: string;
  readonly values: readonly string[];
}

export const SYNTAX_ERROR = "Syntax errors in policy.";
export const LEGACY_ERROR = "The policy failed legacy parsing";

const TOP_ELEMENTS = new Set(["Version", "Id", "Statement"]);
const STATEMENT_ELEMENTS = new Set([
  ...["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource"],
  ...["Principal", "NotPrincipal", "Condition"],
]);
const PRINCIPAL_TYPES = new Set(["AWS", "Federated", "Service", "CanonicalUser"]);
const PARTITIONS = new Set(["aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f"]);

function syntaxError(): never {
  throw new PolicySyntaxError(SYNTAX_ERROR);
}

/**
 * Reads a policy document.
 *
 * The order of the checks decides which error a document with several errors gets. It is the order observed from AWS.
 *
 * @throws PolicySyntaxError it is not a valid policy of this kind
 */
export function parsePolicy(text: string, kind: PolicyKind): PolicyDocument {
  const document = readJson(text);
  for (const element of Object.keys(document)) if (!TOP_ELEMENTS.has(element)) syntaxError();
  const version = document.Version ?? "2008-10-17";
  if (version !== "2012-10-17" && version !== "2008-10-17") syntaxError();
  if (document.Id !== undefined && typeof document.Id !== "string") syntaxError();

  const raw = (Array.isArray(document.Statement) ? document.Statement : [document.Statement]).map(asObject);
  if (raw.length === 0) syntaxError();
  for (const statement of raw) checkSyntax(statement);
  for (const statement of raw) {
    if (statement.Effect !== "Allow" && statement.Effect !== "Deny")
      throw new PolicySyntaxError(LEGACY_ERROR);
  }
  const statements = raw.map(readStatement);
  checkDates(statements);
  checkSids(statements);
  for (const statement of statements) {
    if (statement.actions.values.length === 0) {
      throw new PolicySyntaxError("Policy statement must contain actions.");
    }
    for (const resource of statement.resources?.values ?? []) checkResource(resource);
    for (const action of statement.actions.values) checkAction(action);
    if (kind === "trust") checkTrustStatement(statement);
    else checkIdentityStatement(statement);
  }
  return { hasVariables: version === "2012-10-17", version, statements };
}

function readJson(text: string): JsonObject {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    syntaxError();
  }
  return asObject(document);
}

function asObject(value: unknown): JsonObject {
  if (!isJsonObject(value)) syntaxError();
  return value;
}

/** One string or a list of them; an absent element is an empty list. */
function asStrings(value: unknown): readonly string[] {
  if (value === undefined) return [];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((one) => (typeof one === "string" ? one : syntaxError()));
}

function checkSyntax(statement: JsonObject): void {
  for (const element of Object.keys(statement)) if (!STATEMENT_ELEMENTS.has(element)) syntaxError();
  for (const element of ["Action", "Resource", "Principal"]) {
    if (statement[element] !== undefined && statement[`Not${element}`] !== undefined) syntaxError();
  }
  if (statement.Sid !== undefined && typeof statement.Sid !== "string") syntaxError();
  if (typeof statement.Effect !== "string" || !/^(allow|deny)$/i.test(statement.Effect)) syntaxError();
}

function readStatement(statement: JsonObject): Statement {
  return {
    sid: typeof statement.Sid === "string" ? statement.Sid : undefined,
    effect: statement.Effect === "Deny" ? "Deny" : "Allow",
    actions: either(statement, "Action", asStrings) ?? { not: false, values: [] },
    resources: either(statement, "Resource", asStrings),
    principals: either(statement, "Principal", readPrincipals),
    conditions: readConditions(statement.Condition),
  };
}

function either<T>(
  statement: JsonObject,
  element: string,
  read: (value: unknown) => T,
): Either<T> | undefined {
  const not = statement[element] === undefined;
  const value = statement[not ? `Not${element}` : element];
  return value === undefined ? undefined : { not, values: read(value) };
}

function readPrincipals(value: unknown): Principals {
  if (value === "*") return { everybody: true, everyAws: true, aws: [], federated: [], service: [] };
  const principals = asObject(value);
  for (const type of Object.keys(principals)) if (!PRINCIPAL_TYPES.has(type)) syntaxError();
  const aws = asStrings(principals.AWS);
  return {
    everybody: false,
    everyAws: aws.includes("*"),
    aws: aws.filter((principal) => principal !== "*"),
    federated: asStrings(principals.Federated),
    service: asStrings(principals.Service),
  };
}

function readConditions(value: unknown): readonly ConditionEntry[] {
  if (value === undefined) return [];
  return Object.entries(asObject(value)).flatMap(([name, keys]) => {
    const operator = parseOperator(name) ?? syntaxError();
    return Object.entries(asObject(keys)).map(([key, values]) => ({
      operator,
      key,
      values: conditionValues(values),
    }));
  });
}

function conditionValues(value: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((one) => {
    if (typeof one !== "string" && typeof one !== "number" && typeof one !== "boolean") syntaxError();
    return String(one);
  });
}

function checkDates(statements: readonly Statement[]): void {
  for (const { operator, values } of statements.flatMap((statement) => statement.conditions)) {
    if (!operator.base.startsWith("Date")) continue;
    for (const value of values) {
      const isVariable = value.includes("${");
      if (!isVariable && Number.isNaN(parseDate(value))) throw new PolicySyntaxError(LEGACY_ERROR);
    }
  }
}

function checkSids(statements: readonly Statement[]): void {
  const sids = statements.map((statement) => statement.sid).filter((sid) => sid);
  if (new Set(sids).size !== sids.length) {
    throw new PolicySyntaxError("Statement IDs (SID) in a single policy must be unique.");
  }
}

function checkAction(action: string): void {
  if (action === "*") return;
  const [vendor = "", ...names] = action.split(":");
  if (names.length === 0) {
    throw new PolicySyntaxError("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }
  if (names.length > 1) throw new PolicySyntaxError("Actions/Condition can contain only one colon.");
  if (/[^a-zA-Z0-9\-.*?]/.test(vendor)) {
    throw new PolicySyntaxError(`Vendor ${vendor} is not valid`);
  }
}

function checkResource(resource: string): void {
  if (/^\*+$/.test(resource)) return;
  const [arn, partition = "", vendor, ...rest] = resource.split(":");
  if (arn !== "arn") {
    throw new PolicySyntaxError(`Resource ${resource} must be in ARN format or "*".`);
  }
  if (partition !== "*" && !PARTITIONS.has(partition)) {
    const fields = [vendor, rest[0], rest[1], rest.slice(2).join(":")].map((field) => field || "*");
    throw new PolicySyntaxError(
      `Partition "${partition}" is not valid for resource "arn:${partition}:${fields.join(":")}".`,
    );
  }
  if (vendor === undefined) {
    throw new PolicySyntaxError("Resource vendor must be fully qualified and cannot contain regexes.");
  }
  if (vendor === "iam" && rest[0] !== undefined && !["", "*"].includes(rest[0])) {
    throw new PolicySyntaxError(`IAM resource ${resource} cannot contain region information.`);
  }
}

function checkIdentityStatement(statement: Statement): void {
  if (statement.principals) {
    throw new PolicySyntaxError("Policy document should not specify a principal.");
  }
  if (!statement.resources || statement.resources.values.length === 0) {
    throw new PolicySyntaxError("Policy statement must contain resources.");
  }
}

function checkTrustStatement(statement: Statement): void {
  if (statement.resources) throw new PolicySyntaxError("Has prohibited field Resource");
  if (!statement.principals) throw new PolicySyntaxError("Missing required field Principal");
  if (!statement.actions.values.every((action) => /^sts:/i.test(action))) {
    throw new PolicySyntaxError("AssumeRole policy may only specify STS AssumeRole actions.");
  }
}

/** The size that the quotas count: characters without white space. */
export function policySize(text: string): number {
  return text.replace(/\s/g, "").length;
}
