import { expect, it } from "vitest";
import { languages } from "../../managed-login/index.ts";
import { TERMS_LANGUAGES } from "./sign-up.ts";

/** API Reference, "CreateTerms", the keys of Links. */
const KEYS =
  /^cognito:(dutch|english|french|spanish|german|bahasa-indonesia|italian|japanese|korean|portuguese-brazil|chinese-(simplified|traditional))$/;

it("finds the links of terms in every language of the pages", () => {
  expect(Object.keys(TERMS_LANGUAGES).sort()).toEqual(Object.keys(languages).sort());
  for (const language of Object.values(TERMS_LANGUAGES)) expect(`cognito:${language}`).toMatch(KEYS);
  expect(new Set(Object.values(TERMS_LANGUAGES)).size).toBe(12);
});
