import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UserPoolRecord } from "../../storage/index.ts";
import { parseUserFilter } from "./user-filter.ts";

const pool: UserPoolRecord = { id: "us-east-1_a", name: "", settings: {}, createdAt: 0, lastModifiedAt: 0 };
const ignoringCase: UserPoolRecord = {
  ...pool,
  settings: { UsernameConfiguration: { CaseSensitive: false } },
};

const searchable = [
  "username",
  "email",
  "phone_number",
  "name",
  "given_name",
  "family_name",
  "preferred_username",
  "cognito:user_status",
  "status",
  "sub",
] as const;

/** A value as it is written in a filter. */
const quoted = (value: string) => `"${value.replace(/["\\]/g, "\\$&")}"`;

describe("the filter of ListUsers", () => {
  it.each([
    ['email = "jane@example.com"', { attribute: "email", match: "equals", value: "jane@example.com" }],
    ['email="jane@example.com"', { attribute: "email", match: "equals", value: "jane@example.com" }],
    ['"email"^="testuser"', { attribute: "email", match: "startsWith", value: "testuser" }],
    [' "sub" = "x" ', { attribute: "sub", match: "equals", value: "x" }],
    [
      '"cognito:user_status"="enabled"',
      { attribute: "cognito:user_status", match: "equals", value: "enabled" },
    ],
    ['  phone_number  ^=  "+1555"  ', { attribute: "phone_number", match: "startsWith", value: "+1555" }],
    [
      'family_name = "O\\"Brien \\\\ sons"',
      { attribute: "family_name", match: "equals", value: 'O"Brien \\ sons' },
    ],
    ['name ^= ""', { attribute: "name", match: "startsWith", value: "" }],
    ["name = \"a = 'b' ^= c\"", { attribute: "name", match: "equals", value: "a = 'b' ^= c" }],
  ])("parses %s", (filter, search) => expect(parseUserFilter(pool, filter)).toEqual(search));

  it.each([[undefined], [""], ["   "]])("finds all users when it is %j", (filter) =>
    expect(parseUserFilter(pool, filter)).toBeUndefined(),
  );

  it.each(searchable)("searches by %s", (attribute) =>
    expect(parseUserFilter(pool, `${attribute} = "x"`)?.attribute).toBe(attribute),
  );

  it.each(["custom:plan", "nickname", "Username", "EMAIL", "toString", "email_verified"])(
    "does not search by %s",
    (attribute) =>
      expect(() => parseUserFilter(pool, `${attribute} = "x"`)).toThrow(
        `Invalid search attribute: ${attribute}`,
      ),
  );

  it.each([
    "email",
    "email =",
    "email = jane",
    "email = 'jane'",
    'email = "jane',
    'email = jane"',
    'email != "jane"',
    'email == "jane"',
    'email ^ = "jane"',
    'email "jane"',
    '= "jane"',
    'email = "ja"ne"',
    'email = "ja\\ne"',
    'email = "jane\\"',
    'email = "jane" and name = "x"',
    'email = "jane", ',
  ])("rejects %s", (filter) =>
    expect(() => parseUserFilter(pool, filter)).toThrow("Error while parsing filter."),
  );

  it("compares usernames in lower case where the pool ignores case, and no other attribute", () => {
    expect(parseUserFilter(ignoringCase, 'username = "JANE"')?.value).toBe("jane");
    expect(parseUserFilter(pool, 'username = "JANE"')?.value).toBe("JANE");
    expect(parseUserFilter(ignoringCase, 'email = "JANE"')?.value).toBe("JANE");
  });

  it("contains any quoted value, with any white space around it", () => {
    const blanks = fc.stringMatching(/^[ \t]{0,3}$/);
    fc.assert(
      fc.property(
        fc.constantFrom(...searchable),
        fc.constantFrom("=", "^="),
        fc.string({ unit: "binary" }),
        blanks,
        blanks,
        (attribute, operator, value, before, after) => {
          const filter = `${before}${attribute}${after}${operator}${before}${quoted(value)}${after}`;
          expect(parseUserFilter(pool, filter)).toEqual({
            attribute,
            match: operator === "=" ? "equals" : "startsWith",
            value,
          });
        },
      ),
    );
  });

  it("is parsed, or rejected with InvalidParameterException, for any text", () => {
    const pieces = fc.constantFrom('"', "\\", "^", "=", " ", "email", "x", "\n", '\\"', "^=");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 80 }), (parts) => {
        try {
          parseUserFilter(pool, parts.join(""));
        } catch (error) {
          expect(error).toMatchObject({ code: "InvalidParameterException" });
        }
      }),
    );
  });
});
