import { describe, expect, it } from "vitest";
import type { AppClientRecord, AppClientSettings, UserPoolRecord } from "../../storage/index.ts";
import { readableBy, writableBy } from "./client-access.ts";
import { buildSchema } from "./schema.ts";

const pool: UserPoolRecord = {
  id: "us-east-1_abcdefghi",
  name: "pool",
  settings: {
    SchemaAttributes: buildSchema([
      { Name: "plan", AttributeDataType: "String" },
      { Name: "inner", AttributeDataType: "String", DeveloperOnlyAttribute: true },
    ]),
  },
  createdAt: 0,
  lastModifiedAt: 0,
};

function clientWith(settings: AppClientSettings): AppClientRecord {
  return { poolId: pool.id, id: "c", name: "c", secrets: [], settings, createdAt: 0, lastModifiedAt: 0 };
}

describe("the read access of a client", () => {
  it("covers everything if it has no list", () => {
    const readable = readableBy(pool, clientWith({}));
    for (const name of ["sub", "email", "email_verified", "custom:plan", "dev:custom:inner"]) {
      expect(readable(name), name).toBe(true);
    }
    expect(readable("custom:foo")).toBe(false);
  });

  it("covers its list and sub if it has one", () => {
    const readable = readableBy(pool, clientWith({ ReadAttributes: ["email"] }));
    expect(["sub", "email", "name"].map(readable)).toEqual([true, true, false]);
  });
});

describe("the write access of a client", () => {
  it("covers everything but sub, the verified flags and developer attributes if it has no list", () => {
    const writable = writableBy(pool, clientWith({}));
    expect(["email", "custom:plan"].map(writable)).toEqual([true, true]);
    const never = ["sub", "email_verified", "phone_number_verified", "dev:custom:inner", "custom:foo"];
    expect(never.map(writable)).toEqual([false, false, false, false, false]);
  });

  it("covers its list if it has one, even an empty one", () => {
    const writable = writableBy(pool, clientWith({ WriteAttributes: ["email", "email_verified"] }));
    expect(["email", "email_verified", "name"].map(writable)).toEqual([true, false, false]);
    expect(writableBy(pool, clientWith({ WriteAttributes: [] }))("email")).toBe(false);
  });
});
