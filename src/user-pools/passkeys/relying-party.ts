/**
 * For which site a pool's passkeys are.
 *
 * @see API Reference, "WebAuthnConfigurationType"; Web Authentication §5.1.3, steps 7 to 9
 */
import { WebAuthnConfigurationMissingException, WebAuthnNotEnabledException } from "../../api-model/index.ts";
import { regionOf } from "../../pool-ids.ts";
import type { Repositories, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { allowedFirstFactors, hasPasskeyMfa, passkeysAreBothFactors } from "../mfa/index.ts";

/** @throws WebAuthnNotEnabledException the pool's AllowedFirstAuthFactors have no passkeys; the text is ours */
export function requirePasskeys(pool: UserPoolRecord): void {
  if (allowedFirstFactors(pool).includes("WEB_AUTHN")) return;
  throw new WebAuthnNotEnabledException("Passkeys are not enabled for the user pool.");
}

/**
 * The relying party of a pool: the one that it is set to, else its custom domain, else its prefix domain.
 *
 * @returns undefined when it has none of them
 */
export async function relyingPartyId(
  { domains }: Pick<Repositories, "domains">,
  pool: UserPoolRecord,
): Promise<string | undefined> {
  const { RelyingPartyId } = pool.settings.WebAuthnConfiguration ?? {};
  if (RelyingPartyId) return RelyingPartyId;
  const all = await domains.listOfPool(pool.id);
  const custom = all.find(({ settings }) => settings.CustomDomainConfig !== undefined);
  if (custom !== undefined) return custom.domain;
  const [prefix] = all;
  return prefix && `${prefix.domain}.auth.${regionOf(pool.id)}.amazoncognito.com`;
}

/** @throws WebAuthnConfigurationMissingException the pool has no relying party; the text is ours */
export async function requireRelyingPartyId(
  repositories: Pick<Repositories, "domains">,
  pool: UserPoolRecord,
): Promise<string> {
  const id = await relyingPartyId(repositories, pool);
  if (id !== undefined) return id;
  throw new WebAuthnConfigurationMissingException(
    "The user pool has neither a relying party ID for passkeys nor a domain.",
  );
}

/**
 * Whether a sign-in must show that the user was verified, by a PIN or a fingerprint for example. Where the passkey counts as
 * both factors that is the second one.
 */
export function requiresUserVerification(pool: UserPoolRecord, user: UserRecord): boolean {
  return pool.settings.WebAuthnConfiguration?.UserVerification === "required" || hasPasskeyMfa(pool, user);
}

/** Whether a passkey must be able to verify its user: also where it may count as both factors later. */
export function requiresVerifyingPasskey(pool: UserPoolRecord): boolean {
  return pool.settings.WebAuthnConfiguration?.UserVerification === "required" || passkeysAreBothFactors(pool);
}

/**
 * Whether a page of this origin may act for the relying party: one of its host or of a subdomain, by HTTPS. Browsers treat
 * `localhost` as secure without it.
 */
export function isOriginOf(relyingParty: string, origin: string): boolean {
  let url: URL;
  try {
    url = new URL(origin);
  } catch {
    return false;
  }
  const isHost = url.hostname === relyingParty || url.hostname.endsWith(`.${relyingParty}`);
  const isLocal = url.hostname === "localhost" || url.hostname.endsWith(".localhost");
  return isHost && (url.protocol === "https:" || (isLocal && url.protocol === "http:"));
}

/** The origin that a browser says a ceremony took place on; undefined for what is no client data. */
export function originOf(clientDataJson: unknown): string | undefined {
  if (typeof clientDataJson !== "string") return undefined;
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJson, "base64url").toString("utf8"));
    const origin = (data as { readonly origin?: unknown } | null)?.origin;
    return typeof origin === "string" ? origin : undefined;
  } catch {
    return undefined;
  }
}
