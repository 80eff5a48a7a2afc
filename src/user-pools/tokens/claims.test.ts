import { describe, expect, it } from "vitest";
import type {
  AppClientRecord,
  AppClientSettings,
  GroupRecord,
  SignInRecord,
  UserPoolRecord,
  UserRecord,
} from "../../storage/index.ts";
import { buildSchema } from "../attributes/index.ts";
import {
  API_SCOPE,
  accessTokenClaims,
  idTokenClaims,
  inTokenOrder,
  originJtiOf,
  type TokenSubject,
} from "./claims.ts";

const pool: UserPoolRecord = {
  id: "us-east-1_Pool",
  name: "pool",
  settings: { SchemaAttributes: buildSchema([{ Name: "dept", AttributeDataType: "Number" }]) },
  createdAt: 0,
  lastModifiedAt: 0,
};
const clientWith = (settings: AppClientSettings = {}): AppClientRecord => ({
  poolId: pool.id,
  id: "client",
  name: "client",
  secrets: [],
  settings,
  createdAt: 0,
  lastModifiedAt: 0,
});
const userWith = (attributes: Record<string, string> = {}): UserRecord => ({
  poolId: pool.id,
  sub: "the-sub",
  username: "alice",
  status: "CONFIRMED",
  enabled: true,
  attributes,
  signInNames: [],
  createdAt: 0,
  lastModifiedAt: 0,
});
const signIn: SignInRecord = {
  originJti: "the-origin",
  poolId: pool.id,
  clientId: "client",
  sub: "the-sub",
  authenticatedAt: 1_000_500,
  eventId: "the-event",
  scope: "aws.cognito.signin.user.admin",
  refreshExpiresAt: 9_000_000,
  rotation: 0,
};
const group = (name: string, precedence?: number, roleArn?: string): GroupRecord => ({
  poolId: pool.id,
  name,
  ...(precedence !== undefined && { precedence }),
  ...(roleArn !== undefined && { roleArn }),
  createdAt: 0,
  lastModifiedAt: 0,
});
const subject = (given: Partial<TokenSubject> = {}): TokenSubject => ({
  pool,
  client: clientWith(),
  user: userWith(),
  signIn,
  groups: [],
  issuer: "https://issuer/us-east-1_Pool",
  now: 2_000_999,
  isHosted: (given.signIn ?? signIn).scope !== API_SCOPE,
  ...given,
});

const onTheWire = (claims: Readonly<Record<string, unknown>>) => JSON.stringify(inTokenOrder(claims));

describe("the attributes in an ID token", () => {
  const attributes = {
    email: "a@example.com",
    email_verified: "true",
    phone_number: "+15555550100",
    phone_number_verified: "true",
    name: "Alice",
    identities: "[]",
  };

  it.each([
    ["aws.cognito.signin.user.admin", "email email_verified name phone_number phone_number_verified"],
    ["openid", "email email_verified name phone_number phone_number_verified"],
    ["openid email", "email email_verified"],
    ["openid phone", "phone_number phone_number_verified"],
    ["openid email phone", "email email_verified phone_number phone_number_verified"],
    ["openid profile", "email email_verified name phone_number phone_number_verified"],
    ["openid email profile", "email email_verified name phone_number phone_number_verified"],
  ])("of the scope %s are identities and: %s", (scope, names) => {
    const given = subject({ user: userWith(attributes), signIn: { ...signIn, scope } });
    const claims = idTokenClaims(given, "jti", "access-token");
    const present = Object.keys(attributes).filter((name) => claims[name] !== undefined);
    expect(present.sort()).toEqual(["identities", ...names.split(" ")].sort());
  });
});

