/** Values that meet the API model, for tests that go through all of it. */
import { type Shape, shapeModel } from "../../src/api-model/index.ts";
import { matcherOf } from "../../src/aws/validation/index.ts";
import { valueSetOrder } from "../../src/java-hash-map.ts";

/** Texts of which each pattern of the model is met by one. */
export const SAMPLES = [
  "a",
  "abc",
  "us-east-1_AbCdEfGhI",
  "arn:aws:iam::123456789012:role/some-role",
  "a@example.com",
  "123456",
  "12345678",
  "us-east-1_00000000-0000-4000-8000-000000000000",
  "Your code is {####}",
  "{##Click here##}",
  "import-abc",
  "00000000-0000-4000-8000-000000000000",
  "us-east-1",
  "1.2.3.4/32",
  "terms-of-use",
  "cognito:default",
  "https://example.com/x",
  "aSecretOfTheClientItself123",
  "+15555550100",
  "bucket",
  "arn:aws:s3:::some-bucket",
  "abc/def",
  " ",
  "\u0001",
  "_",
  "",
];

export type StringShape = Extract<Shape, { type: "string" }>;

/** The constraints of a string that a value breaks, as they are worded. */
export function brokenBy(shape: StringShape, value: string): string[] {
  return [
    ...(shape.min !== undefined && value.length < shape.min
      ? [`Member must have length greater than or equal to ${shape.min}`]
      : []),
    ...(shape.max !== undefined && value.length > shape.max
      ? [`Member must have length less than or equal to ${shape.max}`]
      : []),
    ...(shape.pattern !== undefined && !(shape.mayBeBlank && value === "") && !matcherOf(shape.pattern)(value)
      ? [`Member must satisfy regular expression pattern: ${shape.pattern}`]
      : []),
    ...(shape.enum !== undefined && !shape.enum.includes(value)
      ? [`Member must satisfy enum value set: [${valueSetOrder(shape.enum).join(", ")}]`]
      : []),
  ];
}

export function validString(shape: StringShape): string {
  const candidates = [
    ...(shape.enum ?? []),
    ...SAMPLES,
    ...SAMPLES.map((sample) => sample.padEnd(shape.min ?? 0, "a")),
  ];
  const valid = candidates.find((candidate) => brokenBy(shape, candidate).length === 0);
  if (valid === undefined) throw new Error(`No sample fits ${JSON.stringify(shape)}`);
  return valid;
}

/** A value that meets the model: the least that is required. */
export function validValue(name: string): unknown {
  const shape = shapeModel(name);
  switch (shape.type) {
    case "string":
      return validString(shape);
    case "integer":
    case "long":
      return shape.min ?? 0;
    case "boolean":
      return true;
    case "timestamp":
      return 0;
    case "blob":
      return "AAAA";
    case "list":
      return Array.from({ length: shape.min ?? 0 }, () => validValue(shape.member));
    case "map":
      return shape.min ? { [String(validValue(shape.key))]: validValue(shape.value) } : {};
    case "structure":
      return Object.fromEntries(
        (shape.required ?? []).map((member) => [member, validValue(shape.members[member] ?? "")]),
      );
    case "document":
      return {};
  }
}
