/**
 * The attributes that the standard scopes of OpenID Connect cover.
 *
 * @see Developer Guide, "Scopes, M2M, and resource servers"
 */

/** The attributes that each scope adds; `openid` without any of them covers all. */
const ATTRIBUTES = {
  email: ["email", "email_verified"],
  phone: ["phone_number", "phone_number_verified"],
} as const;

/** Whether the ID token of a sign-in with this scope has an attribute; the client's readable ones are another matter. */
export function attributesOfScope(scope: string): (name: string) => boolean {
  const scopes = scope.split(" ");
  // `profile` covers all that the client may read.
  const isLimited = (scopes.includes("email") || scopes.includes("phone")) && !scopes.includes("profile");
  if (!isLimited) return () => true;
  const covered = new Set<string>(["sub", "identities"]);
  for (const name of ["email", "phone"] as const) {
    if (scopes.includes(name)) for (const attribute of ATTRIBUTES[name]) covered.add(attribute);
  }
  return (name) => covered.has(name);
}

/** Attributes that the client must be able to read for a scope: a scope that it can read in part is refused. */
export function attributesNeededBy(scopes: readonly string[]): readonly string[] {
  return (["email", "phone"] as const)
    .filter((name) => scopes.includes(name))
    .flatMap((name) => ATTRIBUTES[name]);
}
