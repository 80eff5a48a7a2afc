import type { AttributeType, UserType } from "../../api-model/index.ts";
import type { UserRecord } from "../../storage/index.ts";
import { mfaOptions } from "../mfa/index.ts";

/** A user's attributes as the API lists them, `sub` last, as recorded on 2026-09-24. */
export function attributesOf(user: Pick<UserRecord, "sub" | "attributes">): AttributeType[] {
  return [
    ...Object.entries(user.attributes).map(([Name, Value]) => ({ Name, Value })),
    { Name: "sub", Value: user.sub },
  ];
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
