/**
 * The `ProviderDetails` of each type of provider: which keys there are, which are required, and what the service adds.
 *
 * @see API Reference, "CreateIdentityProvider", ProviderDetails. The texts were recorded in September 2026
 *   (badmintoncryer/cdk-preflight) unless a line says otherwise.
 */
import { type IdentityProviderTypeType, InvalidParameterException } from "../../api-model/index.ts";
import type { Environment } from "../environment.ts";
import { checkSwitches, HIDDEN_SAML_KEYS, LINK_BY_EMAIL, samlDetails } from "./saml-details.ts";

export type ProviderDetails = Readonly<Record<string, string>>;

const SOCIAL_REQUIRED = "clientId, clientSecret and authorizeScopes are all required idp details.";
const DEFAULT_FACEBOOK_VERSION = "v17.0";

interface DetailRules {
  readonly keys: readonly string[];
  readonly required: readonly string[];
  readonly refusal: string;
  /** Details that are stored beside those in the request; endpoints of social providers are fixed. */
  readonly added: (given: ProviderDetails) => ProviderDetails;
}

const OAUTH_KEYS = ["client_id", "client_secret", "authorize_scopes"];

const RULES: Readonly<Record<Exclude<IdentityProviderTypeType, "SAML">, DetailRules>> = {
  Facebook: {
    keys: [...OAUTH_KEYS, "api_version"],
    required: OAUTH_KEYS,
    refusal: SOCIAL_REQUIRED,
    added: ({ api_version = DEFAULT_FACEBOOK_VERSION }) => ({
      attributes_url: `https://graph.facebook.com/${api_version}/me?fields=`,
      attributes_url_add_attributes: "true",
      authorize_url: `https://www.facebook.com/${api_version}/dialog/oauth`,
      token_request_method: "GET",
      token_url: `https://graph.facebook.com/${api_version}/oauth/access_token`,
    }),
  },
  Google: {
    keys: OAUTH_KEYS,
    required: OAUTH_KEYS,
    refusal: SOCIAL_REQUIRED,
    added: () => ({
      attributes_url: "https://people.googleapis.com/v1/people/me?personFields=",
      attributes_url_add_attributes: "true",
      authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
      oidc_issuer: "https://accounts.google.com",
      token_request_method: "POST",
      token_url: "https://www.googleapis.com/oauth2/v4/token",
    }),
  },
  LoginWithAmazon: {
    keys: OAUTH_KEYS,
    required: OAUTH_KEYS,
    refusal: SOCIAL_REQUIRED,
    added: () => ({
      attributes_url: "https://api.amazon.com/user/profile",
      attributes_url_add_attributes: "false",
      authorize_url: "https://www.amazon.com/ap/oa",
      token_request_method: "POST",
      token_url: "https://api.amazon.com/auth/o2/token",
    }),
  },
  SignInWithApple: {
    keys: ["client_id", "team_id", "key_id", "private_key", "authorize_scopes"],
    required: ["client_id", "private_key", "team_id", "key_id"],
    refusal: "clientId, privateKey, teamId, and keyId are all required idp details.",
    added: () => ({
      attributes_url_add_attributes: "false",
      authorize_url: "https://appleid.apple.com/auth/authorize",
      oidc_issuer: "https://appleid.apple.com",
      token_request_method: "POST",
      token_url: "https://appleid.apple.com/auth/token",
    }),
  },
  OIDC: {
    keys: [
      ...OAUTH_KEYS,
      "attributes_request_method",
      "attributes_url_add_attributes",
      "oidc_issuer",
      "authorize_url",
      "token_url",
      "attributes_url",
      "jwks_uri",
      // An addition: `true` refuses ID tokens that do not return the nonce.
      "require_nonce",
    ],
    required: ["client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method"],
    refusal:
      "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.",
    added: ({ attributes_url_add_attributes = "false" }) => ({ attributes_url_add_attributes }),
  },
};

/**
 * The details as they are stored: those of the provider's type, checked, with those that the service adds.
 *
 * @param current the stored details
 * @throws InvalidParameterException
 */
export async function providerDetails(
  type: IdentityProviderTypeType,
  given: ProviderDetails,
  current: ProviderDetails,
  environment: Pick<Environment, "crypto" | "clock" | "providers">,
): Promise<ProviderDetails> {
  if (type === "SAML") return samlDetails(given, current, environment);
  const rules = RULES[type];
  if (rules.required.some((key) => !given[key])) throw new InvalidParameterException(rules.refusal);
  if (type === "OIDC") checkOidc(given);
  checkSwitches(given, [LINK_BY_EMAIL]);
  return { ...pick(given, [...rules.keys, LINK_BY_EMAIL]), ...rules.added(given) };
}

const HIDDEN_KEYS: ReadonlySet<string> = new Set(["private_key", ...HIDDEN_SAML_KEYS]);

/** The details as the API shows them, without private keys. */
export function shownDetails(details: ProviderDetails): ProviderDetails {
  return Object.fromEntries(Object.entries(details).filter(([key]) => !HIDDEN_KEYS.has(key)));
}

const ENDPOINTS = ["oidc_issuer", "authorize_url", "token_url", "attributes_url", "jwks_uri"];
const LOOPBACK = /^http:\/\/(?:localhost|[\w.-]+\.localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/;

/** Providers on this machine can use plain HTTP, so that federation can be tried without certificates. */
function checkOidc(given: ProviderDetails): void {
  const isPlain = (url: string) => !url.startsWith("https://") && !LOOPBACK.test(url);
  if (ENDPOINTS.some((key) => given[key] && isPlain(given[key]))) {
    throw new InvalidParameterException("OIDC endpoint must start with https://");
  }
  const method = given.attributes_request_method;
  if (method !== "GET" && method !== "POST") {
    throw new InvalidParameterException(
      `1 validation error detected: Value '${method}' at 'providerConfiguration.oidcConfig.attributesRequestMethod' failed to satisfy constraint: Member must satisfy enum value set: [POST, GET]`,
    );
  }
}

function pick(given: ProviderDetails, keys: readonly string[]): ProviderDetails {
  return Object.fromEntries(Object.entries(given).filter(([key]) => keys.includes(key)));
}
