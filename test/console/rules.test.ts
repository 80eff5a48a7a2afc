/** The checks in the console's forms, which run before those of the server. */
import type { IdentityProviderType } from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, describe, expect, it, vi } from "vitest";
import { decodeSegment, paths } from "../../console/src/app/paths.ts";
import { defaultLifetimes, lifetimeFault } from "../../console/src/rules/app-clients/app-client.ts";
import {
  defaultPolicy,
  passwordFaults,
  passwordPolicyOf,
} from "../../console/src/rules/authentication/password.ts";
import type { SignInOptions } from "../../console/src/rules/authentication/sign-in-options.ts";
import { mergeChanges, withSaved } from "../../console/src/rules/differing.ts";
import {
  providerChanges,
  providerValuesOf,
  updateParameters,
} from "../../console/src/rules/identity-providers/identity-provider.ts";
import { lineChanges } from "../../console/src/rules/line-changes.ts";
import { defaultTexts, messageUpdate, textFaults } from "../../console/src/rules/messages/messages.ts";
import {
  isCustomAttributeName,
  isGroupName,
  isPoolId,
  isPoolName,
  isUsername,
} from "../../console/src/rules/names.ts";
import { machineResourceServer } from "../../console/src/rules/pools/new-pool.ts";
import { barsOf, totalsOf } from "../../console/src/rules/pools/sign-in-chart.ts";
import { tagFault } from "../../console/src/rules/pools/tags.ts";
import { poolUpdate } from "../../console/src/rules/pools/update-user-pool.ts";
import { rangesFault } from "../../console/src/rules/security/risk-configuration.ts";
import { setUpPlaceOf, typesOfClient } from "../../console/src/rules/set-up/index.ts";
import { android, swift } from "../../console/src/rules/set-up/mobile.ts";
import { browserScript, react } from "../../console/src/rules/set-up/spa.ts";
import { nodeServer, spring } from "../../console/src/rules/set-up/web.ts";
import { attributeChanges, attributeFault } from "../../console/src/rules/users/attributes.ts";
import {
  createUserRequest,
  emptyUser,
  invitationsOf,
  type NewUser,
  newUserFaults,
  passwordWaysOf,
} from "../../console/src/rules/users/new-user.ts";
import { userFactorFault } from "../../console/src/rules/users/user-mfa.ts";
import { usersCsv } from "../../console/src/rules/users/users-csv.ts";
import { decodeToken } from "../../console/src/tokens/decode.ts";
import { shapeModel } from "../../src/api-model/index.ts";

describe("the address of a page", () => {
  it.each([".", "..", "~.", "~~..", "~", "...", "a/b", "%2E", "?a#b", "日本語"])(
    "names the user %s",
    (name) => {
      const { pathname } = new URL(paths.user("us-east-1_a", name), "https://example.com");
      const segments = pathname.split("/");
      expect(segments).toHaveLength(7);
      expect(decodeSegment(segments[6] ?? "")).toBe(name);
    },
  );
});

describe("what is looked for", () => {
  it.each([
    ["us-east-1_abc123", true],
    ["eusc-de-east-1_abc123", true],
    ["jane_doe", false],
    ["us-east-1_", false],
  ])("%s: an ID of a user pool is %s", (query, isId) => expect(isPoolId(query)).toBe(isId));
});