describe("the order of claims", () => {
  const names = (claims: Readonly<Record<string, unknown>>) => Object.keys(inTokenOrder(claims)).join(" ");
  const readsEverything = {
    SchemaAttributes: buildSchema([
      { Name: "team", AttributeDataType: "String" },
      { Name: "tenant", AttributeDataType: "String" },
    ]),
  };
  const poolWithTeams = { ...pool, settings: readsEverything };
  const email = { email: "a@example.com", email_verified: "true" };

  it.each<[string, Partial<TokenSubject>, string]>([
    ["no attributes", {}, "origin_jti sub aud event_id token_use auth_time iss cognito:username exp iat jti"],
    [
      "no attributes and no token revocation",
      { client: clientWith({ EnableTokenRevocation: false }) },
      "sub aud event_id token_use auth_time iss cognito:username exp iat",
    ],
    [
      "an address that the client may not know to be verified",
      { user: userWith({ email: "a@example.com" }) },
      "sub iss cognito:username origin_jti aud event_id token_use auth_time exp iat jti email",
    ],
    [
      "an address and a group with a role",
      { user: userWith(email), groups: [group("admins", 1, "arn:aws:iam::1:role/a")] },
      "sub cognito:groups email_verified cognito:preferred_role iss cognito:username origin_jti cognito:roles aud event_id token_use auth_time exp iat jti email",
    ],
    [
      "names and custom attributes",
      {
        pool: poolWithTeams,
        user: userWith({
          ...email,
          given_name: "A",
          family_name: "B",
          "custom:team": "t",
          "custom:tenant": "x",
        }),
      },
      "sub email_verified custom:team iss cognito:username given_name origin_jti aud event_id token_use auth_time custom:tenant exp iat family_name jti email",
    ],
    [
      "a federated user of the pages",
      {
        user: userWith({ ...email, name: "A B", given_name: "A", family_name: "B", identities: "[]" }),
        groups: [group("admins", 1, "arn:aws:iam::1:role/a")],
        signIn: { ...signIn, scope: "openid" },
        nonce: "n",
      },
      "at_hash sub cognito:groups email_verified cognito:preferred_role iss cognito:username given_name nonce origin_jti cognito:roles aud identities event_id token_use auth_time name exp iat family_name jti email",
    ],
  ])("of an ID token is the recorded one: %s", (_, given, expected) =>
    expect(names(idTokenClaims(subject(given), "jti", "access-token"))).toBe(expected),
  );

  it.each<[string, Partial<TokenSubject>, string]>([
    [
      "a sign-in by the API",
      {},
      "sub iss client_id origin_jti event_id token_use scope auth_time exp iat jti username",
    ],
    [
      "no token revocation",
      { client: clientWith({ EnableTokenRevocation: false }) },
      "sub event_id token_use scope auth_time iss exp iat jti client_id username",
    ],
    [
      "the pages, a device and a group",
      { signIn: { ...signIn, scope: "openid", deviceKey: "d" }, groups: [group("admins")] },
      "sub device_key cognito:groups iss version client_id origin_jti event_id token_use scope auth_time exp iat jti username",
    ],
  ])("of an access token is the recorded one: %s", (_, given, expected) =>
    expect(names(accessTokenClaims(subject(given), "jti"))).toBe(expected),
  );
});

describe("the claims of an access token", () => {
  it("are complete and in Cognito's order", () =>
    expect(onTheWire(accessTokenClaims(subject({ groups: [group("admins")] }), "the-jti"))).toBe(
      '{"sub":"the-sub","cognito:groups":["admins"],"iss":"https://issuer/us-east-1_Pool","client_id":"client",' +
        '"origin_jti":"the-origin","event_id":"the-event","token_use":"access",' +
        '"scope":"aws.cognito.signin.user.admin","auth_time":1000,"exp":5600,"iat":2000,"jti":"the-jti",' +
        '"username":"alice"}',
    ));

  it("contain no attributes of the user, and no audience", () => {
    const claims = accessTokenClaims(subject({ user: userWith({ email: "a@example.com" }) }), "j");
    expect(claims).not.toHaveProperty("email");
    expect(claims).not.toHaveProperty("aud");
  });
});

