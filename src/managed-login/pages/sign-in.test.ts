import { expect, it } from "vitest";
import { defaultAppearance } from "../appearance.ts";
import { textsOf } from "../languages/index.ts";
import { renderPage } from "../render.tsx";
import { signInPage } from "./sign-in.tsx";

it.each([
  ["Corp", "Continue with Corp"],
  ["LoginWithAmazon", "Continue with Amazon"],
  // The name of a member of every object.
  ["constructor", "Continue with constructor"],
])("names the provider %s on its button, without an icon that it does not have", (name, label) => {
  const appearance = { ...defaultAppearance, providerIcons: new Map() };
  const texts = textsOf("en");
  const page = signInPage(
    {
      hidden: {},
      notice: undefined,
      username: "",
      nameForm: { kind: "email" },
      providers: [{ name, href: "/authorize" }],
      ssoHref: undefined,
      local: undefined,
      session: undefined,
      takesFocus: true,
    },
    texts,
    appearance,
  );
  const { html } = renderPage(page, { texts, appearance, nonce: "n" });
  expect(html).toMatch(new RegExp(`href="/authorize">${label}</a>`));
});
