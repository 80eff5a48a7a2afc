/** An identity provider as a form has it, and how the form becomes a call. */
import type {
  IdentityProviderType,
  SchemaAttributeType,
  UpdateIdentityProviderCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { differing } from "../differing.ts";
import { type AcrLevel, acrLevels } from "../pools/pool-features.ts";
import { emptySaml, type SamlValues, samlDetails, samlFaults, samlValuesOf } from "./saml-provider.ts";

export const providerTypes = [
  "OIDC",
  "SAML",
  "Google",
  "Facebook",
  "LoginWithAmazon",
  "SignInWithApple",
] as const;
export type ProviderType = (typeof providerTypes)[number];

export type DetailName =
  | "client_id"
  | "client_secret"
  | "authorize_scopes"
  | "api_version"
  | "team_id"
  | "key_id"
  | "private_key"
  | "oidc_issuer"
  | "attributes_request_method"
  | "authorize_url"
  | "token_url"
  | "attributes_url"
  | "jwks_uri"
  | "require_nonce"
  | "link_by_verified_email";

interface Detail {
  readonly name: DetailName;
  readonly isRequired: boolean;
  readonly initial?: string;
}

const required = (name: DetailName, initial?: string): Detail => ({
  name,
  isRequired: true,
  ...(initial !== undefined && { initial }),
});
const optional = (name: DetailName): Detail => ({ name, isRequired: false });
const social = (scopes: string) => [
  required("client_id"),
  required("client_secret"),
  required("authorize_scopes", scopes),
  optional("link_by_verified_email"),
];

/** The details that the form asks for. */
export const detailsOf: Readonly<Record<ProviderType, readonly Detail[]>> = {
  SAML: [],
  OIDC: [
    required("client_id"),
    optional("client_secret"),
    required("authorize_scopes", "openid email profile"),
    required("attributes_request_method", "GET"),
    required("oidc_issuer"),
    optional("authorize_url"),
    optional("token_url"),
    optional("attributes_url"),
    optional("jwks_uri"),
    optional("require_nonce"),
    optional("link_by_verified_email"),
  ],
  Google: social("openid email profile"),
  Facebook: [...social("public_profile,email"), optional("api_version")],
  LoginWithAmazon: social("profile"),
  SignInWithApple: [
    required("client_id"),
    required("team_id"),
    required("key_id"),
    required("private_key"),
    required("authorize_scopes", "email name"),
    optional("link_by_verified_email"),
  ],
};

export interface AttributeMapping {
  /** Of the user pool. */
  readonly attribute: string;
  /** The provider's name of it. */
  readonly claim: string;
}

export interface ProviderValues {
  readonly type: ProviderType;
  readonly name: string;
  readonly details: Readonly<Partial<Record<DetailName, string>>>;
  readonly saml: SamlValues;
  readonly identifiers: string;
  readonly mapping: readonly AttributeMapping[];
  /** The provider's names of the pool's authentication levels, of a provider by OpenID Connect. */
  readonly levels: Readonly<Partial<Record<AcrLevel, string>>>;
  /** The details of a stored provider that the API does not show in full: they stay while none of them is changed. */
  readonly stored?: ProviderValues["details"];
}

export function emptyProvider(type: ProviderType): ProviderValues {
  const initial = detailsOf[type].flatMap(({ name, initial }) => (initial ? [[name, initial]] : []));
  return {
    type,
    name: type === "SAML" || type === "OIDC" ? "" : type,
    details: Object.fromEntries(initial),
    saml: emptySaml,
    levels: {},
    identifiers: "",
    mapping: type === "SAML" ? [] : [{ attribute: "email", claim: "email" }],
  };
}

export function providerValuesOf(provider: IdentityProviderType): ProviderValues {
  const type = provider.ProviderType ?? "OIDC";
  const { ProviderDetails = {}, AttributeMapping = {}, AcrMapping = {} } = provider;
  const details = Object.fromEntries(
    detailsOf[type].flatMap(({ name }) => (ProviderDetails[name] ? [[name, ProviderDetails[name]]] : [])),
  );
  return {
    type,
    name: provider.ProviderName ?? "",
    details,
    ...(type === "SignInWithApple" && { stored: details }),
    saml: samlValuesOf(provider),
    levels: Object.fromEntries(
      acrLevels.flatMap((level) => (AcrMapping[level] ? [[level, AcrMapping[level]]] : [])),
    ),
    identifiers: (provider.IdpIdentifiers ?? []).join(", "),
    mapping: Object.entries(AttributeMapping).map(([attribute, claim]) => ({ attribute, claim })),
  };
}

/** The `ProviderDetails` that CreateIdentityProvider and UpdateIdentityProvider take. */
export function providerDetails({ type, details, saml }: ProviderValues): Record<string, string> {
  if (type === "SAML") return samlDetails(saml);
  const given = Object.entries(details).filter(([, value]) => value !== "");
  return Object.fromEntries(given.map(([name, value]) => [name, value.trim()]));
}

/** The parameters that CreateIdentityProvider and UpdateIdentityProvider share, beside the details. */
export function providerParameters({ type, identifiers, mapping, levels }: ProviderValues) {
  return {
    // The API refuses it for the other types.
    ...(type === "OIDC" && Object.keys(levels).length > 0 && { AcrMapping: levelMapping(levels) }),
    AttributeMapping: Object.fromEntries(
      mapping
        .filter(({ attribute }) => attribute !== "")
        .map(({ attribute, claim }) => [attribute, claim.trim()]),
    ),
    IdpIdentifiers: identifiers
      .split(",")
      .map((identifier) => identifier.trim())
      .filter((identifier) => identifier !== ""),
  };
}

/** What UpdateIdentityProvider takes. */
export type ProviderParameters = Pick<
  UpdateIdentityProviderCommandInput,
  "ProviderDetails" | "AcrMapping" | "AttributeMapping" | "IdpIdentifiers"
>;

export function updateParameters(values: ProviderValues): ProviderParameters {
  return { ProviderDetails: providerDetails(values), ...providerParameters(values) };
}

/**
 * What is left out stays as it is now.
 *
 * @param merged the parameters of the form with those that somebody else has changed meanwhile
 * @param own the parameters of the form
 * @param now the parameters as they are when the form is saved
 */
export function providerChanges(
  merged: ProviderParameters,
  own: ProviderParameters,
  now: ProviderParameters,
): Partial<ProviderParameters> {
  const ProviderDetails = withOneSource(merged.ProviderDetails ?? {}, own.ProviderDetails ?? {});
  return differing({ ...merged, ProviderDetails }, now);
}

/** Somebody else may have changed the source of the metadata of a SAML provider, which the API refuses beside another one. */
function withOneSource(details: Record<string, string>, own: Record<string, string>): Record<string, string> {
  if (details.MetadataFile === undefined || details.MetadataURL === undefined) return details;
  const other = own.MetadataFile === undefined ? "MetadataFile" : "MetadataURL";
  return Object.fromEntries(Object.entries(details).filter(([name]) => name !== other));
}

/** An empty value takes the mapping of a level away; an empty mapping takes all away, where leaving it out would keep them. */
function levelMapping(levels: ProviderValues["levels"]): Record<string, string> {
  return Object.fromEntries(
    acrLevels.flatMap((level) => {
      const value = levels[level]?.trim();
      return value ? [[level, value]] : [];
    }),
  );
}

/** Whether the details are as they are stored, with a private key that is not shown. */
function keepsDetails({ stored, details }: ProviderValues): boolean {
  if (stored === undefined) return false;
  const names = new Set([...Object.keys(stored), ...Object.keys(details)]) as ReadonlySet<DetailName>;
  return [...names].every((name) => (stored[name] ?? "") === (details[name] ?? ""));
}

export function isMissing(values: ProviderValues, { name, isRequired }: Detail): boolean {
  return isRequired && !values.details[name]?.trim() && !keepsDetails(values);
}

/** A row of the mapping with one of its sides; a row without both is as good as none. */
export function isHalf({ attribute, claim }: AttributeMapping): boolean {
  return (attribute === "") !== (claim.trim() === "");
}

/** The server sets these. */
const UNMAPPED = new Set(["sub", "identities"]);

/** What a mapping can name: the attributes of the pool, and the user's name, which the server maps to the provider's ID. */
export function mappableAttributes(schema: readonly SchemaAttributeType[] = []): readonly string[] {
  return ["username", ...schema.flatMap(({ Name = "" }) => (UNMAPPED.has(Name) ? [] : [Name]))];
}

export function isWrongName({ name }: ProviderValues): boolean {
  return !/^[^_\s]{3,32}$/u.test(name);
}

export function isCompleteProvider(values: ProviderValues): boolean {
  if (isWrongName(values) || values.mapping.some(isHalf)) return false;
  if (values.type === "SAML") return !Object.values(samlFaults(values.saml)).includes(true);
  return !detailsOf[values.type].some((detail) => isMissing(values, detail));
}
