/** The look of the pages, as the layout takes it. Branding settings are turned into it in `branding/`. */

/** CSS values by the names of the custom properties of `stylesheet.ts`, without the leading `--`. */
export type StyleVariables = Readonly<Record<string, string>>;

/** Light and dark as the browser prefers is `adaptive`. */
export type ColorScheme = "light" | "dark" | "adaptive";

/** An address of this server or a `data:` URL. The Content-Security-Policy of the pages allows no other. */
export interface Image {
  readonly light: string;
  /** Undefined: the one for light. */
  readonly dark?: string | undefined;
}

/** The graphic of a way to sign in. */
export type Graphic = "email" | "sms" | "app" | "password" | "passkey";

export interface Appearance {
  /** Whether elements have the names that those of Cognito's classic pages have, by which browser tests find them. */
  readonly isClassic?: boolean | undefined;
  readonly colorScheme: ColorScheme;
  /** Values that replace those of the stylesheet. */
  readonly light: StyleVariables;
  readonly dark: StyleVariables;
  /** CSS after the stylesheet of the pages. It must not hold `</style`. */
  readonly css?: string | undefined;
  /** Where the card is on a wide window. */
  readonly horizontal: "start" | "center" | "end";
  /** Over the title, in the card. */
  readonly logo?: Image | undefined;
  readonly logoAlignment?: "start" | "center" | "end" | undefined;
  /** Above and below the card. */
  readonly headerLogo?: Image | undefined;
  readonly footerLogo?: Image | undefined;
  /** Behind everything. */
  readonly background?: Image | undefined;
  readonly favicon?: Image | undefined;
  /** Whether the form of local users stands over the buttons of providers. */
  readonly isLocalFirst?: boolean | undefined;
  /** Names of providers in the order of their buttons; others follow. */
  readonly providerOrder?: readonly string[] | undefined;
  /** Icons of provider buttons by the provider's name. */
  readonly providerIcons?: ReadonlyMap<string, Image> | undefined;
  /** Pictures of the ways to sign in, in place of the pages' own. */
  readonly graphics?: Readonly<Partial<Record<Graphic, Image | undefined>>> | undefined;
}

export const defaultAppearance: Appearance = {
  colorScheme: "adaptive",
  light: {},
  dark: {},
  horizontal: "center",
};
