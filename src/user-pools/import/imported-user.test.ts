import { describe, expect, it } from "vitest";
import type { UserPoolRecord } from "../../storage/index.ts";
import { importedUser, RowFailed } from "./imported-user.ts";

const pool: UserPoolRecord = {
  id: "us-east-1_Import",
  name: "import",
  settings: { AliasAttributes: ["preferred_username"] },
  createdAt: 0,
  lastModifiedAt: 0,
};
const context = { pool, newSub: () => "00000000-0000-4000-8000-000000000000", now: 0 };
const jane = { username: "jane", attributes: [], enabled: true, passwordHash: undefined, mfaEnabled: "" };
const imported = (username: string, attributes: Readonly<Record<string, string>> = {}) =>
  importedUser(
    {
      ...jane,
      username,
      attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    },
    context,
  );

describe("a user who is imported", () => {
  it.each(["jane", "jane@example.com", "ジェーン", "a+b_c-d.e", "🙂"])(
    "may have the username %s",
    (username) => expect(imported(username).username).toBe(username),
  );

  it.each(["a b", " ", "a\0b", "\n", "\t", "\ud800"])("cannot have the username %j", (username) =>
    expect(() => imported(username)).toThrow("another character that usernames cannot have"),
  );

  it.each(["a\0b", "\udc00"])("cannot have an attribute with the value %j", (value) => {
    expect(() => imported("jane", { preferred_username: value })).toThrow(
      "The value of preferred_username is not text.",
    );
    expect(() => imported("jane", { nickname: value })).toThrow("The value of nickname is not text.");
  });

  it("has an address verified, and signs in by it, however true is written", () => {
    const aliases = { ...pool, settings: { AliasAttributes: ["email" as const] } };
    const attributes = [
      { Name: "email", Value: "jane@example.com" },
      { Name: "email_verified", Value: "TRUE" },
    ];
    const user = importedUser({ ...jane, attributes }, { ...context, pool: aliases });
    expect(user.attributes.email_verified).toBe("true");
    expect(user.signInNames).toContainEqual({ kind: "email", key: "jane@example.com" });
  });

  it.each(["24d79066-9d82-7096-0dad-b458a167efa5", "c7a4f8c8-b061-f0a2-3f6e-6d5b9a8b7c10"])(
    "may keep the sub %s",
    (sub) => expect(importedUser({ ...jane, sub }, context).sub).toBe(sub),
  );

  it.each([
    "",
    "jane",
    "24D79066-9D82-7096-0DAD-B458A167EFA5",
    "24d790669d8270960dadb458a167efa5",
    "auth0|1",
  ])("cannot have the sub %j", (sub) =>
    expect(() => importedUser({ ...jane, sub }, context)).toThrow("The sub is not a UUID in lower case."),
  );

  it.each([
    ["ON", "", true],
    ["ON", "true", true],
    ["ON", "false", "The user pool requires MFA."],
    ["OPTIONAL", "", false],
    ["OPTIONAL", "true", true],
    ["OPTIONAL", "false", false],
    ["OFF", "", false],
    ["OFF", "true", "The user pool has MFA switched off."],
    ["OFF", "false", false],
  ] as const)(
    "in a pool with MFA %s, and %j in the column, has SMS codes: %s",
    (MFA, mfaEnabled, expected) => {
      const settings = {
        MfaConfiguration: MFA,
        SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" },
      };
      const given = {
        ...jane,
        attributes: [{ Name: "phone_number", Value: "+15550100001" }],
        mfaEnabled,
      };
      const ofPool = { ...context, pool: { ...pool, settings: { ...pool.settings, ...settings } } };
      if (typeof expected === "string") {
        expect(() => importedUser(given, ofPool)).toThrow(new RowFailed(expected));
      } else {
        expect(importedUser(given, ofPool).mfa).toEqual(
          expected ? { enabled: ["SMS_MFA"], preferred: "SMS_MFA" } : undefined,
        );
      }
    },
  );

  it("cannot have verified an address that they do not have, which fails the row and not the job", () =>
    expect(() => imported("jane", { phone_number_verified: "true" })).toThrow(RowFailed));
});
