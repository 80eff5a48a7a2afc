import type { AttributeType, UserType } from "../../api-model/index.ts";
import type { UserRecord } from "../../storage/index.ts";
import { mfaOptions } from "../mfa/index.ts";

/**
 * The order in which the API lists standard attributes, whatever the order of the requests. `email`, `email_verified`,
 * `family_name`, `given_name`, `birthdate`, custom attributes and `sub` were recorded in this order on 2026-09-24; the places
 * of the others between them are ours.
 */
const ORDER = [
  "email",
  "email_verified",
  "phone_number",
  "phone_number_verified",
  "name",
  "family_name",
  "given_name",
  "middle_name",
  "nickname",
  "preferred_username",
  "profile",
  "picture",
  "website",
  "gender",
  "birthdate",
  "zoneinfo",
  "locale",
  "address",
  "updated_at",
  "identities",
];

const PLACES: ReadonlyMap<string, number> = new Map(ORDER.map((name, place) => [name, place]));

/** A user's attributes as the API lists them: standard ones, custom ones by name, then `sub`. */
export function attributesOf(user: Pick<UserRecord, "sub" | "attributes">): AttributeType[] {
  const names = Object.keys(user.attributes).sort(
    (one, other) => placeOf(one) - placeOf(other) || (one < other ? -1 : 1),
  );
  return [...names.map((Name) => ({ Name, Value: user.attributes[Name] })), { Name: "sub", Value: user.sub }];
}

function placeOf(name: string): number {
  return PLACES.get(name) ?? ORDER.length;
}

/** A user as AdminCreateUser, ListUsers and ListUsersInGroup show them. */
export function userType(user: UserRecord, attributes: AttributeType[] = attributesOf(user)): UserType {
  return {
    Username: user.username,
    Attributes: attributes,
    UserCreateDate: user.createdAt,
    UserLastModifiedDate: user.lastModifiedAt,
    Enabled: user.enabled,
    UserStatus: user.status,
    ...mfaOptions(user),
  };
}
