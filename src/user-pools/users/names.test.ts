import { describe, expect, it } from "vitest";
import type { UserPoolRecord, UserPoolSettings } from "../../storage/index.ts";
import { normalizeUsername, signInNamesOf } from "./sign-in-names.ts";
import { checkUsername } from "./usernames.ts";

const poolWith = (settings: UserPoolSettings): UserPoolRecord => ({
  id: "us-east-1_a",
  name: "",
  settings,
  createdAt: 0,
  lastModifiedAt: 0,
});

describe("the names that find a user", () => {
  const attributes = {
    email: "Jane@Example.com",
    email_verified: "true",
    phone_number: "+15551234567",
    phone_number_verified: "false",
    preferred_username: "JJ",
  };
  const username = { kind: "username", key: "Jane" };
  const email = { kind: "email", key: "Jane@Example.com" };
  const phone = { kind: "phone_number", key: "+15551234567" };
  const preferred = { kind: "preferred_username", key: "JJ" };

  it("are the username alone in a pool with default settings", () =>
    expect(signInNamesOf(poolWith({}), "Jane", attributes)).toEqual([username]));

  it("include verified addresses and the preferred username, if those are aliases", () => {
    const pool = poolWith({ AliasAttributes: ["email", "phone_number", "preferred_username"] });
    expect(signInNamesOf(pool, "Jane", attributes)).toEqual([username, email, preferred]);
    expect(signInNamesOf(pool, "Jane", { ...attributes, email_verified: "false" })).toEqual([
      username,
      preferred,
    ]);
  });

  it("include addresses, verified or not, if those are usernames", () => {
    const pool = poolWith({ UsernameAttributes: ["email", "phone_number"] });
    expect(signInNamesOf(pool, "Jane", attributes)).toEqual([username, email, phone]);
  });

  it("do not include a missing attribute", () =>
    expect(signInNamesOf(poolWith({ UsernameAttributes: ["email"] }), "Jane", {})).toEqual([username]));

  it.each([
    [undefined, "Jane"],
    [true, "Jane"],
    [false, "jane"],
  ])("contain, with CaseSensitive %s, Jane as %s", (CaseSensitive, folded) => {
    const pool = poolWith(CaseSensitive === undefined ? {} : { UsernameConfiguration: { CaseSensitive } });
    expect(normalizeUsername(pool, "Jane")).toBe(folded);
  });
});

describe("a new username", () => {
  it.each([
    [["email"], "jane", "Username should be an email."],
    [["email"], "+15551234567", "Username should be an email."],
    [["phone_number"], "jane@example.com", "Username should be a phone number."],
    [["email", "phone_number"], "jane", "Username should be either an email or a phone number."],
  ] as const)("in a pool with the username attributes %j cannot be %s", (names, username, message) =>
    expect(() => checkUsername(poolWith({ UsernameAttributes: [...names] }), username)).toThrow(message),
  );

  it.each([
    [["email"], "jane@example.com", "email"],
    [["phone_number"], "+15551234567", "phone_number"],
    [["email", "phone_number"], "+15551234567", "phone_number"],
  ] as const)(
    "in a pool with the username attributes %j can be %s, a value of %s",
    (names, username, attribute) =>
      expect(checkUsername(poolWith({ UsernameAttributes: [...names] }), username)).toBe(attribute),
  );

  it.each([
    [
      "email",
      "jane@example.com",
      "Username cannot be of email format, since user pool is configured for email alias.",
    ],
    [
      "phone_number",
      "+15551234567",
      "Username cannot be of phone number format, since user pool is configured for phone number alias.",
    ],
  ] as const)("in a pool with the alias %s cannot be %s", (alias, username, message) =>
    expect(() => checkUsername(poolWith({ AliasAttributes: [alias] }), username)).toThrow(message),
  );

  it("is otherwise accepted", () => {
    expect(checkUsername(poolWith({}), "jane@example.com")).toBeUndefined();
    expect(
      checkUsername(poolWith({ AliasAttributes: ["phone_number"] }), "jane@example.com"),
    ).toBeUndefined();
    expect(checkUsername(poolWith({ AliasAttributes: ["preferred_username"] }), "+1555")).toBeUndefined();
  });
});
