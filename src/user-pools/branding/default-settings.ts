/**
 * The look of managed login where a style sets nothing. The document is the one that a new style has in AWS, as styles
 * in public repositories show it. Colours are RGBA in hexadecimal digits without a number sign.
 *
 * @see Developer Guide, "The branding editor and customizing managed login"
 */

const outlined = (background: string, border: string, text: string) => ({
  backgroundColor: background,
  borderColor: border,
  textColor: text,
});
const filled = (background: string, text: string) => ({ backgroundColor: background, textColor: text });
const status = (background: string, foreground: string) => ({
  backgroundColor: background,
  borderColor: foreground,
  indicatorColor: foreground,
});

const BUTTON_HOVER_LIGHT = outlined("f2f8fdff", "033160ff", "033160ff");
const BUTTON_ACTIVE_LIGHT = outlined("d3e7f9ff", "033160ff", "033160ff");
const BUTTON_HOVER_DARK = outlined("192534ff", "89bdeeff", "89bdeeff");
const BUTTON_ACTIVE_DARK = outlined("354150ff", "89bdeeff", "89bdeeff");
const DISABLED = { backgroundColor: "ffffffff", borderColor: "ffffffff" };

const BAR = {
  backgroundImage: { enabled: false },
  logo: { enabled: false, location: "START" },
  lightMode: { background: { color: "fafafaff" }, borderColor: "d5dbdbff" },
  darkMode: { background: { color: "0f141aff" }, borderColor: "424650ff" },
};

const components = {
  alert: {
    borderRadius: 12,
    lightMode: { error: { backgroundColor: "fff7f7ff", borderColor: "d91515ff" } },
    darkMode: { error: { backgroundColor: "1a0000ff", borderColor: "eb6f6fff" } },
  },
  favicon: { enabledTypes: ["ICO", "SVG"] as readonly string[] },
  form: {
    backgroundImage: { enabled: false },
    borderRadius: 8,
    logo: { enabled: false, formInclusion: "IN", location: "CENTER", position: "TOP" },
    lightMode: { backgroundColor: "ffffffff", borderColor: "c6c6cdff" },
    darkMode: { backgroundColor: "0f1b2aff", borderColor: "424650ff" },
  },
  idpButton: {
    custom: {},
    standard: {
      lightMode: {
        defaults: outlined("ffffffff", "424650ff", "424650ff"),
        hover: BUTTON_HOVER_LIGHT,
        active: BUTTON_ACTIVE_LIGHT,
      },
      darkMode: {
        defaults: outlined("0f1b2aff", "c6c6cdff", "c6c6cdff"),
        hover: BUTTON_HOVER_DARK,
        active: BUTTON_ACTIVE_DARK,
      },
    },
  },
  pageBackground: {
    image: { enabled: true },
    lightMode: { color: "ffffffff" },
    darkMode: { color: "0f1b2aff" },
  },
  pageFooter: BAR,
  pageHeader: BAR,
  pageText: {
    lightMode: { bodyColor: "414d5cff", descriptionColor: "414d5cff", headingColor: "000716ff" },
    darkMode: { bodyColor: "b6bec9ff", descriptionColor: "b6bec9ff", headingColor: "d1d5dbff" },
  },
  phoneNumberSelector: { displayType: "TEXT" },
  primaryButton: {
    lightMode: {
      defaults: filled("0972d3ff", "ffffffff"),
      hover: filled("033160ff", "ffffffff"),
      active: filled("033160ff", "ffffffff"),
      disabled: DISABLED,
    },
    darkMode: {
      defaults: filled("539fe5ff", "000716ff"),
      hover: filled("89bdeeff", "000716ff"),
      active: filled("539fe5ff", "000716ff"),
      disabled: DISABLED,
    },
  },
  secondaryButton: {
    lightMode: {
      defaults: outlined("ffffffff", "0972d3ff", "0972d3ff"),
      hover: BUTTON_HOVER_LIGHT,
      active: BUTTON_ACTIVE_LIGHT,
    },
    darkMode: {
      defaults: outlined("0f1b2aff", "539fe5ff", "539fe5ff"),
      hover: BUTTON_HOVER_DARK,
      active: BUTTON_ACTIVE_DARK,
    },
  },
};

const item = (background: string, text: string) => ({ itemBackgroundColor: background, itemTextColor: text });

const componentClasses = {
  buttons: { borderRadius: 8 },
  divider: { lightMode: { borderColor: "ebebf0ff" }, darkMode: { borderColor: "232b37ff" } },
  dropDown: {
    borderRadius: 8,
    lightMode: {
      defaults: { itemBackgroundColor: "ffffffff" },
      hover: { ...item("f4f4f4ff", "000716ff"), itemBorderColor: "7d8998ff" },
      match: item("414d5cff", "0972d3ff"),
    },
    darkMode: {
      defaults: { itemBackgroundColor: "192534ff" },
      hover: { ...item("081120ff", "e9ebedff"), itemBorderColor: "5f6b7aff" },
      match: item("d1d5dbff", "89bdeeff"),
    },
  },
  focusState: { lightMode: { borderColor: "0972d3ff" }, darkMode: { borderColor: "539fe5ff" } },
  idpButtons: { icons: { enabled: true } },
  input: {
    borderRadius: 8,
    lightMode: {
      defaults: { backgroundColor: "ffffffff", borderColor: "7d8998ff" },
      placeholderColor: "5f6b7aff",
    },
    darkMode: {
      defaults: { backgroundColor: "0f1b2aff", borderColor: "5f6b7aff" },
      placeholderColor: "8d99a8ff",
    },
  },
  inputDescription: { lightMode: { textColor: "5f6b7aff" }, darkMode: { textColor: "8d99a8ff" } },
  inputLabel: { lightMode: { textColor: "000716ff" }, darkMode: { textColor: "d1d5dbff" } },
  link: {
    lightMode: { defaults: { textColor: "0972d3ff" }, hover: { textColor: "033160ff" } },
    darkMode: { defaults: { textColor: "539fe5ff" }, hover: { textColor: "89bdeeff" } },
  },
  optionControls: {
    lightMode: {
      defaults: { backgroundColor: "ffffffff", borderColor: "7d8998ff" },
      selected: { backgroundColor: "0972d3ff", foregroundColor: "ffffffff" },
    },
    darkMode: {
      defaults: { backgroundColor: "0f1b2aff", borderColor: "7d8998ff" },
      selected: { backgroundColor: "539fe5ff", foregroundColor: "000716ff" },
    },
  },
  statusIndicator: {
    lightMode: {
      error: status("fff7f7ff", "d91515ff"),
      pending: { indicatorColor: "AAAAAAAA" },
      success: status("f2fcf3ff", "037f0cff"),
      warning: status("fffce9ff", "8d6605ff"),
    },
    darkMode: {
      error: status("1a0000ff", "eb6f6fff"),
      pending: { indicatorColor: "AAAAAAAA" },
      success: status("001a02ff", "29ad32ff"),
      warning: status("1d1906ff", "e0ca57ff"),
    },
  },
};

const categories = {
  auth: {
    authMethodOrder: [
      [
        { display: "BUTTON", type: "FEDERATED" },
        { display: "INPUT", type: "USERNAME_PASSWORD" },
      ],
    ],
    federation: { interfaceStyle: "BUTTON_LIST", order: [] as readonly string[] },
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
};

export const DEFAULT_SETTINGS = { categories, componentClasses, components };

/** The settings of a style with nothing left out. */
export type StyleSettings = typeof DEFAULT_SETTINGS;