describe("the longest value that a form accepts", () => {
  const texts = { subject: "Code", email: "Code: {####}", sms: "Code: {####}" };
  const filled = (length: number) => `{####}${"x".repeat(length - 6)}`;
  it.each([
    ["UsernameType", (length: number) => isUsername("x".repeat(length))],
    ["UserPoolNameType", (length: number) => isPoolName("x".repeat(length))],
    ["GroupNameType", (length: number) => isGroupName("x".repeat(length))],
    ["CustomAttributeNameType", (length: number) => isCustomAttributeName("x".repeat(length))],
    ["TagKeysType", (length: number) => !tagFault([{ key: "x".repeat(length), value: "" }], 0)],
    ["TagValueType", (length: number) => !tagFault([{ key: "x", value: "x".repeat(length) }], 0)],
    [
      "EmailVerificationSubjectType",
      (length: number) => !textFaults("verification", { ...texts, subject: "x".repeat(length) }).subject,
    ],
    [
      "EmailVerificationMessageType",
      (length: number) => !textFaults("verification", { ...texts, email: filled(length) }).email,
    ],
    [
      "SmsVerificationMessageType",
      (length: number) => !textFaults("verification", { ...texts, sms: filled(length) }).sms,
    ],
  ] as const)("is the maximum of the API model for %s", (shape, isAccepted) => {
    const { max = 0 } = shapeModel(shape) as { readonly max?: number };
    expect(max).toBeGreaterThan(0);
    expect(isAccepted(max)).toBe(true);
    expect(isAccepted(max + 1)).toBe(false);
  });
});

describe("a password in a form", () => {
  it.each([
    ["Temp0rary!", []],
    ["Temp0r!", ["tooShort"]],
    ["temporary", ["uppercase", "number", "symbol"]],
    ["TEMP0RARY!", ["lowercase"]],
    ["Temp 0rary!", []],
    [" Temp0rary!", ["outerSpace"]],
    [`Aa1!${"x".repeat(253)}`, ["tooLong"]],
  ])("%s violates Cognito's default policy: %j", (password, faults) =>
    expect(passwordFaults(password, defaultPolicy)).toEqual(faults),
  );

  it("is checked only against rules that the policy sets", () =>
    expect(passwordFaults("lowercase", passwordPolicyOf({ MinimumLength: 8 }))).toEqual([]));
});

describe("a name in a form", () => {
  it.each(["jane", "山田", "a+b@c", "!"])("accepts %s as a username", (name) =>
    expect(isUsername(name)).toBe(true),
  );
  it.each(["", "two words", "x".repeat(129)])("rejects %j as a username", (name) =>
    expect(isUsername(name)).toBe(false),
  );
  it.each([
    ["My pool, +=@-._1", true],
    ["a/b", false],
    ["", false],
  ])("accepts %j as a pool's name: %s", (name, isRight) => expect(isPoolName(name)).toBe(isRight));
});

