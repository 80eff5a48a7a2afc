import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  InvalidParameterException,
  type OperationName,
  operationModel,
  operationNames,
  shapeModel,
} from "../../api-model/index.ts";
import { readBody } from "./body.ts";
import { ProtocolException } from "./protocol-exception.ts";
import { readInput } from "./read-input.ts";

const POOL = "us-east-1_Ab12Cd34E";
const USERNAME_PATTERN = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+";

/** The name and text of the exception that a body is refused with; undefined when it is accepted. */
function refusal(operation: OperationName, body: object): [code: string, message: string] | undefined {
  try {
    readInput(operation, readBody(Buffer.from(JSON.stringify(body))));
    return undefined;
  } catch (error) {
    if (error instanceof InvalidParameterException || error instanceof ProtocolException) {
      return [error.code, error.message];
    }
    throw error;
  }
}

function violation(operation: OperationName, body: object): string | undefined {
  const found = refusal(operation, body);
  expect(found?.[0] ?? "InvalidParameterException").toBe("InvalidParameterException");
  return found?.[1];
}

describe("a valid input", () => {
  it("keeps the members of the model and drops the rest", () => {
    const body = {
      UserPoolId: POOL,
      Username: "jane",
      Colour: "red",
      UserAttributes: [{ Name: "email", Hue: 1 }],
    };
    expect(readInput("AdminCreateUser", body)).toEqual({
      UserPoolId: POOL,
      Username: "jane",
      UserAttributes: [{ Name: "email" }],
    });
  });

  it("treats null as absent in structures, lists and maps", () => {
    const body = {
      UserPoolId: POOL,
      Username: "jane",
      TemporaryPassword: null,
      ClientMetadata: { a: null, b: "c" },
      UserAttributes: [null, { Name: "email", Value: null }],
    };
    const input = readInput("AdminCreateUser", body);
    expect(Object.keys(input)).not.toContain("TemporaryPassword");
    expect(input.ClientMetadata).toEqual({ b: "c" });
    expect(input.UserAttributes).toEqual([{ Name: "email" }]);
  });

  it("keeps map keys such as __proto__, and inherits none", () => {
    const body = JSON.parse(`{"ClientId":"abc","AuthFlow":"CUSTOM_AUTH","AuthParameters":{"__proto__":"x"}}`);
    const { AuthParameters } = readInput("InitiateAuth", body);
    expect(Object.entries(AuthParameters ?? {})).toEqual([["__proto__", "x"]]);
    expect(AuthParameters?.toString).toBeUndefined();
  });

  it("truncates fractions and limits numbers to the range of their type", () => {
    expect(readInput("ListUsers", { UserPoolId: POOL, Limit: 10.9 }).Limit).toBe(10);
    expect(violation("ListUsers", { UserPoolId: POOL, Limit: 1e30 })).toContain(
      "Value '2147483647' at 'limit'",
    );
  });

  it.each([
    ["yes", true],
    ["TRUE", true],
    ["1", true],
    ["no", false],
    ["false", false],
    ["0", false],
  ])("reads the word %j as the boolean %s", (word, expected) => {
    const input = readInput("AdminSetUserPassword", {
      UserPoolId: POOL,
      Username: "jane",
      Password: "pw",
      Permanent: word,
    });
    expect(input.Permanent).toBe(expected);
  });

  it("decodes bytes from base64", () => {
    const input = readInput("SetUICustomization", { UserPoolId: POOL, ImageFile: "AAH/" });
    expect([...(input.ImageFile ?? [])]).toEqual([0, 1, 255]);
  });
});

