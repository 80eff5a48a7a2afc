import { expect, it } from "vitest";
import { attributesOf } from "./user-type.ts";

it("lists attributes in the recorded order, whatever the order in which they were given", () => {
  const attributes = {
    "custom:tenant": "owned",
    birthdate: "not-a-date",
    family_name: "Example",
    given_name: "Alice",
    email: "alice@example.com",
    "custom:team": "initial",
    email_verified: "false",
  };
  expect(attributesOf({ sub: "f4d80488", attributes }).map(({ Name }) => Name)).toEqual([
    "email",
    "email_verified",
    "family_name",
    "given_name",
    "birthdate",
    "custom:team",
    "custom:tenant",
    "sub",
  ]);
});