describe("the form Create user", () => {
  const withNames: SignInOptions = {
    hasUsername: true,
    email: true,
    phoneNumber: false,
    preferredUsername: false,
  };
  const byEmail: SignInOptions = { ...withNames, hasUsername: false };
  const byPhone: SignInOptions = { ...byEmail, email: false, phoneNumber: true };
  const form = (changes: Partial<NewUser>): NewUser => ({ ...emptyUser, ...changes });
  const faults = (changes: Partial<NewUser>, options: SignInOptions) =>
    newUserFaults(form(changes), options, defaultPolicy);

  it.each([
    ["no username", withNames, {}, { username: "username" }],
    [
      "a user name like an address, where addresses sign in",
      withNames,
      { username: "a@b" },
      { username: "usernameLikeEmail" },
    ],
    ["nothing to sign in with by e-mail", byEmail, {}, { email: "signInEmail" }],
    ["nothing to sign in with by phone", byPhone, { email: "a@b.c" }, { phoneNumber: "signInPhone" }],
    [
      "an invitation without an address",
      withNames,
      { username: "jane", invitation: "email" },
      { email: "emailForInvitation" },
    ],
    [
      "an SMS invitation without a phone number",
      withNames,
      { username: "jane", invitation: "sms" },
      { phoneNumber: "phoneForInvitation" },
    ],
    [
      "a verified address that is missing",
      withNames,
      { username: "jane", isEmailVerified: true },
      { email: "emailForVerified" },
    ],
    [
      "a weak password",
      withNames,
      { username: "jane", passwordWay: "set", password: "x" },
      { password: true },
    ],
  ] as const)("is not sent with %s", (_what, options, changes, expected) =>
    expect(faults(changes, options)).toEqual(expected),
  );

  it("sends the username, the attributes and the password of its fields", () => {
    const user = form({
      email: " taro@example.com ",
      isEmailVerified: true,
      passwordWay: "set",
      password: "Temp0rary!",
    });
    expect(createUserRequest("us-east-1_a", user, byEmail)).toEqual({
      UserPoolId: "us-east-1_a",
      Username: "taro@example.com",
      UserAttributes: [
        { Name: "email", Value: "taro@example.com" },
        { Name: "email_verified", Value: "true" },
      ],
      MessageAction: "SUPPRESS",
      TemporaryPassword: "Temp0rary!",
    });
  });

  it("offers no generated password where users sign in by a code, and an SMS invitation only with SMS", () => {
    expect(passwordWaysOf({})).toEqual(["set", "generate"]);
    const SignInPolicy = { AllowedFirstAuthFactors: ["PASSWORD" as const, "EMAIL_OTP" as const] };
    expect(passwordWaysOf({ Policies: { SignInPolicy } })).toEqual(["set", "none"]);
    expect(invitationsOf({})).toEqual(["none", "email"]);
    expect(invitationsOf({ SmsConfiguration: { SnsCallerArn: "arn" } })).toEqual(["none", "email", "sms"]);
  });

  it("sends the medium of an SMS invitation", () => {
    const user = form({ username: "jane", phoneNumber: "+14155552671", invitation: "sms" });
    expect(createUserRequest("us-east-1_a", user, withNames)).toMatchObject({
      DesiredDeliveryMediums: ["SMS"],
    });
  });

  it("sends no password if the pool generates it", () => {
    const user = form({ username: "jane", email: "jane@example.com", invitation: "email" });
    expect(createUserRequest("us-east-1_a", user, withNames)).toEqual({
      UserPoolId: "us-east-1_a",
      Username: "jane",
      UserAttributes: [{ Name: "email", Value: "jane@example.com" }],
      DesiredDeliveryMediums: ["EMAIL"],
    });
  });
});

describe("token lifetimes of a client", () => {
  it.each([
    ["4", "minutes", "outOfRange"],
    ["5", "minutes", undefined],
    ["299", "seconds", "outOfRange"],
    ["25", "hours", "outOfRange"],
    ["1", "days", undefined],
    ["ten", "minutes", "outOfRange"],
  ] as const)("of %s %s are checked for an access token: %s", (value, unit, fault) =>
    expect(lifetimeFault({ ...defaultLifetimes, access: { value, unit } }, "access")).toBe(fault),
  );

  it("do not exceed the lifetime of the refresh token", () => {
    const lifetimes = { ...defaultLifetimes, refresh: { value: "60", unit: "minutes" as const } };
    const longer = { ...lifetimes, id: { value: "61", unit: "minutes" as const } };
    expect(lifetimeFault(longer, "id")).toBe("longerThanRefresh");
  });
});

describe("a user's attributes in a form", () => {
  const change = (before: Record<string, string>, after: Record<string, string>) =>
    attributeChanges(before, after);

  it("are written only if changed, and deleted if emptied", () => {
    expect(change({ name: "A", nickname: "B" }, { name: "A2", nickname: "", locale: "" })).toEqual({
      toSet: [{ Name: "name", Value: "A2" }],
      toDelete: ["nickname"],
    });
  });

  it("keep a changed address verified only if the same call marks it as verified", () => {
    expect(
      change({ email: "a@b", email_verified: "true" }, { email: "c@d", email_verified: "true" }).toSet,
    ).toEqual([
      { Name: "email", Value: "c@d" },
      { Name: "email_verified", Value: "true" },
    ]);
  });

  it.each([
    [{ Name: "email", AttributeDataType: "String" }, "nobody", "email"],
    [
      { Name: "custom:n", AttributeDataType: "Number", NumberAttributeConstraints: { MaxValue: "9" } },
      "10",
      "range",
    ],
    [{ Name: "custom:b", AttributeDataType: "Boolean" }, "yes", "boolean"],
    [
      { Name: "birthdate", AttributeDataType: "String", StringAttributeConstraints: { MinLength: "10" } },
      "2000",
      "length",
    ],
    [{ Name: "name", AttributeDataType: "String", Required: true }, "", "required"],
    [{ Name: "name", AttributeDataType: "String" }, "", undefined],
  ] as const)("are checked, %j with the value %j: %s", (attribute, value, fault) =>
    expect(attributeFault(attribute, value)).toBe(fault),
  );
});

