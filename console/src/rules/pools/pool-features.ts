/** Values of the pool's later settings, as forms have them. */
import type {
  DcrConfigurationType,
  OAuthFlowType,
  TermsType,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";

import { inOrder } from "../in-order.ts";

/** An alias does not do. @see Developer Guide, "Data protection in Amazon Cognito" */
export function isKmsKeyArn(text: string): boolean {
  return /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\/[\w-]+$/.test(text);
}

export const acrLevels = ["Level1", "Level2", "Level3", "Level4"] as const;
export type AcrLevel = (typeof acrLevels)[number];

/** @see API Reference, "AcrLevelConfigType" */
export function isAcrValue(text: string): boolean {
  return /^[\x21\x23-\x5B\x5D-\x7E]{1,64}$/.test(text);
}

/** The names of all levels; those that the pool does not name have their defaults. */
export function levelValuesOf({ AcrConfiguration }: UserPoolType): Readonly<Record<AcrLevel, string>> {
  const nameOf = (level: AcrLevel, number: number) =>
    AcrConfiguration?.[level]?.AcrValue ?? `urn:cognito:loa:${number}`;
  return {
    Level1: nameOf("Level1", 1),
    Level2: nameOf("Level2", 2),
    Level3: nameOf("Level3", 3),
    Level4: nameOf("Level4", 4),
  };
}

/** The grant types that a client can register for. */
export const registrableGrants = ["code", "client_credentials"] as const satisfies readonly OAuthFlowType[];

export interface RegistrationValues {
  readonly isOn: boolean;
  readonly isOpen: boolean;
  readonly openGrants: readonly OAuthFlowType[];
  readonly tokenGrants: readonly OAuthFlowType[];
  readonly scopes: readonly string[];
}

/** A configuration without EnableStatus is on. @see API Reference, "DcrConfigurationType" */
export function registrationValuesOf(given: DcrConfigurationType | undefined): RegistrationValues {
  return {
    isOn: given !== undefined && given.EnableStatus !== "Disabled",
    isOpen: given?.OpenDcrEnabled ?? false,
    openGrants: inOrder(given?.OpenDcrGrantTypes ?? ["code"], registrableGrants),
    tokenGrants: inOrder(given?.AuthenticatedGrantTypes ?? ["code", "client_credentials"], registrableGrants),
    scopes: given?.AllowedScopes ?? [],
  };
}

export function registrationParameters(values: RegistrationValues): DcrConfigurationType {
  return {
    EnableStatus: values.isOn ? "Enabled" : "Disabled",
    OpenDcrEnabled: values.isOpen,
    OpenDcrGrantTypes: [...values.openGrants],
    AuthenticatedGrantTypes: [...values.tokenGrants],
    AllowedScopes: [...values.scopes],
  };
}

export const termsNames = ["terms-of-use", "privacy-policy"] as const;
export type TermsName = (typeof termsNames)[number];

/** The languages of managed login. @see API Reference, "CreateTerms", Links */
export const termsLanguages = [
  "cognito:default",
  "cognito:chinese-simplified",
  "cognito:chinese-traditional",
  "cognito:dutch",
  "cognito:english",
  "cognito:french",
  "cognito:german",
  "cognito:bahasa-indonesia",
  "cognito:italian",
  "cognito:japanese",
  "cognito:korean",
  "cognito:portuguese-brazil",
  "cognito:spanish",
] as const;

export interface TermsLink {
  readonly language: string;
  readonly url: string;
}

/** The default first, then in the order of the languages. */
export function termsLinksOf({ Links = {} }: Pick<TermsType, "Links">): readonly TermsLink[] {
  const order = (language: string) => {
    const index = (termsLanguages as readonly string[]).indexOf(language);
    return index === -1 ? termsLanguages.length : index;
  };
  return Object.entries(Links)
    .map(([language, url]) => ({ language, url }))
    .toSorted((one, other) => order(one.language) - order(other.language));
}

export function isTermsUrl(text: string): boolean {
  return /^https:\/\/\S+$/.test(text) && text.length <= 1024 && URL.canParse(text);
}

/** Each language is called by its own name, as in the language menu of the pages. */
const languageNames: Readonly<Record<string, string>> = {
  "cognito:chinese-simplified": "简体中文",
  "cognito:chinese-traditional": "繁體中文",
  "cognito:dutch": "Nederlands",
  "cognito:english": "English",
  "cognito:french": "Français",
  "cognito:german": "Deutsch",
  "cognito:bahasa-indonesia": "Bahasa Indonesia",
  "cognito:italian": "Italiano",
  "cognito:japanese": "日本語",
  "cognito:korean": "한국어",
  "cognito:portuguese-brazil": "Português (Brasil)",
  "cognito:spanish": "Español",
};

export function languageName(language: string, ofDefault: string): string {
  return language === "cognito:default" ? ofDefault : (languageNames[language] ?? language);
}
