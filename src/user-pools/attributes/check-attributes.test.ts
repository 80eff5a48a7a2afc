import { describe, expect, it } from "vitest";
import { InvalidParameterException, type SchemaAttributeType } from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import {
  checkAttributeDeletion,
  checkAttributeUpdate,
  checkNewAttributes,
  missingRequiredAttributes,
} from "./check-attributes.ts";
import { buildSchema } from "./schema.ts";

function poolWith(...schema: SchemaAttributeType[]): UserPoolRecord {
  const settings = { SchemaAttributes: buildSchema(schema) };
  return { id: "us-east-1_abcdefghi", name: "pool", settings, createdAt: 0, lastModifiedAt: 0 };
}

const pool = poolWith(
  { Name: "email", Required: true },
  { Name: "given_name", Required: true },
  { Name: "nickname", Mutable: false },
  {
    Name: "plan",
    AttributeDataType: "String",
    StringAttributeConstraints: { MinLength: "2", MaxLength: "4" },
  },
  {
    Name: "seats",
    AttributeDataType: "Number",
    NumberAttributeConstraints: { MinValue: "1", MaxValue: "9" },
  },
  { Name: "beta", AttributeDataType: "Boolean" },
);
const list = (attributes: Record<string, string>) =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
const refusal = (message: string) => new InvalidParameterException(message);

describe("attributes of a new user", () => {
  const check = (attributes: Record<string, string>, requireRequired = false) =>
    checkNewAttributes(pool, list(attributes), { requireRequired });

  it("are accepted if they are in the schema and within its constraints", () => {
    expect(() =>
      check({ email: "a@example.com", given_name: "A", "custom:plan": "pro", "custom:seats": "9" }, true),
    ).not.toThrow();
  });

  it("are rejected with the first name that is not in the schema", () => {
    expect(() => check({ "custom:firstName": "a", "custom:dateOfBirth": "b" })).toThrow(
      refusal(
        "Attributes did not conform to the schema: Type for attribute {custom:firstName} could not be determined",
      ),
    );
  });

  it("need a value each, which may be empty", () => {
    expect(() =>
      checkNewAttributes(pool, [{ Name: "beta" }, { Name: "picture" }], { requireRequired: false }),
    ).toThrow(refusal("Attribute value for beta must not be null"));
    expect(() => check({ picture: "" })).not.toThrow();
  });

  it("cannot include sub", () => {
    expect(() => check({ sub: "b2f7c2ae-0000-7000-8000-000000000000" })).toThrow(
      refusal("Cannot modify the non-mutable attribute sub"),
    );
  });

  it("cannot have an address as the preferred username if such addresses are aliases", () => {
    const aliased = {
      ...pool,
      settings: { AliasAttributes: ["email", "preferred_username"] },
    } as UserPoolRecord;
    const check = (preferred_username: string) =>
      checkNewAttributes(aliased, list({ preferred_username }), { requireRequired: false });
    expect(() => check("jane@example.com")).toThrow(
      refusal("Username cannot be of email format, since user pool is configured for email alias."),
    );
    expect(() => check("+15551234567")).not.toThrow();
  });

  it("must include the required ones only if the caller demands them", () => {
    expect(() => check({})).not.toThrow();
    expect(() => check({ given_name: "" }, true)).toThrow(
      refusal(
        "Attributes did not conform to the schema: name.givenName: The attribute name.givenName is required\nemail: The attribute email is required",
      ),
    );
  });

  it.each([
    ["custom:plan", "x"],
    ["custom:plan", "xxxxx"],
    ["birthdate", "2000-1-1"],
    ["custom:seats", "0"],
    ["custom:seats", "10"],
    ["custom:seats", "1.5"],
    ["custom:seats", "many"],
    ["custom:beta", "yes"],
    ["email_verified", "1"],
  ])("reject %s = %s", (name, value) => {
    expect(() => check({ [name]: value })).toThrow(
      new RegExp(`^Attributes did not conform to the schema: ${name}: .+\\n$`),
    );
  });

  it.each(["true", "False", "TRUE"])("accept %s as a Boolean", (value) => {
    expect(() => check({ "custom:beta": value, email_verified: value })).not.toThrow();
  });

  it.each(["", "nobody", "@example.com", "a@", "a b@example.com"])(
    "reject the e-mail address %j",
    (email) => {
      expect(() => check({ email })).toThrow(refusal("Invalid email address format."));
    },
  );

  it.each(["", "5551234", "+1 555 1234", "+", "+1234567890123456", "+1555x"])(
    "reject the phone number %j",
    (phone_number) => {
      expect(() => check({ phone_number })).toThrow(refusal("Invalid phone number format."));
    },
  );

  it("are checked by the last value of a name that is given twice", () => {
    const twice = [
      { Name: "email", Value: "nobody" },
      { Name: "email", Value: "a@example.com" },
    ];
    expect(() => checkNewAttributes(pool, twice, { requireRequired: false })).not.toThrow();
  });
});