describe("a second factor of a user", () => {
  const methods = {
    SmsMfaConfiguration: {},
    SoftwareTokenMfaConfiguration: { Enabled: true },
    EmailMfaConfiguration: {},
    $metadata: {},
  };
  const email = [{ Name: "email", Value: "a@example.com" }];

  it.each([
    ["needs a phone number", "SMS_MFA", email, methods, "noPhone"],
    ["needs an email address", "EMAIL_OTP", [], methods, "noEmail"],
    ["needs a method of the pool", "SOFTWARE_TOKEN_MFA", [], { $metadata: {} }, "notOfPool"],
    ["can be an authenticator app", "SOFTWARE_TOKEN_MFA", [], methods, undefined],
    ["can be email", "EMAIL_OTP", email, methods, undefined],
    [
      "is left to the server if the methods of the pool are not known",
      "EMAIL_OTP",
      email,
      undefined,
      undefined,
    ],
  ] as const)("%s", (_what, factor, attributes, config, fault) =>
    expect(userFactorFault(factor, attributes, config)).toBe(fault),
  );
});

describe("an update of one setting of a pool", () => {
  it("resends all other settings, except the older of two exclusive ones", () => {
    const update = poolUpdate(
      {
        Id: "us-east-1_a",
        Name: "staff",
        MfaConfiguration: "OFF",
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true, UnusedAccountValidityDays: 7 },
        UserPoolTags: { stage: "test" },
      },
      { DeletionProtection: "ACTIVE" },
    );
    expect(update).toMatchObject({
      UserPoolId: "us-east-1_a",
      PoolName: "staff",
      MfaConfiguration: "OFF",
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      UserPoolTags: { stage: "test" },
      DeletionProtection: "ACTIVE",
    });
    expect(update.AdminCreateUserConfig).not.toHaveProperty("UnusedAccountValidityDays");
  });
});

describe("the messages of a pool", () => {
  const right = { subject: false, email: false, sms: false };

  it("are valid if a pool sets none", () => {
    expect(textFaults("verification", defaultTexts.verification)).toEqual(right);
    expect(textFaults("invitation", defaultTexts.invitation)).toEqual(right);
  });

  it.each([
    ["verification", { subject: "" }, { subject: true }],
    ["verification", { subject: "x".repeat(141) }, { subject: true }],
    ["verification", { subject: "a\u0000b" }, { subject: true }],
    ["verification", { email: "Your code" }, { email: true }],
    ["verification", { email: `{####}${"x".repeat(20_000)}` }, { email: true }],
    ["verification", { email: "<p>\n{####} 🎉</p>" }, {}],
    ["verification", { sms: "Your code:\n{####}" }, { sms: true }],
    ["verification", { sms: `{####}${"x".repeat(135)}` }, { sms: true }],
    ["invitation", { email: "{####}" }, { email: true }],
    ["invitation", { sms: "{username}\n{####}" }, {}],
    ["invitation", { sms: "{username}" }, { sms: true }],
  ] as const)("are checked in the form %s with %j: %j", (kind, changes, faults) =>
    expect(textFaults(kind, { ...defaultTexts[kind], ...changes })).toEqual({ ...right, ...faults }),
  );

  it("are not sent if they are the default, and keep a pool's choice of links", () => {
    const link = { DefaultEmailOption: "CONFIRM_WITH_LINK", EmailMessageByLink: "{##here##}" } as const;
    const pool = {
      Id: "us-east-1_a",
      SmsVerificationMessage: "Old: {####}",
      VerificationMessageTemplate: { ...link, SmsMessage: "Old: {####}" },
    };
    const update = messageUpdate(pool, "verification", { ...defaultTexts.verification, subject: "Code" });
    expect(update).toMatchObject({
      EmailVerificationSubject: "Code",
      SmsVerificationMessage: undefined,
      VerificationMessageTemplate: { ...link, EmailSubject: "Code", SmsMessage: undefined },
    });
  });
});

