import { beforeEach, describe, expect, it } from "vitest";
import { TEST_TIME, type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

let context: TestContext;
let api: Caller;
let UserPoolId: string;
beforeEach(async () => {
  context = await testContext();
  api = caller(context);
  UserPoolId = await api.pool();
  await api.call("CreateIdentityProvider", {
    UserPoolId,
    ProviderName: "Google",
    ProviderType: "Google",
    ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid" },
    AttributeMapping: { email: "email" },
  });
  await api.call("CreateIdentityProvider", {
    UserPoolId,
    ProviderName: "Corp",
    ProviderType: "OIDC",
    ProviderDetails: {
      client_id: "id",
      authorize_scopes: "openid",
      attributes_request_method: "GET",
      oidc_issuer: "https://login.example.com",
    },
    AttributeMapping: { email: "mail" },
  });
  for (const Username of ["jane", "bob"]) await api.call("AdminCreateUser", { UserPoolId, Username });
});

const source = (ProviderAttributeValue: string, more = {}) => ({
  ProviderName: "Google",
  ProviderAttributeName: "Cognito_Subject",
  ProviderAttributeValue,
  ...more,
});
const destination = (ProviderAttributeValue = "jane") => ({
  ProviderName: "Cognito",
  ProviderAttributeValue,
});
const link = (SourceUser: object, DestinationUser: object = destination()) =>
  api.outcome("AdminLinkProviderForUser", { UserPoolId, SourceUser, DestinationUser });
const modified = async (Username = "jane") =>
  (await api.call("AdminGetUser", { UserPoolId, Username })).UserLastModifiedDate;
const identities = async (Username = "jane") => {
  const { UserAttributes = [] } = await api.call("AdminGetUser", { UserPoolId, Username });
  const value = UserAttributes.find(({ Name }) => Name === "identities")?.Value;
  return value === undefined ? undefined : JSON.parse(value);
};

describe("AdminLinkProviderForUser", () => {
  it("adds the identity to the user's identities", async () => {
    expect(await modified()).toBe(TEST_TIME);
    context.clock.advance(1000);
    expect(await link(source("123"))).toEqual({});
    expect(await modified()).toBe(TEST_TIME + 1000);
    expect(await identities()).toEqual([
      {
        userId: "123",
        providerName: "Google",
        providerType: "Google",
        issuer: null,
        primary: false,
        dateCreated: TEST_TIME + 1000,
      },
    ]);
  });

  it("accepts an attribute to which a provider's claim is mapped, and no other", async () => {
    const corp = (ProviderAttributeName: string) =>
      source("a@example.com", { ProviderName: "Corp", ProviderAttributeName });
    expect(await link(corp("email"))).toEqual({});
    expect(await identities()).toEqual([
      expect.objectContaining({ userId: "a@example.com", providerName: "Corp", providerType: "OIDC" }),
    ]);
    for (const name of ["name", "mail", "username"]) {
      expect(await link(corp(name))).toBe(
        `InvalidParameterException: ProviderAttributeName ${name} is not supported for Corp.`,
      );
    }
  });

  it("adds the identities to the ID token as a list with text values", async () => {
    await link(source("123"));
    const ClientId = await api.client(UserPoolId);
    const Password = "Right-Password-1";
    await api.call("AdminSetUserPassword", { UserPoolId, Username: "jane", Password, Permanent: true });
    const { AuthenticationResult } = await api.call("InitiateAuth", {
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "jane", PASSWORD: Password },
    });
    const payload = AuthenticationResult?.IdToken?.split(".")[1] ?? "";
    expect(JSON.parse(Buffer.from(payload, "base64url").toString()).identities).toEqual([
      {
        userId: "123",
        providerName: "Google",
        providerType: "Google",
        issuer: null,
        primary: "false",
        dateCreated: String(TEST_TIME),
      },
    ]);
  });

  it("rejects an identity that is linked, or has its own user", async () => {
    await link(source("123"));
    expect(await link(source("123"))).toBe(
      "InvalidParameterException: SourceUser is already linked to DestinationUser",
    );
    expect(await link(source("123"), destination("bob"))).toBe(
      "InvalidParameterException: SourceUser is already linked to another user",
    );
    await api.call("AdminCreateUser", { UserPoolId, Username: "Google_456" });
    expect(await link(source("456"))).toBe(
      "InvalidParameterException: Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
    );
  });

  it("rejects a sixth identity", async () => {
    for (let index = 0; index < 5; index++) await link(source(`${index}`));
    expect(await link(source("6"))).toMatch(/^LimitExceededException: /);
    expect(await identities()).toHaveLength(5);
  });

  const incomplete =
    /^InvalidParameterException: SourceUser needs ProviderName, ProviderAttributeName and ProviderAttributeValue\.$/;
  it.each<[string, object, object, RegExp]>([
    [
      "a user who does not exist",
      source("1"),
      destination("nobody"),
      /^UserNotFoundException: User does not exist\.$/,
    ],
    [
      "a provider that does not exist",
      source("1", { ProviderName: "Other" }),
      destination(),
      /^ResourceNotFoundException/,
    ],
    [
      "a local user as source",
      source("1", { ProviderName: "Cognito" }),
      destination(),
      /^InvalidParameterException: Invalid SourceUser: Cognito users with a username\/password may not be passed in as a SourceUser, only as a DestinationUser$/,
    ],
    [
      "a social identity by another name than its subject",
      source("a@example.com", { ProviderAttributeName: "email" }),
      destination(),
      /^InvalidParameterException: ProviderAttributeName email is not supported for Google\.$/,
    ],
    ["a destination without a value", source("1"), { ProviderName: "Cognito" }, /^UserNotFoundException/],
    ["a source without a provider", source("1", { ProviderName: undefined }), destination(), incomplete],
    [
      "a source without an attribute",
      source("1", { ProviderAttributeName: undefined }),
      destination(),
      incomplete,
    ],
    [
      "a source without a value",
      source("1", { ProviderAttributeValue: undefined }),
      destination(),
      incomplete,
    ],
  ])("refuses %s", async (_, sourceUser, destinationUser, refusal) => {
    expect(await link(sourceUser, destinationUser)).toMatch(refusal);
    expect(await identities()).toBeUndefined();
  });
});