describe("violations of the model, in one InvalidParameterException", () => {
  it.each<[string, OperationName, object, string]>([
    [
      "a missing member",
      "AdminGetUser",
      { Username: "jane" },
      "1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a missing member whose value would be hidden",
      "AdminGetUser",
      { UserPoolId: POOL },
      "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a pattern",
      "DescribeUserPool",
      { UserPoolId: "YOUR_USER_POOL_ID-" },
      "1 validation error detected: Value 'YOUR_USER_POOL_ID-' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
    ],
    [
      "a client id, which is shown though the model calls it sensitive",
      "DescribeUserPoolClient",
      { UserPoolId: POOL, ClientId: "" },
      "2 validation errors detected: Value '' at 'clientId' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'clientId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+]+",
    ],
    [
      "the length of an element's member, by its place counted from 1",
      "CreateUserPool",
      { PoolName: "p", Schema: [{ Name: "phone_number_verified" }] },
      "1 validation error detected: Value 'phone_number_verified' at 'schema.1.member.name' failed to satisfy constraint: Member must have length less than or equal to 20",
    ],
    [
      "the range of a number deep inside",
      "CreateUserPool",
      { PoolName: "p", Policies: { PasswordPolicy: { MinimumLength: 5 } } },
      "1 validation error detected: Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value greater than or equal to 6",
    ],
    [
      "a value outside its set",
      "CreateUserPool",
      { PoolName: "p", MfaConfiguration: "false" },
      "1 validation error detected: Value 'false' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OPTIONAL, OFF, ON]",
    ],
    [
      "an acronym, of which only the first letter is lowered",
      "CreateUserPool",
      { PoolName: "p", LambdaConfig: { KMSKeyID: "x" } },
      "2 validation errors detected: Value 'x' at 'lambdaConfig.kMSKeyID' failed to satisfy constraint: Member must have length greater than or equal to 20; Value 'x' at 'lambdaConfig.kMSKeyID' failed to satisfy constraint: Member must satisfy regular expression pattern: arn:[\\w+=/,.@-]+:[\\w+=/,.@-]+:([\\w+=/,.@-]*)?:[0-9]+:[\\w+=/,.@-]+(:[\\w+=/,.@-]+)?(:[\\w+=/,.@-]+)?",
    ],
    [
      "the parts of an invitation, which the service calls by names of its own",
      "CreateUserPool",
      { PoolName: "p", AdminCreateUserConfig: { InviteMessageTemplate: { SMSMessage: "Welcome." } } },
      "1 validation error detected: Value 'Welcome.' at 'adminCreateUserConfig.inviteMessage.smsMessage' failed to satisfy constraint: Member must satisfy regular expression pattern: (?s).*\\{####\\}(?s).*",
    ],
    [
      "a missing page size, which counts as 0",
      "ListUserPools",
      {},
      "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "the length of a list, shown as Java shows it",
      "AddCustomAttributes",
      { UserPoolId: POOL, CustomAttributes: [] },
      "1 validation error detected: Value '[]' at 'customAttributes' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "a list that is too long, with its structures in Java's form",
      "CreateUserPool",
      {
        PoolName: "p",
        AccountRecoverySetting: {
          RecoveryMechanisms: [
            { Priority: 1, Name: "verified_email" },
            { Priority: 2, Name: "admin_only" },
            { Priority: 1, Name: "admin_only" },
          ],
        },
      },
      "1 validation error detected: Value '[RecoveryOptionType(priority=1, name=verified_email), RecoveryOptionType(priority=2, name=admin_only), RecoveryOptionType(priority=1, name=admin_only)]' at 'accountRecoverySetting.recoveryMechanisms' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      "the values of a map, which is shown whole",
      "TagResource",
      {
        ResourceArn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab12Cd34E",
        Tags: { a: "b", c: "d".repeat(257) },
      },
      `1 validation error detected: Value '{a=b, c=${"d".repeat(257)}}' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 256, Member must have length greater than or equal to 0]`,
    ],
    [
      "the keys of a map",
      "TagResource",
      {
        ResourceArn: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_Ab12Cd34E",
        Tags: { "": "b" },
      },
      "1 validation error detected: Value '{=b}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]",
    ],
  ])("%s", (_, operation, body, message) => expect(violation(operation, body)).toBe(message));

  it("reports an element outside its set with the whole list", () => {
    const body = { UserPoolId: POOL, ClientName: "c", ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "FOO"] };
    expect(violation("CreateUserPoolClient", body)).toMatch(
      /^1 validation error detected: Value '\[ALLOW_USER_SRP_AUTH, FOO\]' at 'explicitAuthFlows' failed to satisfy constraint: Member must satisfy constraint: \[Member must satisfy enum value set: \[.*ALLOW_USER_AUTH.*\]\]$/,
    );
  });

  it("prints a list of structures as Java does: in the model's order, null for absent members", () => {
    const CustomAttributes = Array.from({ length: 26 }, () => ({ Name: "c0", AttributeDataType: "String" }));
    expect(violation("AddCustomAttributes", { UserPoolId: POOL, CustomAttributes })).toContain(
      "SchemaAttributeType(name=c0, attributeDataType=String, developerOnlyAttribute=null, mutable=null, required=null, numberAttributeConstraints=null, stringAttributeConstraints=null)",
    );
  });

  it("shows a character outside Latin-1 as a question mark", () => {
    const body = { UserPoolId: POOL, ClientName: "会員😀!" };
    expect(violation("CreateUserPoolClient", body)).toContain("Value '???!' at 'clientName'");
  });

  it.each<[OperationName, object, string[]]>([
    ["UpdateUserPoolClient", { CallbackURLs: [""], LogoutURLs: [""] }, ["logoutURLs", "callbackURLs"]],
    ["AdminAddUserToGroup", {}, ["groupName", "username"]],
  ])("of %s orders members as Java's HashMap does", (operation, body, paths) => {
    const given = { UserPoolId: POOL, ClientId: "abc", AccessToken: "abc", ...body };
    const named = [...(violation(operation, given)?.matchAll(/ at '(\w+)'/g) ?? [])].map(([, path]) => path);
    expect(named).toEqual(paths);
  });

  it("collects all violations and hides sensitive values", () => {
    const message = violation("SignUp", { ClientId: "abc", Username: "", Password: " a b" });
    expect(message).toBe(
      `3 validation errors detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$; Value at 'username' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: ${USERNAME_PATTERN}`,
    );
  });

  it("hides sensitive maps and the members of sensitive structures", () => {
    const secret = "s3cret".repeat(25_000);
    const auth = { ClientId: "abc", AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { PASSWORD: secret } };
    expect(violation("InitiateAuth", auth)).toMatch(
      /Value at 'authParameters' failed .* Map value must satisfy/,
    );
    const context = { ...auth, AuthParameters: {}, UserContextData: { EncodedData: secret } };
    expect(violation("InitiateAuth", context)).toMatch(
      /^1 validation error detected: Value at 'userContextData\.encodedData'/,
    );
  });

  it("reports at most ten violations, so that an answer cannot outgrow its request", () => {
    const body = { PoolName: "p", Schema: Array.from({ length: 40 }, () => ({ Name: "" })) };
    expect(violation("CreateUserPool", body)).toMatch(/^10 validation errors detected: /);
  });
});

