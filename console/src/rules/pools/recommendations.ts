/** Settings that are recommended for a user pool, in the order of its setup. */
import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { paths } from "../../app/paths.ts";
import { firstFactorsOf } from "../authentication/sign-in-policy.ts";
import { modesOf } from "../security/risk-configuration.ts";

export type RecommendationId =
  | "setUpApp"
  | "createClient"
  | "branding"
  | "domain"
  | "passkeys"
  | "mfa"
  | "threatProtection"
  | "deletionProtection";

export interface Recommendation {
  readonly id: RecommendationId;
  readonly href: string;
}

/** @param clientId the app client to set up; undefined in a pool without one */
export function recommendationsOf(
  pool: UserPoolType,
  clientId: string | undefined,
): readonly Recommendation[] {
  const poolId = pool.Id ?? "";
  const hasPages = pool.UserPoolTier !== "LITE";
  const candidates: readonly (Recommendation & { readonly isDue: boolean })[] = [
    { id: "setUpApp", href: paths.appClient(poolId, clientId ?? ""), isDue: clientId !== undefined },
    { id: "createClient", href: paths.createAppClient(poolId), isDue: clientId === undefined },
    { id: "branding", href: paths.loginBranding(poolId), isDue: hasPages },
    { id: "domain", href: paths.domain(poolId), isDue: !pool.Domain && !pool.CustomDomain },
    {
      id: "passkeys",
      href: paths.authenticationMethods(poolId),
      isDue: hasPages && !firstFactorsOf(pool).includes("WEB_AUTHN"),
    },
    {
      id: "mfa",
      href: paths.signIn(poolId),
      isDue: pool.MfaConfiguration === undefined || pool.MfaConfiguration === "OFF",
    },
    {
      id: "threatProtection",
      href: paths.threatProtection(poolId),
      isDue: modesOf(pool.UserPoolAddOns).mode === "OFF",
    },
    {
      id: "deletionProtection",
      href: paths.settings(poolId),
      isDue: pool.DeletionProtection !== "ACTIVE",
    },
  ];
  return candidates.filter(({ isDue }) => isDue).map(({ id, href }) => ({ id, href }));
}