describe("a pasted token", () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

  it("is decoded with claims in any language", () => {
    const text = `Bearer ${part({ alg: "RS256" })}.${part({ name: "山田" })}.c2ln\n`;
    expect(decodeToken(text)).toMatchObject({
      token: { header: { alg: "RS256" }, payload: { name: "山田" } },
    });
  });

  it.each([
    ["", "empty"],
    ["a.b", "parts"],
    ["a.b.c.d.e", "encrypted"],
    [`${part({})}.%.x`, "base64"],
    [`${part([])}.${part({})}.x`, "json"],
  ])("is rejected with a reason if it is not a token: %s", (text, fault) =>
    expect(decodeToken(text)).toEqual({ fault }),
  );
});

describe("users as CSV", () => {
  it.each([
    ["plain", '"plain"'],
    ['with "quotes", and commas', '"with ""quotes"", and commas"'],
    ["+14155552671", '"+14155552671"'],
    ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
    ["+1+cmd|' /C calc'!A0", `"'+1+cmd|' /C calc'!A0"`],
    ["@SUM(A1)", `"'@SUM(A1)"`],
  ])("write the attribute %s as %s", (Value, cell) => {
    const lines = usersCsv([{ Username: "jane", Attributes: [{ Name: "name", Value }] }], ["name"]);
    expect(lines.split("\r\n")[1]).toBe(`"jane","","true","","",${cell}`);
  });
});

describe("the bars of the chart of sign-ins", () => {
  const HOUR = 60 * 60 * 1000;
  const now = new Date(2026, 2, 29, 12, 30).getTime();
  const count = (hour: number, signIns: number) => ({ hour, outcome: "passed" as const, signIns });

  it.each([
    ["day", 24],
    ["week", 7],
    ["month", 30],
  ] as const)("of a %s are %i, and the last one is the current hour or day", (period, length) => {
    const bars = barsOf([count(now - 30 * 60 * 1000, 3)], period, now);
    expect(bars).toHaveLength(length);
    expect(bars.at(-1)?.signIns.passed).toBe(3);
  });

  it("begin at midnight of the browser's time zone, even if a day has 23 hours", () => {
    const bars = barsOf([count(new Date(2026, 2, 28, 0).getTime(), 1)], "week", now);
    expect(bars.map(({ from }) => from.getHours())).toEqual(Array(7).fill(0));
    expect(bars.at(-2)?.signIns.passed).toBe(1);
  });

  it("omit older sign-ins, and count each sign-in once", () => {
    const hours = Array.from({ length: 40 * 24 }, (_, index) =>
      count(now - 30 * 60 * 1000 - index * HOUR, 1),
    );
    expect(totalsOf(barsOf(hours, "day", now)).passed).toBe(24);
    // In Europe the clock is put forward on the last of the days.
    const hoursOfWeek = Math.ceil((now - new Date(2026, 2, 23).getTime()) / HOUR);
    expect(totalsOf(barsOf(hours, "week", now)).passed).toBe(hoursOfWeek);
  });
});

