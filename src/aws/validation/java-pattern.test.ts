import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelText } from "../../api-model/model.generated.ts";
import { matcherOf } from "./java-pattern.ts";

const MODEL: { shapes: Record<string, { pattern?: string }> } = JSON.parse(modelText);
const PATTERNS = [...new Set(Object.values(MODEL.shapes).flatMap(({ pattern }) => pattern ?? []))];

const CODE_MESSAGE = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*";
const LINK_MESSAGE =
  "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{##[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*##\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*";
const EMAIL = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+@[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+";

describe("patterns of the model", () => {
  it.each([
    ["[\\w-]+_[0-9a-zA-Z]+", "us-east-1_Ab12", true],
    ["[\\w-]+_[0-9a-zA-Z]+", "us-east-1", false],
    ["[\\w-]+_[0-9a-zA-Z]+", "us-east-1_Ab12\n", false],
    ["[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+", "太郎😀@example.com", true],
    ["[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+", "two words", false],
    ["[A-Za-z0-9-_=.]+", "a-b_c=.", true],
    ["^[\\S]+.*[\\S]+$", "four words of mine", true],
    ["^[\\S]+.*[\\S]+$", "x", false],
    ["^[\\S]+.*[\\S]+$", " x y", false],
    ["^[\\S]+.*[\\S]+$", "x y ", false],
    ["(?s).*", "two\nlines", true],
    [".*\\{####\\}.*", "Your code is {####}", true],
    [".*\\{####\\}.*", "Your code is\n{####}", false],
    ["^[0-9A-Za-z\\.\\-_]*(?<!\\.)$", "bucket.", false],
    [CODE_MESSAGE, "Your code: {####}.", true],
    [CODE_MESSAGE, "Your code: {###}.", false],
    [LINK_MESSAGE, "Please {##click##}", true],
    [LINK_MESSAGE, "Please ##}click{##", false],
    [LINK_MESSAGE, "{####}", true],
    [LINK_MESSAGE, "{##}", false],
    [EMAIL, "a@b", true],
    [EMAIL, "@b", false],
    [EMAIL, "a@", false],
    [EMAIL, "a@@", true],
  ])("%s matches all of %j: %s", (pattern, text, expected) =>
    expect(matcherOf(pattern)(text)).toBe(expected),
  );

  it("treat only ASCII white space as white space, as Java does", () => {
    expect(matcherOf("[\\S]+")("no\u00a0break")).toBe(true);
    expect(matcherOf("[\\S]+")("a space")).toBe(false);
    expect(matcherOf("[\\w\\s+=,.@-]+")("a\u3000b")).toBe(false);
  });

  it.each(PATTERNS)("%s can be compiled", (pattern) => {
    expect(typeof matcherOf(pattern)("x")).toBe("boolean");
  });

  it.each([
    [CODE_MESSAGE, /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*$/u],
    [
      LINK_MESSAGE,
      /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{##[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*##\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*$/u,
    ],
    [EMAIL, /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+@[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u],
  ])("%s matches the same texts as in a backtracking engine", (pattern, expression) => {
    const text = fc.string({
      unit: fc.constantFrom("{", "##", "#", "}", "@", "a", "😀", " ", "\u0001"),
      maxLength: 14,
    });
    fc.assert(
      fc.property(text, (value) => matcherOf(pattern)(value) === expression.test(value)),
      {
        numRuns: 2000,
      },
    );
  });

  it.each(PATTERNS)("%s is matched in milliseconds against long hostile texts", (pattern) => {
    const matches = matcherOf(pattern);
    for (const unit of ["a", "@", "a@", "{####}", "{##", "##}", "_a", ":", "arn:", "."]) {
      const text = unit.repeat(100_000 / unit.length);
      matches(text);
      matches(`${text}\u0001`);
    }
  });
});
