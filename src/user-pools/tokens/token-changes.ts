/**
 * What the answer of a PreTokenGeneration function changes in tokens.
 *
 * @see Developer Guide, "Pre token generation Lambda trigger", section "Claims and scopes reference"
 */
import * as z from "zod";
import type { JwtClaims } from "../../crypto/index.ts";
import { unrecognizableOutput } from "../triggers/index.ts";
import type { TokenChanges } from "./pre-token-generation.ts";

/** Claims that no function can change: in both tokens, and in each. */
const PROTECTED = [
  ...["acr", "amr", "at_hash", "auth_time", "azp", "exp", "iat", "iss", "jti", "nbf", "nonce"],
  ...["origin_jti", "sub", "token_use"],
];
const PROTECTED_IN_ID = new Set([...PROTECTED, "aud", "cognito:username", "identities"]);
const PROTECTED_IN_ACCESS = new Set([
  ...PROTECTED,
  ...["username", "client_id", "scope", "device_key", "event_id", "version"],
]);

/** Claims that are changed by `groupOverrideDetails` alone, or not at all: Cognito's own, and developer attributes. */
const NOT_TO_ADD = /^(cognito|dev):/;

/** Suppressing the groups suppresses the roles with them. */
const WITH_GROUPS = ["cognito:groups", "cognito:roles", "cognito:preferred_role"];

const names = z.array(z.string()).nullish();
const groupOverride = z
  .looseObject({ groupsToOverride: names, iamRolesToOverride: names, preferredRole: z.string().nullish() })
  .nullish();
const textClaims = z.record(z.string(), z.string()).nullish();
const anyClaims = z.record(z.string(), z.json()).nullish();
const tokenChange = z
  .looseObject({
    claimsToAddOrOverride: anyClaims,
    claimsToSuppress: names,
    scopesToAdd: names,
    scopesToSuppress: names,
  })
  .nullish();

/** Version 1 of the event: the ID token alone, whose claims are text. */
const firstVersion = z.looseObject({
  claimsOverrideDetails: z
    .looseObject({
      claimsToAddOrOverride: textClaims,
      claimsToSuppress: names,
      groupOverrideDetails: groupOverride,
    })
    .nullish(),
});

/** Versions 2 and 3: both tokens, whose claims are any JSON. */
const laterVersions = z.looseObject({
  claimsAndScopeOverrideDetails: z
    .looseObject({
      idTokenGeneration: tokenChange,
      accessTokenGeneration: tokenChange,
      groupOverrideDetails: groupOverride,
    })
    .nullish(),
});

type TokenChange = z.infer<typeof tokenChange>;

/** @param isFirst whether the event was of version 1 @param clientId which alone an access token may have as `aud` */
export function changesOf(
  response: Readonly<Record<string, unknown>>,
  isFirst: boolean,
  clientId: string,
): TokenChanges {
  const details = isFirst ? checked(firstVersion, response).claimsOverrideDetails : undefined;
  const laterDetails = isFirst ? undefined : checked(laterVersions, response).claimsAndScopeOverrideDetails;
  const idChange: TokenChange = isFirst ? details : laterDetails?.idTokenGeneration;
  const accessChange = laterDetails?.accessTokenGeneration;
  const withGroups = groupsChange(details ?? laterDetails ?? {});
  return {
    id: (claims) => changed(withGroups(claims, "id"), idChange, PROTECTED_IN_ID),
    access: (claims) =>
      withScopes(
        changed(withGroups(claims, "access"), accessChange, PROTECTED_IN_ACCESS, clientId),
        accessChange,
      ),
  };
}

/** @throws InvalidLambdaResponseException it has another form, or is nested so deeply that no stack suffices to check it */
function checked<T>(form: z.ZodType<T>, response: Readonly<Record<string, unknown>>): T {
  try {
    return form.parse(response);
  } catch (error) {
    throw unrecognizableOutput({ cause: error });
  }
}

function changed(
  claims: JwtClaims,
  change: TokenChange,
  isProtected: ReadonlySet<string>,
  audience?: string,
): JwtClaims {
  const { claimsToAddOrOverride, claimsToSuppress } = change ?? {};
  const added = Object.entries(claimsToAddOrOverride ?? {}).filter(
    ([name, value]) =>
      !isProtected.has(name) && !NOT_TO_ADD.test(name) && (name !== "aud" || value === audience),
  );
  // A claim that is both added and suppressed is suppressed.
  const suppressed = new Set((claimsToSuppress ?? []).filter((name) => !isProtected.has(name)));
  if (suppressed.has("cognito:groups")) for (const name of WITH_GROUPS) suppressed.add(name);
  const all = Object.entries({ ...claims, ...Object.fromEntries(added) });
  return Object.fromEntries(all.filter(([name]) => !suppressed.has(name)));
}

/** A scope has no blanks, and those of Cognito itself cannot be added. */
function withScopes(claims: JwtClaims, change: TokenChange): JwtClaims {
  const { scopesToAdd, scopesToSuppress } = change ?? {};
  if (!scopesToAdd?.length && !scopesToSuppress?.length) return claims;
  if (scopesToAdd?.some((scope) => /\s/.test(scope) || scope === "")) throw unrecognizableOutput();
  const present = String(claims.scope ?? "").split(" ");
  const added = (scopesToAdd ?? []).filter((scope) => !scope.startsWith("aws.cognito."));
  const scopes = [...new Set([...present, ...added])].filter((scope) => !scopesToSuppress?.includes(scope));
  return { ...claims, scope: scopes.join(" ") };
}

/** Groups stay as they are where the function does not mention them, and are suppressed where it gives none. */
function groupsChange(details: { readonly groupOverrideDetails?: z.infer<typeof groupOverride> }) {
  return (claims: JwtClaims, token: "id" | "access"): JwtClaims => {
    if (!("groupOverrideDetails" in details)) return claims;
    const { groupsToOverride, iamRolesToOverride, preferredRole } = details.groupOverrideDetails ?? {};
    return {
      ...claims,
      "cognito:groups": groupsToOverride?.length ? groupsToOverride : undefined,
      ...(token === "id" && {
        "cognito:roles": iamRolesToOverride?.length ? iamRolesToOverride : undefined,
        "cognito:preferred_role": preferredRole ?? undefined,
      }),
    };
  };
}