describe("a list of address ranges in a form", () => {
  it.each(["192.0.2.0/24", "10.0.0.1/32", "2001:db8::/32", "192.0.2.0/24\n\n 2001:db8::/32 ", ""])(
    "can be %j",
    (text) => expect(rangesFault(text)).toBeUndefined(),
  );
  it.each([
    "192.0.2.0",
    "192.0.2/24",
    "192.0.2.256/24",
    "192.0.2.0/33",
    "2001:db8::/129",
    "2001:::/32",
    "a/8",
  ])("cannot be %j", (line) => expect(rangesFault(line)).toEqual({ line }));
  it("names the first line that is not a range", () =>
    expect(rangesFault("192.0.2.0/24\n192.0.2.1\nb/8")).toEqual({ line: "192.0.2.1" }));
  it("can have 200 lines", () => {
    const lines = (count: number) => Array(count).fill("192.0.2.0/24").join("\n");
    expect(rangesFault(lines(200))).toBeUndefined();
    expect(rangesFault(lines(201))).toEqual({ count: 201 });
  });
});

describe("a form that somebody else's change is merged with", () => {
  const merged = (values: object, before: object, now: object) =>
    mergeChanges(values, { before, now }).values;
  it("keeps its own changes and theirs, also in a record of a field", () =>
    expect(
      merged(
        { a: 2, b: 1, part: { c: 2, d: 1 } },
        { a: 1, b: 1, part: { c: 1, d: 1 } },
        { a: 1, b: 3, part: { c: 1, d: 3 } },
      ),
    ).toEqual({ a: 2, b: 3, part: { c: 2, d: 3 } }));
  it("has its own value where both changed the same field", () =>
    expect(merged({ a: 2 }, { a: 1 }, { a: 3 })).toEqual({ a: 2 }));
  it("has its own number with its own unit", () => {
    const of = (amount: string, unit: string) => ({ lifetime: { amount, unit } });
    const before = of("60", "minutes");
    const now = of("2", "hours");
    expect(mergeChanges(of("90", "minutes"), { before, now, whole: ["lifetime"] }).values).toEqual(
      of("90", "minutes"),
    );
    expect(mergeChanges(before, { before, now, whole: ["lifetime"] }).values).toEqual(now);
  });
  it("keeps entries of a record that either added, and none that either removed", () =>
    expect(
      merged(
        { kept: 1, theirsGone: 1, mine: 1 },
        { kept: 1, theirsGone: 1, mineGone: 1 },
        { kept: 1, mineGone: 1, theirs: 1 },
      ),
    ).toEqual({ kept: 1, mine: 1, theirs: 1 }));
  it("removes an entry with a name that every object has, and keeps one that was added", () => {
    const kept = merged({ x: 2 }, { constructor: "mine", x: 1 }, { constructor: "mine", x: 1 });
    expect(Object.entries(kept)).toEqual([["x", 2]]);
    expect(Object.entries(merged({ x: 2 }, { x: 1 }, { x: 1, toString: "theirs" }))).toEqual([
      ["x", 2],
      ["toString", "theirs"],
    ]);
  });
  it("keeps an entry that it changed and somebody else removed", () =>
    expect(merged({ a: 2 }, { a: 1 }, {})).toEqual({ a: 2 }));
  it("keeps texts of a list that either added, and none that either removed", () =>
    expect(
      merged({ list: ["a", "b", "mine"] }, { list: ["a", "b", "c"] }, { list: ["b", "c", "theirs"] }),
    ).toEqual({
      list: ["b", "theirs", "mine"],
    }));
  it("has its own order of a list that somebody else did not change", () =>
    expect(merged({ list: ["c", "a", "b"] }, { list: ["a", "b"] }, { list: ["b", "a"] })).toEqual({
      list: ["c", "a", "b"],
    }));
});

