import { describe, expect, it } from "vitest";
import { InvalidParameterException, type SchemaAttributeType } from "../../api-model/index.ts";
import { addCustomAttributes, buildSchema } from "./schema.ts";

const named = (schema: readonly SchemaAttributeType[], name: string) =>
  schema.find(({ Name }) => Name === name);

describe("the schema of a new pool", () => {
  it("lists the twenty standard attributes in Cognito's order", () => {
    expect(buildSchema(undefined).map(({ Name }) => Name)).toEqual([
      "sub",
      "name",
      "given_name",
      "family_name",
      "middle_name",
      "nickname",
      "preferred_username",
      "profile",
      "picture",
      "website",
      "email",
      "email_verified",
      "gender",
      "birthdate",
      "zoneinfo",
      "locale",
      "phone_number",
      "phone_number_verified",
      "address",
      "updated_at",
    ]);
  });

  it("has constraints as strings, and a sub that is required and cannot change", () => {
    const schema = buildSchema(undefined);
    expect(named(schema, "sub")).toEqual({
      Name: "sub",
      AttributeDataType: "String",
      DeveloperOnlyAttribute: false,
      Mutable: false,
      Required: true,
      StringAttributeConstraints: { MinLength: "1", MaxLength: "2048" },
    });
    expect(named(schema, "birthdate")?.StringAttributeConstraints).toEqual({
      MinLength: "10",
      MaxLength: "10",
    });
    expect(named(schema, "updated_at")?.NumberAttributeConstraints).toEqual({ MinValue: "0" });
  });

  it("overrides a standard attribute at its position", () => {
    const schema = buildSchema([{ Name: "email", Required: true, Mutable: false }]);
    expect(schema).toHaveLength(20);
    expect(schema[10]).toMatchObject({
      Name: "email",
      Required: true,
      Mutable: false,
      AttributeDataType: "String",
      StringAttributeConstraints: { MinLength: "0", MaxLength: "2048" },
    });
  });

  it("reads the constraints of a standard attribute only together with its type", () => {
    const constraints = { StringAttributeConstraints: { MinLength: "3", MaxLength: "30" } };
    expect(named(buildSchema([{ Name: "nickname", ...constraints }]), "nickname")).toMatchObject({
      StringAttributeConstraints: { MinLength: "0", MaxLength: "2048" },
    });
    const typed = buildSchema([{ Name: "nickname", AttributeDataType: "String", ...constraints }]);
    expect(named(typed, "nickname")).toMatchObject(constraints);
  });

  it("makes a custom attribute of every other name, mutable by default", () => {
    const schema = buildSchema([
      { Name: "plan", AttributeDataType: "String" },
      { Name: "seats", AttributeDataType: "Number", Mutable: false },
      { Name: "inner", AttributeDataType: "Boolean", DeveloperOnlyAttribute: true },
    ]);
    expect(schema.slice(20)).toEqual([
      {
        Name: "custom:plan",
        AttributeDataType: "String",
        DeveloperOnlyAttribute: false,
        Mutable: true,
        Required: false,
        StringAttributeConstraints: {},
      },
      {
        Name: "custom:seats",
        AttributeDataType: "Number",
        DeveloperOnlyAttribute: false,
        Mutable: false,
        Required: false,
        NumberAttributeConstraints: {},
      },
      {
        Name: "dev:custom:inner",
        AttributeDataType: "Boolean",
        DeveloperOnlyAttribute: true,
        Mutable: true,
        Required: false,
      },
    ]);
  });

  it("makes a custom attribute of a verified flag's name", () => {
    const schema = buildSchema([{ Name: "email_verified", AttributeDataType: "Boolean" }]);
    expect(schema.at(-1)?.Name).toBe("custom:email_verified");
    expect(named(schema, "email_verified")?.Mutable).toBe(true);
  });

  it("ignores sub, so that a schema from DescribeUserPool is accepted", () => {
    const schema = buildSchema([
      { Name: "sub", AttributeDataType: "String", Mutable: true, Required: false },
    ]);
    expect(schema[0]).toMatchObject({ Mutable: false, Required: true });
  });

  it.each<[string, SchemaAttributeType, string]>([
    [
      "a required custom attribute",
      { Name: "x", AttributeDataType: "String", Required: true },
      "Required custom attributes are not supported currently.",
    ],
    [
      "a custom attribute without a type",
      { Name: "x" },
      "Invalid AttributeDataType input, consider using the provided AttributeDataType enum.",
    ],
    [
      "another type for a standard attribute",
      { Name: "email", AttributeDataType: "Number" },
      "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email",
    ],
    [
      "a standard attribute for developers only",
      { Name: "email", DeveloperOnlyAttribute: true },
      "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email",
    ],
    [
      "a length that is no number",
      { Name: "x", AttributeDataType: "String", StringAttributeConstraints: { MinLength: "a" } },
      "Invalid StringAttributeConstraints for schema attribute custom:x",
    ],
    [
      "a negative value",
      { Name: "x", AttributeDataType: "Number", NumberAttributeConstraints: { MinValue: "-1" } },
      "Invalid NumberAttributeConstraints for schema attribute custom:x",
    ],
    [
      "a length over 2048",
      { Name: "x", AttributeDataType: "String", StringAttributeConstraints: { MaxLength: "2049" } },
      "user.custom:x: String attributes cannot have a length of more than 2048",
    ],
    [
      "lengths the wrong way round",
      {
        Name: "x",
        AttributeDataType: "String",
        StringAttributeConstraints: { MinLength: "2", MaxLength: "1" },
      },
      "Attribute custom:x cannot have a max length shorter than it's min length",
    ],
    [
      "values the wrong way round",
      {
        Name: "x",
        AttributeDataType: "Number",
        NumberAttributeConstraints: { MinValue: "2", MaxValue: "1" },
      },
      "Attribute custom:x cannot have a max value smaller than it's min value",
    ],
  ])("refuses %s", (_, item, message) => {
    expect(() => buildSchema([item])).toThrow(new InvalidParameterException(message));
  });
});

describe("custom attributes of one name", () => {
  it("are rejected in a new pool", () => {
    const plan = { Name: "plan", AttributeDataType: "String" } as const;
    expect(() => buildSchema([plan, plan])).toThrow(
      new InvalidParameterException(
        "Duplicate custom attribute names custom:plan are not allowed in a user pool schema.",
      ),
    );
  });
});

describe("custom attributes added later", () => {
  it.each([
    [false, "custom:plan"],
    [true, "dev:custom:plan"],
  ])("are rejected with an existing name (developer only: %s)", (DeveloperOnlyAttribute, name) => {
    const plan = { Name: "plan", AttributeDataType: "String", DeveloperOnlyAttribute } as const;
    expect(() => addCustomAttributes(buildSchema([plan]), [plan])).toThrow(
      new InvalidParameterException(`custom:plan: Existing attribute already has name ${name}.`),
    );
  });

  it("become custom attributes even with a standard name", () => {
    const schema = addCustomAttributes(buildSchema(undefined), [
      { Name: "email", AttributeDataType: "String" },
    ]);
    expect(schema.at(-1)?.Name).toBe("custom:email");
  });

  it("are limited to fifty for a pool", () => {
    const attributes = Array.from({ length: 51 }, (_, index) => ({
      Name: `a${index}`,
      AttributeDataType: "String" as const,
    }));
    expect(addCustomAttributes(buildSchema(undefined), attributes.slice(1))).toHaveLength(70);
    expect(() => addCustomAttributes(buildSchema(undefined), attributes)).toThrow(InvalidParameterException);
  });
});
