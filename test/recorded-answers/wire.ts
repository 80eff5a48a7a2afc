/** Calls as they are on the wire, and answers in a form that can be compared. */
import type { OperationName } from "../../src/api-model/index.ts";
import type { Answer, Expected, Json } from "./entry.ts";
import { Refusal } from "./entry.ts";

export interface WireAnswer {
  readonly status: number;
  readonly text: string;
}

/** In `dev` an unknown key is the administrator's, whatever its signature. */
function unknownKey(): string {
  const day = new Date().toISOString().slice(0, 10).replaceAll("-", "");
  return `AWS4-HMAC-SHA256 Credential=AKIARECORDEDANSWERS0/${day}/us-east-1/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${"0".repeat(64)}`;
}

export async function callOnWire(
  url: string,
  operation: OperationName,
  input: Json,
  headers: Record<string, string> = {
    authorization: unknownKey(),
    "x-amz-date": new Date().toISOString().replace(/[-:]|\.\d+/g, ""),
  },
): Promise<WireAnswer> {
  const answer = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
      ...headers,
    },
    body: JSON.stringify(input),
  });
  return { status: answer.status, text: await answer.text() };
}

export function parsed(answer: WireAnswer): Answer {
  return answer.text === "" ? "" : JSON.parse(answer.text);
}

/** What a whole answer has to be, in the form in which {@link comparable} brings it. */
export function expectedAnswer(expected: Expected): { status: number; body: unknown } {
  if (!(expected instanceof Refusal)) return { status: 200, body: comparable(expected) };
  return { status: 400, body: { __type: expected.type, [expected.key]: expected.message } };
}

/** Lists whose order means nothing: Cognito keeps them as sets. */
const SETS: ReadonlySet<string> = new Set([
  "AllowedOAuthFlows",
  "AllowedOAuthScopes",
  "Attributes",
  "CallbackURLs",
  "ExplicitAuthFlows",
  "Groups",
  "IdpIdentifiers",
  "LogoutURLs",
  "Providers",
  "ReadAttributes",
  "SchemaAttributes",
  "Scopes",
  "SupportedIdentityProviders",
  "UserAttributes",
  "Users",
  "WriteAttributes",
]);

/** The same value with its sets in one order. */
export function comparable(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) {
    const elements = value.map((element) => comparable(element));
    return SETS.has(name) ? elements.toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)) : elements;
  }
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, comparable(member, key)]));
}

function sortKey(value: unknown): string {
  if (!isPlainObject(value)) return String(value);
  const { Name, GroupName, Username, ProviderName, ScopeName } = value;
  return String(Name ?? GroupName ?? Username ?? ProviderName ?? ScopeName);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The paths of members that do not come in alphabetical order. */
export function membersOutOfOrder(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => membersOutOfOrder(element, `${path}.${index}`));
  }
  if (!isPlainObject(value)) return [];
  const names = Object.keys(value);
  const own = names
    .filter((name, index) => index > 0 && (names[index - 1] ?? "") > name)
    .map((name) => `${path}.${name}`);
  return [...own, ...names.flatMap((name) => membersOutOfOrder(value[name], `${path}.${name}`))];
}