describe("a form that would replace what somebody else has saved meanwhile", () => {
  const conflictsOf = (own: object, before: object, now: object, fields: object = {}) =>
    mergeChanges(own, { ...fields, before, now }).conflicts;
  const pathsOf = (...versions: Parameters<typeof conflictsOf>) =>
    conflictsOf(...versions).map(({ path }) => path.join("."));

  it("names the field that both changed, with its three values", () =>
    expect(conflictsOf({ a: 2, b: 2 }, { a: 1, b: 1 }, { a: 3, b: 1 })).toEqual([
      { path: ["a"], before: 1, now: 3, own: 2 },
    ]));
  it("names a part of a field, an entry that either removed, and a list that is one value", () => {
    expect(pathsOf({ part: { a: 2, b: 1 } }, { part: { a: 1, b: 1 } }, { part: { a: 3, b: 2 } })).toEqual([
      "part.a",
    ]);
    expect(pathsOf({ part: { a: 2 } }, { part: { a: 1 } }, { part: {} })).toEqual(["part.a"]);
    expect(pathsOf({ part: {} }, { part: { a: 1 } }, { part: { a: 2 } })).toEqual(["part.a"]);
    const lists = [{ list: ["a"] }, { list: ["a", "b"] }, { list: ["b"] }] as const;
    expect(pathsOf(...lists)).toEqual([]);
    expect(pathsOf(...lists, { whole: ["list"] })).toEqual(["list"]);
  });
  it("names nothing where both have the same value, or only one of them changed it", () =>
    expect(pathsOf({ a: 2, b: 2, c: 1 }, { a: 1, b: 1, c: 1 }, { a: 2, b: 1, c: 2 })).toEqual([]));
  it("names the kind that somebody else switched while what it means was changed, and the other way round", () => {
    const fields = { kinds: [{ field: "kind", parts: ["arn"] }] };
    const of = (kind: string, arn: string, other = 1) => ({ kind, arn, other });
    expect(pathsOf(of("own", "b"), of("own", "a"), of("aws", "a"), fields)).toEqual(["kind"]);
    expect(pathsOf(of("aws", "a"), of("own", "a"), of("own", "b"), fields)).toEqual(["arn"]);
    expect(pathsOf(of("own", "a", 2), of("own", "a"), of("aws", "a"), fields)).toEqual([]);
    const switched = { kinds: [{ field: "kind", off: "none", parts: ["arn"] }] };
    expect(pathsOf(of("own", "b"), of("own", "a"), of("none", "a"), switched)).toEqual(["kind"]);
    expect(pathsOf(of("own", "b"), of("own", "a"), of("aws", "a"), switched)).toEqual([]);
  });
  it("takes the saved values of these fields alone", () => {
    const own = { a: 2, b: 2, part: { c: 2, d: 2 } };
    const now = { a: 3, b: 1, part: { d: 1 } };
    const conflicts = conflictsOf(own, { a: 1, b: 1, part: { c: 1, d: 1 } }, now);
    expect(withSaved(own, conflicts)).toEqual({ a: 3, b: 2, part: { d: 2 } });
  });
});

describe("the lines that somebody else has changed in a document", () => {
  it("are shown with their neighbours", () => {
    const before = ["{", "a", "b", "c", "d", "e", "f", "}"];
    const now = ["{", "a", "b", "c", "new", "d", "f", "}"];
    const shown = lineChanges(before.join("\n"), now.join("\n")).map(({ sign, line }) => sign + line);
    expect(shown).toEqual([" b", " c", "+new", " d", "-e", " f", " }"]);
  });
  it("are all lines of a document that was not there", () =>
    expect(lineChanges("", "{\n}").map(({ sign, line }) => sign + line)).toEqual(["+{", "+}"]));
});