describe("AdminDisableProviderForUser", () => {
  const disable = (User: object) => api.outcome("AdminDisableProviderForUser", { UserPoolId, User });

  it("removes a linked identity, which can be linked to another user afterwards", async () => {
    await link(source("123"));
    await link(source("456"));
    expect(await disable(source("123"))).toEqual({});
    expect(await identities()).toEqual([expect.objectContaining({ userId: "456" })]);
    expect(await link(source("123"), destination("bob"))).toEqual({});
    context.clock.advance(1000);
    await disable(source("456"));
    expect(await identities()).toBeUndefined();
    expect(await modified()).toBe(TEST_TIME + 1000);
  });

  it("keeps an identity that has the same id at another provider", async () => {
    await link(source("123"));
    await link(source("123", { ProviderName: "Corp" }));
    await disable(source("123"));
    expect(await identities()).toEqual([expect.objectContaining({ userId: "123", providerName: "Corp" })]);
  });

  it("removes a local user's password", async () => {
    const ClientId = await api.client(UserPoolId);
    const Password = "Right-Password-1";
    await api.call("AdminSetUserPassword", { UserPoolId, Username: "jane", Password, Permanent: true });
    await api.signIn(ClientId, "jane", Password);
    context.clock.advance(1000);
    expect(await disable({ ...destination(), ProviderAttributeName: "Cognito_Subject" })).toEqual({});
    expect(await modified()).toBe(TEST_TIME + 1000);
    expect(await context.store.users.find(UserPoolId, "jane")).not.toHaveProperty("password");
    await expect(api.signIn(ClientId, "jane", Password)).rejects.toThrow(
      "User is not authorized to get auth details",
    );
    expect((await api.call("AdminGetUser", { UserPoolId, Username: "jane" })).UserStatus).toBe(
      "EXTERNAL_PROVIDER",
    );
  });

  it("removes the hash of a local user's password from another system", async () => {
    const importedPassword = { hash: "$2b$10$abcdefghijklmnopqrstuv" };
    const { sub = "" } = (await context.store.users.find(UserPoolId, "jane")) ?? {};
    await context.store.users.update(UserPoolId, sub, ({ password: _, ...user }) => ({
      ...user,
      importedPassword,
    }));
    expect(await disable({ ...destination(), ProviderAttributeName: "Cognito_Subject" })).toEqual({});
    expect(await context.store.users.getBySub(UserPoolId, sub)).not.toHaveProperty("importedPassword");
  });

  it("rejects an identity that is not linked, and one that is not fully specified", async () => {
    expect(await disable(source("123"))).toBe("UserNotFoundException: User does not exist.");
    for (const name of ["ProviderName", "ProviderAttributeName", "ProviderAttributeValue"]) {
      expect(await disable(source("123", { [name]: undefined }))).toBe(
        "InvalidParameterException: User needs ProviderName, ProviderAttributeName and ProviderAttributeValue.",
      );
    }
    const elsewhere = { UserPoolId: "us-east-1_nothing00", User: source("1") };
    expect(await api.outcome("AdminDisableProviderForUser", elsewhere)).toBe(
      "ResourceNotFoundException: User pool us-east-1_nothing00 does not exist.",
    );
  });
});