describe("values of another JSON type, in a SerializationException", () => {
  it.each<[string, OperationName, object, string]>([
    ["a number for a string", "GetUser", { AccessToken: 1 }, "NUMBER_VALUE can not be converted to a String"],
    ["true for a string", "GetUser", { AccessToken: true }, "TRUE_VALUE can not be converted to a String"],
    [
      "a structure for a string",
      "GetUser",
      { AccessToken: {} },
      "Start of structure or map found where not expected.",
    ],
    ["a list for a string", "GetUser", { AccessToken: [] }, "Start of list found where not expected"],
    ["a string for a number", "ListUsers", { Limit: "1" }, "STRING_VALUE can not be converted to an Integer"],
    ["false for a number", "ListUsers", { Limit: false }, "FALSE_VALUE can not be converted to an Integer"],
    [
      "a word for a boolean",
      "AdminSetUserPassword",
      { Permanent: "perhaps" },
      "STRING_VALUE can not be converted to a Boolean",
    ],
    [
      "a number for a boolean",
      "AdminSetUserPassword",
      { Permanent: 1 },
      "NUMBER_VALUE can not be converted to a Boolean",
    ],
    ["a string for a list", "ListUsers", { AttributesToGet: "email" }, "Unexpected field type"],
    [
      "a structure for a list",
      "ListUsers",
      { AttributesToGet: {} },
      "Start of structure or map found where not expected.",
    ],
    [
      "a number in a list of strings",
      "ListUsers",
      { AttributesToGet: [1] },
      "NUMBER_VALUE can not be converted to a String",
    ],
    ["a string for a map", "InitiateAuth", { AuthParameters: "x" }, "Expected map or null"],
    ["a list for a map", "InitiateAuth", { AuthParameters: [] }, "Start of list found where not expected"],
    [
      "a number in a map of strings",
      "InitiateAuth",
      { AuthParameters: { A: 1 } },
      "NUMBER_VALUE can not be converted to a String",
    ],
    ["a string for a structure", "CreateUserPool", { Policies: "x" }, "Expected map or null"],
    ["a string for a document", "CreateManagedLoginBranding", { Settings: "nope" }, "Expected map or null"],
    ["what is not base64 for bytes", "SetUICustomization", { ImageFile: "%%%" }, ""],
    ["half of a surrogate pair", "GetUser", { AccessToken: "\ud800" }, ""],
    ["U+0000", "AdminCreateUser", { Username: "a\0b" }, ""],
  ])("%s", (_, operation, body, message) => {
    expect(refusal(operation, body)).toEqual(["SerializationException", message]);
  });

  it("is thrown before any violation of the model is reported", () => {
    expect(refusal("ListUsers", { UserPoolId: "", Limit: "1" })?.[0]).toBe("SerializationException");
  });

  it("rejects a document with excessive nesting", () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { a: deep(levels - 1) });
    const settings = (levels: number) => ({ UserPoolId: POOL, ClientId: "abc", Settings: deep(levels) });
    expect(refusal("CreateManagedLoginBranding", settings(50))).toBeUndefined();
    expect(refusal("CreateManagedLoginBranding", settings(200))).toEqual(["SerializationException", ""]);
  });
});

/** Bodies with the member names of an operation, so that they get past its first level. */
function bodiesFor(operation: OperationName): fc.Arbitrary<object> {
  const shape = shapeModel(operationModel(operation).input);
  const names = shape.type === "structure" ? Object.keys(shape.members) : [];
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.string({ unit: "binary" }),
    fc.dictionary(fc.string(), fc.string()),
    fc.array(fc.record({ Name: fc.jsonValue(), Value: fc.string() }, { requiredKeys: [] })),
  );
  return fc.dictionary(fc.oneof(fc.constantFrom(...names, "Other"), fc.string()), value);
}

describe("any JSON at all", () => {
  it.each(operationNames())("sent to %s is accepted or refused by name", (operation) => {
    fc.assert(
      fc.property(bodiesFor(operation), (body) => {
        const code = refusal(operation, body)?.[0];
        expect([undefined, "InvalidParameterException", "SerializationException"]).toContain(code);
      }),
      { numRuns: 60 },
    );
  });
});
