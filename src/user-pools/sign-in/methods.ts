import { type AuthenticationMethod, hasLevels } from "../assurance/index.ts";
import type { Attempt, Factor } from "./attempt.ts";

/** The name of a factor in `amr`. A device and a pool's own functions have no name there. */
const METHOD_OF: Readonly<Record<Factor, AuthenticationMethod | undefined>> = {
  password: "pwd",
  totp: "otp",
  sms: "sms",
  email: "email_otp",
  passkey: "swk",
  "security key": "hwk",
  device: undefined,
  custom: undefined,
};

export function methodsOfFactors(factors: readonly Factor[]): readonly AuthenticationMethod[] {
  return factors.flatMap((factor) => METHOD_OF[factor] ?? []);
}

/** The factors for the `amr` of a token; other values are ignored. */
export function factorsOfMethods(amr: unknown): readonly Factor[] {
  if (!Array.isArray(amr)) return [];
  const factors = Object.entries(METHOD_OF) as readonly (readonly [
    Factor,
    AuthenticationMethod | undefined,
  ])[];
  return amr.flatMap((value) => factors.flatMap(([factor, method]) => (method === value ? [factor] : [])));
}

/** The methods of a finished sign-in, for its tokens; undefined while the pool has no levels. */
export function provedMethods({ pool, proved }: Attempt): readonly AuthenticationMethod[] | undefined {
  return hasLevels(pool) ? methodsOfFactors(proved) : undefined;
}
