import { expect, it } from "vitest";
import { languages } from "../../managed-login/index.ts";
import { isWebAddress } from "../../web-address.ts";
import { TERMS_LANGUAGES } from "./sign-up.ts";

/** API Reference, "CreateTerms", the keys of Links. */
const KEYS =
  /^cognito:(dutch|english|french|spanish|german|bahasa-indonesia|italian|japanese|korean|portuguese-brazil|chinese-(simplified|traditional))$/;

it("finds the links of terms in every language of the pages", () => {
  expect(Object.keys(TERMS_LANGUAGES).sort()).toEqual(Object.keys(languages).sort());
  for (const language of Object.values(TERMS_LANGUAGES)) expect(`cognito:${language}`).toMatch(KEYS);
  expect(new Set(Object.values(TERMS_LANGUAGES)).size).toBe(12);
});

it.each([
  ["https://example.com/terms", true],
  ["http://localhost:3000/terms", true],
  ["javascript:alert(1)", false],
  [" java\tscript:alert(1)", false],
  ["data:text/html,x", false],
  ["/terms", false],
  [undefined, false],
])("shows the link %s of terms: %s", (link, isShown) => expect(isWebAddress(link)).toBe(isShown));
