import { describe, expect, it } from "vitest";
import { changesOf } from "./token-changes.ts";

const claims = { sub: "1", iss: "issuer", exp: 1 };
const withClaim = (value: unknown) => {
  const change = { claimsToAddOrOverride: { added: value } };
  return {
    claimsOverrideDetails: change,
    claimsAndScopeOverrideDetails: { idTokenGeneration: change, accessTokenGeneration: change },
  };
};

describe("claims that a PreTokenGeneration function adds", () => {
  it("are texts in version 1, and any JSON later", () => {
    expect(changesOf(withClaim("a"), true, "client").id(claims)).toEqual({ ...claims, added: "a" });
    expect(() => changesOf(withClaim([1]), true, "client")).toThrow("Unrecognizable lambda output");
    expect(changesOf(withClaim([1, { a: null }]), false, "client").access(claims)).toEqual({
      ...claims,
      added: [1, { a: null }],
    });
  });

  it("are rejected if they are nested too deeply", () => {
    const nested = JSON.parse("[".repeat(50_000) + "]".repeat(50_000));
    for (const isFirst of [true, false])
      expect(() => changesOf(withClaim(nested), isFirst, "client")).toThrow("Unrecognizable lambda output");
  });
});

describe("claims of Cognito's own", () => {
  const groups = {
    "cognito:groups": ["a"],
    "cognito:roles": ["arn:aws:iam::123456789012:role/a"],
    "cognito:preferred_role": "arn:aws:iam::123456789012:role/a",
  };
  const all = { ...claims, ...groups };

  it.each(["cognito:groups", "cognito:roles", "cognito:preferred_role", "cognito:mine", "dev:custom:mine"])(
    "do not change by claimsToAddOrOverride: %s",
    (name) => {
      const change = { claimsToAddOrOverride: { [name]: "x" } };
      expect(changesOf({ claimsOverrideDetails: change }, true, "client").id(all)).toEqual(all);
      const later = {
        claimsAndScopeOverrideDetails: { idTokenGeneration: change, accessTokenGeneration: change },
      };
      expect(changesOf(later, false, "client").id(all)).toEqual(all);
      expect(changesOf(later, false, "client").access(all)).toEqual(all);
    },
  );

  it("lose the roles with the groups that claimsToSuppress names", () => {
    const change = { claimsOverrideDetails: { claimsToSuppress: ["cognito:groups"] } };
    expect(changesOf(change, true, "client").id(all)).toEqual(claims);
    expect(changesOf(change, true, "client").access(all)).toEqual(all);
  });
});
