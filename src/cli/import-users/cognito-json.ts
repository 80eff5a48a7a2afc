/**
 * Users as ListUsers answers them: `aws cognito-idp list-users --output json`. A file may have several such documents, one
 * after another: the pages of the list.
 */
import { isJsonObject, type JsonObject } from "../../json.ts";
import { asObject, RecordProblem, type SourceUser, textOf } from "./records.ts";

export function cognitoJsonUser(value: unknown): SourceUser {
  const user = asObject(value);
  const username = textOf(user, "Username");
  const status = textOf(user, "UserStatus");
  if (status === "EXTERNAL_PROVIDER")
    throw new RecordProblem(
      "The user signs in by an identity provider, and is created at the first sign-in here.",
      username,
    );
  // Identities are links to users of identity providers, and not an attribute that can be set.
  const { sub, identities: _, ...attributes } = attributesOf(user.Attributes);
  if (sub === undefined) throw new RecordProblem("The user has no sub.", username);
  return {
    id: sub,
    sub,
    username,
    attributes,
    enabled: user.Enabled !== false,
    ...((status === "UNCONFIRMED" || status === "FORCE_CHANGE_PASSWORD") && { status }),
    createdAt: momentOf(user, "UserCreateDate"),
    lastModifiedAt: momentOf(user, "UserLastModifiedDate"),
  };
}

function attributesOf(list: unknown): Record<string, string> {
  const given = Array.isArray(list) ? list.filter(isJsonObject) : [];
  return Object.fromEntries(
    given.flatMap(({ Name, Value }) =>
      typeof Name === "string" && typeof Value === "string" ? [[Name, Value]] : [],
    ),
  );
}

/** Version 2 of the AWS CLI writes times in ISO 8601, version 1 in seconds. @returns milliseconds */
function momentOf(user: JsonObject, name: string): number | undefined {
  const value = user[name];
  if (value === undefined) return undefined;
  const hasOffset = typeof value === "string" && /(?:Z|[+-]\d\d:\d\d)$/.test(value);
  const time =
    typeof value === "number" ? Math.round(value * 1000) : hasOffset ? Date.parse(value) : Number.NaN;
  if (!(time >= 0)) throw new RecordProblem(`${name} is not a time.`, textOf(user, "Username"));
  return time;
}
