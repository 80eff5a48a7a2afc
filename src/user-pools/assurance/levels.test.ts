import { describe, expect, it } from "vitest";
import type { UserPoolRecord, UserPoolSettings } from "../../storage/index.ts";
import { type AuthenticationMethod, assuranceClaims, levelsAsked } from "./index.ts";

const poolWith = (settings: UserPoolSettings): UserPoolRecord => ({
  id: "us-east-1_Pool",
  name: "pool",
  settings,
  createdAt: 0,
  lastModifiedAt: 0,
});
const pool = poolWith({ AcrConfiguration: { Level3: { AcrValue: "high" } } });
const LOA = "urn:cognito:loa:";

describe("the claims of a sign-in", () => {
  it.each<[AuthenticationMethod[], string | undefined, string[]]>([
    [["pwd"], `${LOA}1`, ["pwd"]],
    [["sms"], `${LOA}2`, ["sms"]],
    [["email_otp"], `${LOA}2`, ["email_otp"]],
    [["swk"], "high", ["swk"]],
    [["hwk"], "high", ["hwk"]],
    [["pwd", "sms"], "high", ["pwd", "sms", "mfa"]],
    [["email_otp", "pwd"], "high", ["email_otp", "pwd", "mfa"]],
    [["pwd", "otp"], `${LOA}4`, ["pwd", "otp", "mfa"]],
    [["pwd", "pwd"], `${LOA}1`, ["pwd"]],
  ])("of %j are acr %s and amr %j", (methods, acr, amr) =>
    expect(assuranceClaims(pool, methods)).toEqual({ acr, amr }),
  );

  it.each<[string, UserPoolRecord, AuthenticationMethod[] | undefined]>([
    ["a pool without levels", poolWith({}), ["pwd"]],
    ["a sign-in whose methods are unknown", pool, undefined],
    ["a sign-in that only the pool's own triggers have checked", pool, []],
  ])("are absent for %s", (_, of, methods) => expect(assuranceClaims(of, methods)).toEqual({}));
});

describe("acr_values", () => {
  it("are read in the client's order, without unknown names", () => {
    expect(levelsAsked(pool, `high unknown ${LOA}1 ${LOA}3`)).toEqual([3, 1]);
    expect(levelsAsked(pool, undefined)).toEqual([]);
  });

  it("have no effect in a pool without levels or of the tier LITE", () => {
    expect(levelsAsked(poolWith({}), `${LOA}1`)).toEqual([]);
    expect(levelsAsked(poolWith({ ...pool.settings, UserPoolTier: "LITE" }), `${LOA}1`)).toEqual([]);
  });
});
