import type { JsonValue } from "../../api-model/index.ts";

type JsonObject = { readonly [key: string]: JsonValue | undefined };

/**
 * What managed login looks like where a style says nothing, as far as it is known from the AWS CLI's sample of
 * UpdateManagedLoginBranding. Colours are RGBA without a number sign.
 */
const DEFAULT_SETTINGS = {
  categories: {
    auth: {
      authMethodOrder: [
        [
          { display: "BUTTON", type: "FEDERATED" },
          { display: "INPUT", type: "USERNAME_PASSWORD" },
        ],
      ],
      federation: { interfaceStyle: "BUTTON_LIST", order: [] },
    },
    form: {
      displayGraphics: true,
      instructions: { enabled: false },
      languageSelector: { enabled: false },
      location: { horizontal: "CENTER", vertical: "CENTER" },
      sessionTimerDisplay: "NONE",
    },
    global: {
      colorSchemeMode: "LIGHT",
      pageFooter: { enabled: false },
      pageHeader: { enabled: false },
      spacingDensity: "REGULAR",
    },
    signUp: { acceptanceElements: [{ enforcement: "NONE", textKey: "en" }] },
  },
  componentClasses: { buttons: { borderRadius: 8 }, input: { borderRadius: 8 } },
  components: {
    form: { borderRadius: 8, backgroundImage: { enabled: false }, logo: { enabled: false } },
    pageBackground: { image: { enabled: true } },
  },
} as const satisfies JsonObject;

/** Settings laid over the defaults: objects member by member, everything else as a whole. */
export function mergedSettings(settings: JsonValue | undefined): JsonValue {
  return merge(DEFAULT_SETTINGS, settings);
}

function merge(base: JsonValue, over: JsonValue | undefined): JsonValue {
  if (over === undefined) return base;
  if (!isObject(base) || !isObject(over)) return over;
  const names = new Set([...Object.keys(base), ...Object.keys(over)]);
  const members = [...names].map((name) => {
    const member = base[name];
    return [name, member === undefined ? over[name] : merge(member, over[name])] as const;
  });
  return Object.fromEntries(members);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
