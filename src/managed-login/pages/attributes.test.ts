import { expect, it } from "vitest";
import { defaultAppearance } from "../appearance.ts";
import { textsOf } from "../languages/index.ts";
import { renderPage } from "../render.tsx";
import { AttributeFields } from "./attributes.tsx";

const NAMES = ["name", "given_name", "family_name", "email"];

it.each([
  ["en", NAMES, NAMES],
  ["ja", NAMES, ["name", "family_name", "given_name", "email"]],
  ["ja", ["family_name", "given_name"], ["family_name", "given_name"]],
  ["ja", ["given_name"], ["given_name"]],
  ["ko", ["family_name"], ["family_name"]],
])("asks in %s for %j in the order %j", (language, given, asked) => {
  const texts = textsOf(language);
  const attributes = given.map((attribute) => ({ attribute, name: attribute, required: true }));
  const page = { title: "Names", content: AttributeFields({ attributes, texts }) };
  const { html } = renderPage(page, { texts, appearance: defaultAppearance, nonce: "n" });
  expect([...html.matchAll(/<input[^>]* name="([^"]+)"/g)].map(([, name]) => name)).toEqual(asked);
});
