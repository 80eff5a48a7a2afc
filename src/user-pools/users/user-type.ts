import type { AttributeType, UserType } from "../../api-model/index.ts";
import type { UserRecord } from "../../storage/index.ts";

/** A user's attributes as the API lists them, `sub` first. */
export function attributesOf(user: Pick<UserRecord, "sub" | "attributes">): AttributeType[] {
  return [
    { Name: "sub", Value: user.sub },
    ...Object.entries(user.attributes).map(([Name, Value]) => ({ Name, Value })),
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
  };
}