describe("the claims of an ID token", () => {
  it("are complete and in Cognito's order", () => {
    const user = userWith({ email: "a@example.com", email_verified: "true", "custom:dept": "7" });
    const groups = [group("admins", 1, "arn:aws:iam::1:role/a")];
    expect(onTheWire(idTokenClaims(subject({ user, groups }), "the-jti"))).toBe(
      '{"sub":"the-sub","cognito:groups":["admins"],"email_verified":true,' +
        '"cognito:preferred_role":"arn:aws:iam::1:role/a","iss":"https://issuer/us-east-1_Pool",' +
        '"cognito:username":"alice","origin_jti":"the-origin","cognito:roles":["arn:aws:iam::1:role/a"],' +
        '"aud":"client","custom:dept":"7","event_id":"the-event","token_use":"id","auth_time":1000,"exp":5600,' +
        '"iat":2000,"jti":"the-jti","email":"a@example.com"}',
    );
  });

  it("have the types of OpenID Connect, and custom attributes as text whatever their type", () => {
    const user = userWith({
      email: "a@example.com",
      email_verified: "false",
      phone_number: "+15550100",
      phone_number_verified: "true",
      address: "1 Main Street",
      updated_at: "1700000000",
      "custom:dept": "7",
    });
    expect(idTokenClaims(subject({ user }), "j")).toMatchObject({
      email_verified: false,
      phone_number_verified: true,
      address: { formatted: "1 Main Street" },
      updated_at: 1700000000,
      "custom:dept": "7",
    });
  });

  it("omit attributes without a value, and those that the client may not read", () => {
    const client = clientWith({ ReadAttributes: ["email"] });
    const user = userWith({ email: "a@example.com", name: "Alice", nickname: "" });
    const claims = idTokenClaims(subject({ client, user }), "j");
    expect(claims).toMatchObject({ sub: "the-sub", email: "a@example.com" });
    expect(claims).not.toHaveProperty("name");
    expect(onTheWire(claims)).not.toMatch(/nickname|phone|groups|roles|preferred_role/);
  });
});

describe("groups in tokens", () => {
  it("are in both tokens, and their roles only in the ID token", () => {
    const groups = [group("a", 1, "arn:a"), group("b", 2)];
    expect(idTokenClaims(subject({ groups }), "j")).toMatchObject({
      "cognito:groups": ["a", "b"],
      "cognito:roles": ["arn:a"],
      "cognito:preferred_role": "arn:a",
    });
    const access = accessTokenClaims(subject({ groups }), "j");
    expect(access).toMatchObject({ "cognito:groups": ["a", "b"] });
    expect(onTheWire(access)).not.toMatch(/role/);
  });

  it("add no claim if there are none", () => {
    expect(onTheWire(accessTokenClaims(subject(), "j"))).not.toMatch(/cognito:groups/);
    expect(onTheWire(idTokenClaims(subject(), "j"))).not.toMatch(
      /cognito:groups|cognito:roles|preferred_role/,
    );
  });

  it("add no claims about roles if no group has one", () =>
    expect(onTheWire(idTokenClaims(subject({ groups: [group("a")] }), "j"))).not.toMatch(/role/));
});

describe("the validity of tokens", () => {
  it.each([
    [{ AccessTokenValidity: 2, IdTokenValidity: 3 }, 7200, 10_800],
    [
      { AccessTokenValidity: 1, TokenValidityUnits: { AccessToken: "days", IdToken: "minutes" } },
      86_400,
      3600,
    ],
    [
      {
        AccessTokenValidity: 300,
        IdTokenValidity: 5,
        TokenValidityUnits: { AccessToken: "seconds", IdToken: "minutes" },
      },
      300,
      300,
    ],
  ] as const)("is that of the client's settings: %o", (settings, accessSeconds, idSeconds) => {
    const given = subject({ client: clientWith(settings) });
    expect(Number(accessTokenClaims(given, "j").exp) - 2000).toBe(accessSeconds);
    expect(Number(idTokenClaims(given, "j").exp) - 2000).toBe(idSeconds);
  });
});

describe("the reference from a token to its sign-in", () => {
  const revocable = accessTokenClaims(subject(), "j");
  const irrevocable = accessTokenClaims(
    subject({ client: clientWith({ EnableTokenRevocation: false }) }),
    "j",
  );

  it("is the claim origin_jti", () => expect(originJtiOf(revocable)).toBe("the-origin"));

  it("is the claim event_id for clients without token revocation, whose tokens have no origin_jti", () => {
    expect(onTheWire(irrevocable)).not.toMatch(/origin_jti/);
    expect(originJtiOf(irrevocable)).toBe("the-origin");
  });

  it("is the same in both tokens", () =>
    expect(originJtiOf(idTokenClaims(subject(), "j"))).toBe("the-origin"));
});