describe("changes of attributes", () => {
  const change = (changes: Record<string, string>, current: Record<string, string> = {}) =>
    checkAttributeUpdate(pool, current, list(changes));

  it('are rejected with lines that start with "user."', () => {
    expect(() => change({ "custom:foo": "1", "custom:plan": "x" })).toThrow(
      /^user\.custom:foo: Attribute does not exist in the schema\.\nuser\.custom:plan: .+\n$/,
    );
  });

  it("need a value each", () => {
    expect(() => checkAttributeUpdate(pool, {}, [{ Name: "picture" }])).toThrow(
      refusal("Attribute value for picture must not be null"),
    );
  });

  it("can set an immutable attribute once", () => {
    expect(() => change({ nickname: "A" })).not.toThrow();
    expect(() => change({ nickname: "A" }, { nickname: "A" })).toThrow(
      refusal("user.nickname: Attribute cannot be updated.\n"),
    );
  });

  it("cannot change sub", () => {
    expect(() => change({ sub: "x" })).toThrow(refusal("user.sub: Attribute cannot be updated.\n"));
  });

  it("can remove an attribute by an empty value, except a required one", () => {
    expect(() => change({ phone_number: "" }, { phone_number: "+15551234" })).not.toThrow();
    expect(() => change({ email: "" }, { email: "a@example.com" })).toThrow(
      refusal("user.email: Required attribute cannot be deleted.\n"),
    );
  });

  it("are rejected with a malformed address", () => {
    expect(() => change({ email: "nobody" })).toThrow(refusal("Invalid email address format."));
    expect(() => change({ phone_number: "1" })).toThrow(refusal("Invalid phone number format."));
  });
});

describe("deletion of attributes", () => {
  it("is rejected with the first name that is not in the schema", () => {
    expect(() => checkAttributeDeletion(pool, ["custom:foo", "phone_number", "custom:bar"])).toThrow(
      refusal("Invalid user attributes: Type for attribute {custom:foo} could not be determined"),
    );
  });

  it("is rejected for required and for immutable attributes", () => {
    expect(() => checkAttributeDeletion(pool, ["email"])).toThrow(
      refusal("Invalid user attributes: email: The attribute email is required"),
    );
    expect(() => checkAttributeDeletion(pool, ["nickname"])).toThrow(
      refusal(
        "Invalid user attributes: nickname: This attribute does not satisfy the mutability validation defined in the schema.",
      ),
    );
  });

  it("is allowed for all others", () => {
    expect(() => checkAttributeDeletion(pool, ["phone_number", "custom:plan"])).not.toThrow();
  });
});

describe("required attributes", () => {
  it("are missing when they are absent or empty, except sub, which the service sets", () => {
    expect(missingRequiredAttributes(pool, { email: "a@example.com" })).toEqual(["given_name"]);
    expect(missingRequiredAttributes(pool, { email: "", given_name: "A" })).toEqual(["email"]);
  });
});
