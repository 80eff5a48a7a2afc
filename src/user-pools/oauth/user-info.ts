import { ServiceException } from "../../api-model/index.ts";
import { readableBy } from "../attributes/index.ts";
import type { OperationContext } from "../operation.ts";
import { type AccessTokenBearer, scopesOf } from "../tokens/index.ts";
import { OAuthError } from "./errors.ts";

/** The attributes of the scope `profile` here; custom attributes come with it. */
const PROFILE: ReadonlySet<string> = new Set([
  "name",
  "family_name",
  "given_name",
  "middle_name",
  "nickname",
  "preferred_username",
  "profile",
  "picture",
  "website",
  "gender",
  "birthdate",
  "zoneinfo",
  "locale",
  "updated_at",
]);

const NO_OPENID = "Access token does not contain openid scope";
const NOT_VALID = "Access token is expired, disabled, or deleted, or the user has globally signed out.";

/**
 * The attributes of the user whom an access token is of, as they are now: those that its scopes cover and its client may
 * read. Every value is text.
 *
 * @throws OAuthError `invalid_token`
 * @see Developer Guide, "UserInfo endpoint"
 */
export async function userInfo(
  accessToken: string,
  poolId: string | undefined,
  { tokens }: OperationContext,
): Promise<Readonly<Record<string, string>>> {
  const { pool, client, user, claims } = await bearerOf(accessToken, tokens);
  if (poolId !== undefined && pool.id !== poolId) throw new OAuthError("invalid_token", NOT_VALID);
  const isReadable = readableBy(pool, client);
  const isInScope = covers(scopesOf(claims));
  const attributes = Object.entries(user.attributes).filter(
    ([name, value]) => value !== "" && isReadable(name) && isInScope(name),
  );
  return { sub: user.sub, ...Object.fromEntries(attributes), username: user.username };
}

async function bearerOf(accessToken: string, tokens: OperationContext["tokens"]): Promise<AccessTokenBearer> {
  try {
    return await tokens.verifyAccessToken(accessToken, {
      scope: "openid",
      refusal: () => new OAuthError("invalid_token", NO_OPENID),
    });
  } catch (error) {
    if (!(error instanceof ServiceException)) throw error;
    throw new OAuthError("invalid_token", NOT_VALID, { cause: error });
  }
}

function covers(scopes: readonly string[]): (name: string) => boolean {
  const [email, phone, profile] = ["email", "phone", "profile"].map((scope) => scopes.includes(scope));
  if (!email && !phone && !profile) return () => true;
  return (name) => {
    switch (name) {
      case "email":
      case "email_verified":
        return email === true;
      case "phone_number":
      case "phone_number_verified":
        return phone === true;
      // Observed with `openid profile email`. In ID tokens it is there with every scope.
      case "identities":
        return true;
      default:
        return profile === true && (PROFILE.has(name) || name.startsWith("custom:"));
    }
  };
}
