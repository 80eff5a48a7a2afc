import { describe, expect, it, vi } from "vitest";
import { usesConditionKey } from "./evaluate.ts";
import { ALLOWED, applied, ask, NOT_ALLOWED, policy } from "./testing.ts";

describe("condition operators", () => {
  const holds = (operator: string, wanted: unknown, actual?: string | readonly string[]) =>
    ask({
      identity: [policy({ Condition: { [operator]: { "x:Key": wanted } } })],
      context: actual === undefined ? {} : { "x:Key": actual },
    }).effect === "allowed";

  it.each([
    ["StringEquals", "a", "a", true],
    ["StringEquals", "a*", "ab", false],
    ["StringEquals", "a*", "a*", true],
    ["StringEquals", "a?", "a?", true],
    ["StringEquals", ["b", "a"], "a", true],
    ["StringNotEquals", ["b", "a"], "a", false],
    ["StringNotEquals", ["b", "a"], "c", true],
    ["StringEqualsIgnoreCase", "ABC", "abc", true],
    ["StringNotEqualsIgnoreCase", "ABC", "abc", false],
    ["StringLike", "a?c*", "abcd", true],
    ["StringLike", `a\${*}`, "ab", false],
    ["StringLike", `a\${*}`, "a*", true],
    ["StringNotLike", "a*", "abc", false],
    ["NumericEquals", "10", "10.0", true],
    ["NumericNotEquals", 10, "11", true],
    ["NumericLessThan", "10", "9", true],
    ["NumericLessThan", "10", "10", false],
    ["NumericLessThanEquals", "10", "10", true],
    ["NumericGreaterThan", "10", "10", false],
    ["NumericGreaterThanEquals", "10", "10", true],
    ["NumericLessThan", "10", "nine", false],
    ["DateEquals", "2026-01-15T00:00:00Z", "1768435200", true],
    ["DateLessThan", "2026-01-16", "2026-01-15T23:59:59Z", true],
    ["DateGreaterThan", "2026-01-16", "2026-01-15T23:59:59Z", false],
    ["DateLessThan", "2026-01-16", "2026-01-16T00:00:00Z", false],
    ["DateGreaterThan", "2026-01-16", "2026-01-16T00:00:00Z", false],
    ["DateGreaterThanEquals", "2026-01-16", "2026-01-16T00:00:00Z", true],
    ["DateLessThanEquals", "2026-01-16", "2026-01-16T00:00:00Z", true],
    ["DateNotEquals", "2026-01-16", "2026-01-15", true],
    ["DateEquals", "2026-01-15T12:00:00", "2026-01-15T12:00:00Z", true],
    ["DateEquals", "2026-01-15T12:00:00.5", "2026-01-15T12:00:00.5Z", true],
    ["DateEquals", "2026-01-15T12:00:00+09:00", "2026-01-15T03:00:00Z", true],
    ["DateEquals", "2026-01", "2026-01-01T00:00:00Z", true],
    ["DateEquals", "2026-01-15t12:00:00z", "2026-01-15T21:00:00+0900", true],
    ["DateNotEquals", "2026-01-15", "January 15, 2026", true],
    ["Bool", true, "true", true],
    ["Bool", "true", "false", false],
    ["BinaryEquals", "QUJD", "QUJD", true],
    ["IpAddress", "2001:db8::/32", "2001:db8::1", true],
    ["IpAddress", "10.0.0.1", "10.0.0.1", true],
    ["IpAddress", "10.0.0.1", "::ffff:10.0.0.1", true],
    ["IpAddress", "10.0.0.0/8", "2001:db8::1", false],
    ["IpAddress", "10.0.0.0/64", "10.0.0.1", false],
    ["NotIpAddress", "10.0.0.0/8", "11.0.0.1", true],
    ["ArnEquals", "arn:aws:iam::*:role/*", "arn:aws:iam::1:role/a/b", true],
    ["ArnNotEquals", "arn:aws:iam::*:role/*", "arn:aws:iam::1:role/a/b", false],
    ["ArnLike", "arn:aws:*:role/dev", "arn:aws:iam::1:role/dev", false],
    ["ArnLike", "*:*:*:*:*:*", "a:b", false],
    ["ArnLike", "*", "arn:aws:logs:us-east-1:1:log-group:a:b", true],
    ["ArnLike", "*", "a:b", false],
    ["ArnNotEquals", "*", "arn:aws:iam::1:role/dev", false],
    ["ArnLike", "?", "arn:aws:iam::1:role/dev", false],
    ["ArnLike", "arn:aws:logs:*:1:log-group:*", "arn:aws:logs:us-east-1:1:log-group:a:b", true],
    ["ArnNotLike", "arn:aws:iam::1:user/*", "arn:aws:iam::1:role/dev", true],
    ["Null", "false", "a", true],
    ["Null", "true", "a", false],
    ["Null", ["true", "false"], "a", true],
    ["StringNotEqualsIgnoreCase", "ABC", "x", true],
    ["ArnLike", "arn:aws:logs:*:1:log-group:*", "arn:aws:logs:r:1:log-group:a", true],
    ["ArnLike", "arn:aws:iam", "arn:aws:iam::1:user/a", false],
    ["NumericGreaterThan", "10", "11", true],
    ["DateGreaterThan", "2026-01-16", "2026-01-17", true],
    ["ArnNotEquals", "arn:aws:iam::*:role/*", "arn:aws:iam::1:user/a", true],
    ["ArnEquals", "arn:aws:iam::1:role/a", "arn:aws:iam::1:role/a", true],
    ["StringLike", "ab*ba", "aba", false],
    ["StringLike", "ab*ba", "abba", true],
    ["StringLike", "a*b*c", "abc", true],
    ["StringLike", "a*b*b*c", "abc", false],
    ["StringLike", "a*b*c", "acb", false],
    ["StringLike", "a*b", "a", false],
    ["NumericLessThan", "10", "", false],
    ["NumericGreaterThan", "-10", "", false],
    ["NumericEquals", "ten", "ten", false],
    ["NumericNotEquals", "ten", "10", true],
    ["BinaryEquals", "QUJD", "QUJE", false],
    ["StringLike", `\${x:None}*`, "a", false],
    ["StringNotLike", `\${x:None}*`, "a", true],
    ["ArnLike", `arn:aws:iam::1:user/\${x:None}`, "arn:aws:iam::1:user/", false],
    ["ArnNotLike", `arn:aws:iam::1:user/\${x:None}`, "arn:aws:iam::1:user/", true],
    ["StringEquals", "a", ["b", "a"], true],
    ["StringNotEquals", "a", ["b", "a"], false],
    ["StringNotEquals", "a", ["b", "c"], true],
  ])("%s %j of %j is %s", (operator, wanted, actual, expected) =>
    expect(holds(operator, wanted, actual)).toBe(expected),
  );

  it("takes a date without a zone in UTC, whatever the zone of the machine", () => {
    vi.stubEnv("TZ", "Asia/Tokyo");
    expect(holds("DateEquals", "2026-01-15T12:00", "2026-01-15T12:00:00Z")).toBe(true);
    expect(holds("DateEquals", "2026-01T12:00", "2026-01-01T12:00:00Z")).toBe(true);
    vi.unstubAllEnvs();
  });

  it.each([
    ["StringEquals", false],
    ["StringNotEquals", true],
    ["StringNotLike", true],
    ["NotIpAddress", true],
    ["ArnNotLike", true],
    ["NumericNotEquals", true],
    ["Bool", false],
    ["BoolIfExists", true],
    ["ForAnyValue:StringEquals", false],
    ["ForAnyValue:StringNotEquals", false],
    ["ForAnyValue:StringEqualsIfExists", true],
    ["ForAllValues:StringEquals", true],
    ["Null", false],
  ])("%s of an absent key is %s", (operator, expected) => expect(holds(operator, "a")).toBe(expected));

  it.each([
    ["ForAllValues:StringEquals", ["a", "b"], ["a"], true],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], false],
    ["ForAnyValue:StringEquals", ["a", "b"], ["c", "a"], true],
    ["ForAnyValue:StringEquals", ["a", "b"], ["c"], false],
    ["ForAllValues:StringNotEquals", ["a"], ["b", "a"], false],
    ["ForAnyValue:StringNotEquals", ["a"], ["b", "a"], true],
  ])("%s %j of %j is %s", (operator, wanted, actual, expected) =>
    expect(holds(operator, wanted, actual)).toBe(expected),
  );

  it("ignores case in key names, tag keys included", () => {
    const identity = [policy({ Condition: { StringEquals: { "AWS:resourcetag/Env": "prod" } } })];
    expect(ask({ identity, context: { "aws:ResourceTag/env": "prod" } })).toEqual(ALLOWED);
    expect(
      usesConditionKey(
        { identity: identity.map(applied), boundary: undefined, session: undefined },
        "aws:resourcetag/",
      ),
    ).toBe(true);
  });

  it("have the variables of resources and values found as keys, in the version that has them", () => {
    const uses = (statement: object, version?: string) => {
      const one = applied(policy(statement, version));
      return usesConditionKey({ identity: [one], boundary: undefined, session: undefined }, "x:other");
    };
    const value = { Condition: { StringEquals: { "x:Key": `\${x:Other}` } } };
    expect(uses(value)).toBe(true);
    expect(uses(value, "2008-10-17")).toBe(false);
    expect(uses({ Resource: `arn:aws:s3:::\${x:Other}` })).toBe(true);
    expect(uses({})).toBe(false);
  });

  it("replace a variable by the one value of a list", () => {
    const identity = [policy({ Condition: { StringEquals: { "x:Key": `\${x:Other}` } } })];
    expect(ask({ identity, context: { "x:Key": "a", "x:Other": ["a"] } })).toEqual(ALLOWED);
  });

  it("have their keys found in each kind of policy, beside policies without conditions", () => {
    const plain = applied(policy({}));
    const conditioned = applied(policy({ Condition: { StringEquals: { "x:Key": "a", "x:Other": "b" } } }));
    const none = { identity: [plain], boundary: plain, session: [plain] };
    expect(usesConditionKey(none, "x:key")).toBe(false);
    expect(usesConditionKey({ ...none, identity: [plain, conditioned] }, "x:key")).toBe(true);
    expect(usesConditionKey({ ...none, boundary: conditioned }, "x:key")).toBe(true);
    expect(usesConditionKey({ ...none, session: [plain, conditioned] }, "x:key")).toBe(true);
  });

  it.each(["constructor", "toString", "__proto__"])("replaces the variable %s like any other", (name) => {
    const identity = [policy({ Condition: { StringEquals: { "x:Key": `\${${name}}` } } })];
    expect(ask({ identity, context: { "x:Key": "a", [name]: "a" } })).toEqual(ALLOWED);
    expect(ask({ identity, context: { "x:Key": "a" } })).toEqual(NOT_ALLOWED);
  });

  it("replaces a variable by a value that is longer than the one it is equal to", () => {
    const identity = [policy({ Condition: { NumericEquals: { "x:Key": `\${x:Other}` } } })];
    expect(ask({ identity, context: { "x:Key": "1", "x:Other": "1.000" } })).toEqual(ALLOWED);
  });

  it("replaces a variable by its value, but never by that of a multivalued key", () => {
    const identity = [policy({ Condition: { StringEquals: { "x:Key": `\${x:Other}` } } })];
    expect(ask({ identity, context: { "x:Key": "a", "x:Other": "a" } })).toEqual(ALLOWED);
    expect(ask({ identity, context: { "x:Key": "a", "x:Other": ["a", "b"] } })).toEqual(NOT_ALLOWED);
    expect(ask({ identity, context: { "x:Key": "a" } })).toEqual(NOT_ALLOWED);
  });
});