describe("a changed SAML provider", () => {
  it("has the metadata of the form if somebody else has changed its source meanwhile", () => {
    const provider = (ProviderDetails: Record<string, string>): IdentityProviderType => ({
      ProviderName: "Company",
      ProviderType: "SAML",
      ProviderDetails,
    });
    const before = providerValuesOf(provider({ MetadataURL: "https://example.com/first" }));
    const saml = { ...before.saml, metadataUrl: "https://example.com/second" };
    const own = updateParameters({ ...before, saml });
    const now = updateParameters(
      providerValuesOf(provider({ MetadataFile: "<EntityDescriptor/>", IDPSignout: "true" })),
    );
    const merged = mergeChanges(own, { before: updateParameters(before), now });
    expect(merged.conflicts.map(({ path }) => path)).toEqual([["ProviderDetails", "MetadataURL"]]);
    const { ProviderDetails } = providerChanges(merged.values, own, now);
    expect(ProviderDetails).toMatchObject({ MetadataURL: saml.metadataUrl, IDPSignout: "true" });
    expect(ProviderDetails).not.toHaveProperty("MetadataFile");
  });
});

describe("the first client of a user pool for machines", () => {
  afterEach(() => void vi.unstubAllGlobals());
  it("gets a resource server also on a page without TLS, where browsers have no random UUIDs", () => {
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
    expect(machineResourceServer("us-east-1_a")).toMatchObject({
      Identifier: expect.stringMatching(/^default-m2m-resource-server-[a-z0-9]{6}$/),
    });
  });
});

describe("the code of an application's set-up", () => {
  const codes = (CallbackURLs: string[]) =>
    [nodeServer, react, browserScript].map((sample) => {
      const place = setUpPlaceOf(
        { endpoint: "http://127.0.0.1:9229" },
        { ClientId: "a", CallbackURLs },
        "spa",
      );
      const [, literal = ""] =
        /(?:redirectUri = |redirect_uri: )(".*")[;,]$/m.exec(
          sample.steps.map(({ lines }) => lines(place)).join("\n"),
        ) ?? [];
      return JSON.parse(literal) as unknown;
    });
  it("has a return URL with quotes and backslashes as one text", () => {
    const url = 'https://example.com/?a="+b+"\\n';
    expect(codes([url])).toEqual([url, url, url]);
  });
  it("has the return URL of a website, not that of an application on a device", () => {
    const url = "https://example.com/";
    expect(codes(["shop://signed-in", url])).toEqual([url, url, url]);
  });
  it("is that of a mobile app for a client whose return URLs are all of applications on devices", () => {
    expect(typesOfClient({ CallbackURLs: ["shop://signed-in"] })[0]).toBe("mobile");
    expect(typesOfClient({ CallbackURLs: ["shop://signed-in", "https://example.com/"] })[0]).toBe("spa");
    expect(typesOfClient({})).toEqual(["spa", "mobile", "web"]);
    expect(typesOfClient({ ClientSecret: "secret" })).toEqual(["web"]);
  });
  it("has the server's host name for Amplify's libraries that take nothing else, if it answers on port 443", () => {
    const endpoints = (endpoint: string) =>
      [swift, android].map(({ steps }) => {
        const place = setUpPlaceOf({ endpoint }, { UserPoolId: "eu-west-1_a", ClientId: "a" }, "mobile");
        const [, configuration] = steps;
        return /"Region": "eu-west-1",\s+"Endpoint": "(.*)"/.exec(configuration?.lines(place) ?? "")?.[1];
      });
    expect(endpoints("https://login.example.com")).toEqual(["login.example.com", "login.example.com"]);
    expect(endpoints("http://127.0.0.1:9229")).toEqual(["auth.example.com", "auth.example.com"]);
  });
  it("names the endpoints themselves where discovery would refuse the issuer of the tokens", () => {
    const yaml = (issuer?: string) => {
      const client = { UserPoolId: "eu-west-1_a", ClientId: "a" };
      const place = setUpPlaceOf({ endpoint: "http://127.0.0.1:9229", issuer }, client, "web");
      return spring.steps.map(({ lines }) => lines(place)).join("\n");
    };
    expect(yaml()).toContain("issuer-uri: http://127.0.0.1:9229/eu-west-1_a");
    expect(yaml("https://issuer.example.com/eu-west-1_a")).toContain(
      "jwk-set-uri: http://127.0.0.1:9229/eu-west-1_a/.well-known/jwks.json",
    );
  });
});
