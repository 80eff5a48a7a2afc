import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ANY_ONE,
  ANY_ONE_IN_SEGMENT,
  ANY_RUN,
  ANY_RUN_IN_SEGMENT,
  type Glyphs,
  matchesGlyphs,
} from "./match.ts";
import { parsePattern, parseResourcePattern, resolvePattern, textOf } from "./pattern.ts";

const WILDCARDS = new Map([
  [ANY_RUN, "[^]*"],
  [ANY_RUN_IN_SEGMENT, "[^:]*"],
  [ANY_ONE, "[^]"],
  [ANY_ONE_IN_SEGMENT, "[^:]"],
]);

function asRegExp(glyphs: Glyphs): RegExp {
  const source = glyphs.map((glyph) => WILDCARDS.get(glyph) ?? String.fromCharCode(glyph)).join("");
  return new RegExp(`^${source}$`);
}

/** The processor time of this thread, which does not depend on what else the machine does. */
function milliseconds(work: () => void): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

const variables = { wildcards: true, variables: true };

describe("matching a pattern", () => {
  it("gives the result of the equivalent regular expression", () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(97, 98, 58, ...WILDCARDS.keys()), { maxLength: 70 }),
        fc.array(fc.constantFrom("a", "b", ":"), { maxLength: 90 }).map((characters) => characters.join("")),
        (glyphs, text) => {
          // A regular expression takes exponential time for many runs, so the oracle gets few of them.
          fc.pre(glyphs.filter((glyph) => glyph === ANY_RUN || glyph === ANY_RUN_IN_SEGMENT).length < 5);
          expect(matchesGlyphs(glyphs, text)).toBe(asRegExp(glyphs).test(text));
        },
      ),
    ));

  it("gives the result of the equivalent regular expression for patterns of more than 32 states", () => {
    const text = "ab:".repeat(60);
    const glyphs = parsePattern("ab?*".repeat(60), { wildcards: true, variables: false }).fixed ?? [];
    expect(matchesGlyphs(glyphs, text)).toBe(true);
    expect(matchesGlyphs(glyphs, text.slice(1))).toBe(false);
  });

  it("does not take quadratic time for 30,000 wildcards", () => {
    const glyphs = parsePattern("*a".repeat(30_000), { wildcards: true, variables: false }).fixed ?? [];
    expect(milliseconds(() => matchesGlyphs(glyphs, `${"a".repeat(2000)}b`))).toBeLessThan(500);
  });
});

describe("parsing a pattern", () => {
  it.each([
    ["without a name and an end", "${"],
    ["with a name and without an end", "${aws:username"],
    ["with spaces and without an end", `\${${" ".repeat(20)}`],
    ["with a default and without an end", "${a,'"],
  ])("takes linear time for 10,000 variables %s", (_, text) => {
    expect(milliseconds(() => parsePattern(text.repeat(10_000), variables))).toBeLessThan(1500);
    expect(milliseconds(() => parseResourcePattern(`arn:${text.repeat(10_000)}`, variables))).toBeLessThan(
      1000,
    );
  });

  it("keeps text that is not a variable unchanged", () =>
    expect(textOf(parsePattern("${${aws:username", { ...variables, wildcards: false }).fixed ?? [])).toBe(
      "${${aws:username",
    ));

  it("accepts text and a variable value of 200,000 characters", () => {
    const long = "x".repeat(200_000);
    const pattern = parsePattern(`${long}\${a}`, variables);
    expect(textOf(resolvePattern(pattern, () => long, 400_000) ?? [])).toBe(long + long);
  });

  it("matches nothing if the values of its variables are longer than what it is compared with", () => {
    const pattern = parsePattern(`*\${a}\${a}`, variables);
    expect(resolvePattern(pattern, () => "ab", 4)).toHaveLength(5);
    expect(resolvePattern(pattern, () => "ab", 3)).toBeUndefined();
  });
});
