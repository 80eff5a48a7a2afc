import {
  type IdentityProviderType,
  type IdentityProviderTypeType,
  InvalidParameterException,
} from "../../api-model/index.ts";
import type { IdentityProviderRecord, UserPoolRecord } from "../../storage/index.ts";
import { namesOfLevels } from "../assurance/index.ts";
import { schemaOf } from "../attributes/index.ts";
import { omitUndefined } from "../pools/index.ts";
import { shownDetails } from "./details.ts";

/** Providers of which a pool has one at most, under the name of their type. */
const SOCIAL: ReadonlySet<string> = new Set(["Facebook", "Google", "LoginWithAmazon", "SignInWithApple"]);

/** The claim that names a user at the provider, where the mapping has none; SAML users are named by their NameID. */
const USERNAME_CLAIM: Readonly<Record<IdentityProviderTypeType, string | undefined>> = {
  Facebook: "id",
  Google: "sub",
  LoginWithAmazon: "user_id",
  OIDC: "sub",
  SAML: undefined,
  SignInWithApple: "sub",
};

/**
 * Refuses a name that is a social provider's without being of its type, and the other way round.
 *
 * @throws InvalidParameterException
 */
export function checkProviderName(name: string, type: IdentityProviderTypeType): void {
  const isSocialName = SOCIAL.has(name);
  if (isSocialName || SOCIAL.has(type) ? name !== type : name.toLowerCase() === "cognito") {
    throw new InvalidParameterException(`Provider ${name} cannot be of type ${type}.`);
  }
}

/** Whether users of the provider are known by `Cognito_Subject` alone. */
export function isSocial(type: string): boolean {
  return SOCIAL.has(type);
}

/**
 * The mapping with the claim that names the user.
 *
 * @throws InvalidParameterException it maps to attributes that the pool lacks (the text is of aws/aws-cli#9729)
 */
export function attributeMapping(
  pool: UserPoolRecord,
  type: IdentityProviderTypeType,
  given: Readonly<Record<string, string>> | undefined,
): Record<string, string> | undefined {
  const known = new Set(["username", ...schemaOf(pool).map(({ Name }) => Name)]);
  const unknown = Object.keys(given ?? {}).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new InvalidParameterException(`AttributeMapping contains invalid mapping: [${unknown.join(", ")}]`);
  }
  const claim = USERNAME_CLAIM[type];
  if (given === undefined && claim === undefined) return undefined;
  return { ...given, ...(claim !== undefined && { username: given?.username ?? claim }) };
}

/** The pool's attributes to which claims of the provider are mapped. */
export function mappedNames({ settings }: IdentityProviderRecord): readonly string[] {
  return Object.keys(settings.AttributeMapping ?? {}).filter((name) => name !== "username");
}

/**
 * Rejects a mapping of levels if providers of this type assert none, or if it has another key than the four levels.
 *
 * @throws InvalidParameterException the texts are ours
 * @see API Reference, "CreateIdentityProvider", AcrMapping
 */
export function checkAcrMapping(type: IdentityProviderTypeType, mapping: object | undefined): void {
  if (mapping === undefined) return;
  if (type !== "OIDC") {
    throw new InvalidParameterException("AcrMapping is only supported for OIDC identity providers.");
  }
  const levels = namesOfLevels({});
  const unknown = Object.keys(mapping).find((level) => !Object.hasOwn(levels, level));
  if (unknown !== undefined) {
    throw new InvalidParameterException(`Invalid level in AcrMapping: ${unknown}.`);
  }
}

/** A provider as the API shows it. */
export function identityProviderType(provider: IdentityProviderRecord): IdentityProviderType {
  return omitUndefined({
    UserPoolId: provider.poolId,
    ProviderName: provider.name,
    ProviderType: provider.type,
    ProviderDetails: { ...shownDetails(provider.details) },
    ...provider.settings,
    IdpIdentifiers: [...provider.identifiers],
    LastModifiedDate: provider.lastModifiedAt,
    CreationDate: provider.createdAt,
  });
}
