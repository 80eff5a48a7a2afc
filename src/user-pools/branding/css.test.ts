import { describe, expect, it } from "vitest";
import { checkCss, isAllowedCss } from "./css.ts";

const LOGO = ".logo-customizable";

describe("the style sheet of classic pages", () => {
  it.each([
    `${LOGO} { color: red }`,
    `${LOGO}:hover, .label-customizable { color: red } /* } body { */`,
    `${LOGO} { content: "/* url(x) } body {" }`,
    "/* only a comment */",
    "",
  ])("may be %j", (css) => expect(isAllowedCss(css)).toBe(true));

  it.each(["\n", "\r", "\f", "\r\n"])(
    "cannot hide an address behind a string that the line break %j ends",
    (lineBreak) => {
      const css = `${LOGO} { content: "${lineBreak}; background: url(https://evil.example/) } ${LOGO} { content: "" }`;
      expect(() => checkCss(css)).toThrow("The CSS must not load or run anything.");
    },
  );

  it.each([`${LOGO} { color: red } /* x`, `${LOGO} { /* }`, "/*/", "/* ".repeat(43_000)])(
    "cannot have a comment without an end (%#)",
    (css) => expect(() => checkCss(css)).toThrow("The CSS cannot be read."),
  );
});
