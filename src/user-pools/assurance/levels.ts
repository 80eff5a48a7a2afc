/** @see Developer Guide, "Authentication levels with ACR and AMR claims" */
import type { UserPoolRecord, UserPoolSettings } from "../../storage/index.ts";

/** A value of `amr` for one factor. A passkey is `swk` on a platform's authenticator, `hwk` on a security key. */
export type AuthenticationMethod = "pwd" | "otp" | "sms" | "email_otp" | "swk" | "hwk";

export type AcrLevel = 1 | 2 | 3 | 4;

/** The level and methods that an external provider asserts. They cannot be checked here. */
interface AssertedLevel {
  readonly level: AcrLevel;
  /** Values that `amr` can have here; `fed` alone where the provider gave none of them. */
  readonly amr: readonly string[];
}

/** How a sign-in was done: the methods that this server saw, or what a provider asserts. */
export type SignInMethods = readonly AuthenticationMethod[] | AssertedLevel;

const LEVELS = [1, 2, 3, 4] as const satisfies readonly AcrLevel[];

const WAYS: Readonly<Record<AcrLevel, readonly (readonly AuthenticationMethod[])[]>> = {
  1: [["pwd"]],
  2: [["sms"], ["email_otp"]],
  3: [["swk"], ["hwk"], ["pwd", "sms"], ["pwd", "email_otp"]],
  4: [["pwd", "otp"]],
};

/** The combinations of methods that reach exactly this level, in the order in which the methods are required. */
export function waysTo(level: AcrLevel): readonly (readonly AuthenticationMethod[])[] {
  return WAYS[level];
}

/** The highest level that the methods reach; undefined when they reach none. */
export function levelOf(methods: readonly AuthenticationMethod[]): AcrLevel | undefined {
  return LEVELS.findLast((level) =>
    WAYS[level].some((way) => way.every((method) => methods.includes(method))),
  );
}

/** The level of a sign-in, proved here or by a provider; undefined if it reached none. */
export function levelOfMethods(methods: SignInMethods): AcrLevel | undefined {
  return isAsserted(methods) ? methods.level : levelOf(methods);
}

const ASSERTABLE: ReadonlySet<string> = new Set(["pwd", "otp", "sms", "email_otp", "swk", "hwk", "mfa"]);

/**
 * The level and methods of a provider's claims, in the pool's names.
 *
 * @param mapping the provider's own ACR values by level; only OpenID Connect providers have one
 * @see Developer Guide, "Using OIDC identity providers with a user pool", section on step-up authentication
 */
export function assertedLevel(
  { acr, amr }: { readonly acr?: unknown; readonly amr?: unknown },
  mapping: Readonly<Partial<Record<`Level${AcrLevel}`, string>>> = {},
): AssertedLevel {
  const level = LEVELS.findLast((level) => acr !== undefined && mapping[`Level${level}`] === acr);
  const given: readonly unknown[] = Array.isArray(amr) ? amr : [amr];
  const known = given.filter((value): value is string => typeof value === "string" && ASSERTABLE.has(value));
  return { level: level ?? 1, amr: known.length === 0 ? ["fed"] : [...new Set(known)] };
}

function isAsserted(methods: SignInMethods): methods is AssertedLevel {
  return "level" in methods;
}

export function hasLevels({ settings }: Pick<UserPoolRecord, "settings">): boolean {
  return settings.AcrConfiguration !== undefined;
}

/** The name of each level, as `AcrConfiguration` has it: those that the pool gives, and the default of each other one. */
export function namesOfLevels(
  given: NonNullable<UserPoolSettings["AcrConfiguration"]>,
): Record<`Level${AcrLevel}`, { readonly AcrValue: string }> {
  const nameOf = (level: AcrLevel) => ({
    AcrValue: given[`Level${level}`]?.AcrValue ?? `urn:cognito:loa:${level}`,
  });
  return { Level1: nameOf(1), Level2: nameOf(2), Level3: nameOf(3), Level4: nameOf(4) };
}

/** @returns undefined for a text that names no level of the pool */
function levelNamed({ settings }: UserPoolRecord, name: string): AcrLevel | undefined {
  const names = namesOfLevels(settings.AcrConfiguration ?? {});
  return LEVELS.find((level) => names[`Level${level}`].AcrValue === name);
}

/** The levels of a list of names with spaces between them, each once and in its order. Unknown names are skipped. */
export function levelsNamed(pool: UserPoolRecord, names: string): readonly AcrLevel[] {
  return [...new Set(names.split(" ").flatMap((name) => levelNamed(pool, name) ?? []))];
}

/**
 * The levels that `acr_values` names, in its order. Unknown names are skipped.
 *
 * @returns none in a pool without levels, and in one of the tier LITE, which ignores the parameter
 */
export function levelsAsked(pool: UserPoolRecord, acrValues: string | undefined): readonly AcrLevel[] {
  if (acrValues === undefined || !hasLevels(pool) || pool.settings.UserPoolTier === "LITE") return [];
  return levelsNamed(pool, acrValues);
}

/**
 * The claims of a sign-in by these methods. A sign-in that a pool's own functions alone have judged has neither.
 *
 * @param methods undefined for a sign-in whose methods are not known
 * @param acr the name that the level had at the sign-in, if it is not the present one
 */
export function assuranceClaims(
  pool: UserPoolRecord,
  methods: SignInMethods | undefined,
  acr?: string,
): { readonly acr?: string; readonly amr?: readonly string[] } {
  const level = methods && levelOfMethods(methods);
  if (!hasLevels(pool) || methods === undefined || level === undefined) return {};
  return {
    acr: acr ?? namesOfLevels(pool.settings.AcrConfiguration ?? {})[`Level${level}`].AcrValue,
    amr: isAsserted(methods) ? methods.amr : amrOf(methods),
  };
}

function amrOf(methods: readonly AuthenticationMethod[]): readonly string[] {
  const distinct = [...new Set(methods)];
  return distinct.length > 1 ? [...distinct, "mfa"] : distinct;
}
