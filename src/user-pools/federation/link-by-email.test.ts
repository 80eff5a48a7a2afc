import { beforeEach, describe, expect, it } from "vitest";
import type { AppClientRecord, IdentityProviderRecord, UserPoolRecord } from "../../storage/index.ts";
import { type Caller, caller } from "../operations/testing.ts";
import { type TestContext, testContext } from "../testing.ts";
import { signInFederated } from "./index.ts";

let context: TestContext;
let api: Caller;
let UserPoolId: string;

beforeEach(async () => {
  context = await testContext();
  api = caller(context);
  UserPoolId = await api.pool();
});

interface Scene {
  readonly linking?: string;
  readonly mapping?: Record<string, string>;
  readonly type?: "OIDC" | "Facebook";
}

/** @returns signs an identity in. */
async function scene({
  linking = "true",
  mapping = { email: "email", email_verified: "email_verified" },
  type = "OIDC",
}: Scene = {}) {
  const ProviderName = type === "OIDC" ? "Corp" : type;
  await api.call("CreateIdentityProvider", {
    UserPoolId,
    ProviderName,
    ProviderType: type,
    ProviderDetails: {
      client_id: "id",
      client_secret: "secret",
      authorize_scopes: "openid",
      ...(type === "OIDC" && {
        attributes_request_method: "GET",
        oidc_issuer: "https://login.example.com",
      }),
      ...(linking !== "" && { link_by_verified_email: linking }),
    },
    AttributeMapping: mapping,
  });
  const { UserPoolClient } = await api.call("CreateUserPoolClient", { UserPoolId, ClientName: "app" });
  const client = (await context.store.clients.get(UserPoolClient?.ClientId ?? "")) as AppClientRecord;
  const pool = (await context.store.pools.get(UserPoolId)) as UserPoolRecord;
  const provider = (await context.store.identityProviders.get(
    UserPoolId,
    ProviderName,
  )) as IdentityProviderRecord;
  return async (claims: Record<string, string>, subject = "S1") => {
    const identity = { subject, issuer: null, claims, inbound: {} };
    return (await signInFederated({ pool, client, provider, identity }, context)).user;
  };
}

/** A local user who has confirmed the address. */
async function local(Username: string, email = "jane@example.com", email_verified = "true") {
  const UserAttributes = [
    { Name: "email", Value: email },
    { Name: "email_verified", Value: email_verified },
  ];
  await api.call("AdminCreateUser", { UserPoolId, Username, UserAttributes, MessageAction: "SUPPRESS" });
  const password = { UserPoolId, Username, Password: "Right-Password-1", Permanent: true };
  await api.call("AdminSetUserPassword", password);
}

const VERIFIED = { email: "jane@example.com", email_verified: "true" };
const OWN_PROFILE = { username: "Corp_S1", status: "EXTERNAL_PROVIDER" };

describe("linking by verified e-mail address", () => {
  it("signs in as the local user with the address, and adds the identity to the user's identities", async () => {
    const signIn = await scene();
    await local("jane");
    const user = await signIn(VERIFIED);
    expect(user).toMatchObject({ username: "jane", status: "CONFIRMED" });
    expect(JSON.parse(user.attributes.identities ?? "")).toMatchObject([
      { userId: "S1", providerName: "Corp", primary: false },
    ]);
    // From then on the subject counts, whatever becomes of the address.
    expect(await signIn({ email: "other@example.com", email_verified: "false" })).toMatchObject({
      username: "jane",
    });
  });

  it("compares addresses without regard to the case of ASCII letters", async () => {
    const signIn = await scene();
    await local("jane", "Jane@Example.com");
    expect(await signIn(VERIFIED)).toMatchObject({ username: "jane" });
  });

  it("takes the claim email_verified of an address from the claim email, if no claim is mapped to the attribute", async () => {
    const signIn = await scene({ mapping: { email: "email" } });
    await local("jane");
    expect(await signIn(VERIFIED)).toMatchObject({ username: "jane" });
  });

  it("takes the claim that is mapped to email_verified", async () => {
    const signIn = await scene({ mapping: { email: "email", email_verified: "checked" } });
    await local("jane");
    expect(await signIn({ ...VERIFIED, checked: "false" }, "S2")).toMatchObject({ username: "Corp_S2" });
    const claims = { email: "jane@example.com", email_verified: "false", checked: "true" };
    expect(await signIn(claims)).toMatchObject({ username: "jane" });
  });

  it("ignores profiles of external identities, and local users who have not verified the address", async () => {
    const signIn = await scene();
    expect(await signIn(VERIFIED, "First")).toMatchObject({ username: "Corp_First" });
    await local("squatter", "jane@example.com", "false");
    for (const Username of ["Corp_First", "squatter"]) {
      await api.call("AdminDisableUser", { UserPoolId, Username });
    }
    await local("jane");
    expect(await signIn(VERIFIED)).toMatchObject({ username: "jane" });
  });

  it("is removed by AdminDisableProviderForUser", async () => {
    const signIn = await scene();
    await local("jane");
    await signIn(VERIFIED);
    await api.call("AdminDisableProviderForUser", {
      UserPoolId,
      User: {
        ProviderName: "Corp",
        ProviderAttributeName: "Cognito_Subject",
        ProviderAttributeValue: "S1",
      },
    });
    const { attributes } = (await context.store.users.find(UserPoolId, "jane")) ?? { attributes: {} };
    expect(attributes).not.toHaveProperty("identities");
  });

  it.each(["", "false"])("is off unless the provider has link_by_verified_email: %j", async (linking) => {
    const signIn = await scene({ linking });
    await local("jane");
    expect(await signIn(VERIFIED)).toMatchObject(OWN_PROFILE);
  });

  it("rejects any other value of the setting", async () => {
    await expect(scene({ linking: "yes" })).rejects.toThrow("link_by_verified_email must be true or false.");
  });
});

describe("linking by e-mail address is refused", () => {
  it.each([
    ["says that it is not verified", { ...VERIFIED, email_verified: "false" }],
    ["does not say whether it is verified", { email: "jane@example.com" }],
    ["sends True, another spelling of true", { ...VERIFIED, email_verified: "True" }],
  ])("if the provider %s", async (_, claims) => {
    const signIn = await scene();
    await local("jane");
    expect(await signIn(claims)).toMatchObject(OWN_PROFILE);
  });

  it("if email_verified belongs to another claim than the mapped address", async () => {
    const signIn = await scene({ mapping: { email: "upn" } });
    await local("jane");
    const claims = { upn: "jane@example.com", email: "mallory@example.com", email_verified: "true" };
    expect(await signIn(claims)).toMatchObject(OWN_PROFILE);
  });

  it("if the provider is Facebook, which verifies no addresses", async () => {
    const signIn = await scene({ type: "Facebook", mapping: { email: "email" } });
    await local("jane");
    expect(await signIn({ email: "jane@example.com" })).toMatchObject({ username: "Facebook_S1" });
  });

  it("if the local user has not verified the address, for example after a sign-up with someone else's address", async () => {
    const signIn = await scene();
    await local("squatter", "jane@example.com", "false");
    expect(await signIn(VERIFIED)).toMatchObject(OWN_PROFILE);
  });

  it("if the local user has not confirmed the sign-up", async () => {
    const signIn = await scene();
    const ClientId = await api.client(UserPoolId);
    const UserAttributes = [{ Name: "email", Value: "jane@example.com" }];
    await api.call("SignUp", {
      ClientId,
      Username: "squatter",
      Password: "Right-Password-1",
      UserAttributes,
    });
    await api.call("AdminUpdateUserAttributes", {
      UserPoolId,
      Username: "squatter",
      UserAttributes: [{ Name: "email_verified", Value: "true" }],
    });
    expect(await signIn(VERIFIED)).toMatchObject(OWN_PROFILE);
  });

  it("if two local users have the address", async () => {
    const signIn = await scene();
    await local("jane");
    await local("double");
    expect(await signIn(VERIFIED)).toMatchObject(OWN_PROFILE);
  });

  it("if the user is disabled, and then no user is created for the identity", async () => {
    const signIn = await scene();
    await local("jane");
    await api.call("AdminDisableUser", { UserPoolId, Username: "jane" });
    await expect(signIn(VERIFIED)).rejects.toThrow("User is not enabled");
    expect(await context.store.users.find(UserPoolId, "corp_s1")).toBeUndefined();
  });

  it("if only the profile of an external identity has the address", async () => {
    const signIn = await scene();
    await signIn(VERIFIED, "First");
    expect(await signIn(VERIFIED)).toMatchObject(OWN_PROFILE);
  });

  it("if the letters of the address are only similar (homoglyphs)", async () => {
    const signIn = await scene();
    await local("kim", "kim@example.com");
    // U+212A, which becomes k in lower case.
    expect(await signIn({ email: "\u212Aim@example.com", email_verified: "true" })).toMatchObject(
      OWN_PROFILE,
    );
  });

  it("if so many users have the address that not all of them are compared", async () => {
    const signIn = await scene();
    await local("jane");
    for (let index = 0; index < 59; index++) await local(`user${index}`, "jane@example.com", "false");
    expect(await signIn(VERIFIED)).toMatchObject({ username: "jane" });
    await local("last", "jane@example.com", "false");
    expect(await signIn(VERIFIED, "S2")).toMatchObject({ username: "Corp_S2" });
  });

  it("if the provider's id of the user is not text, and then the local user keeps no identity", async () => {
    const signIn = await scene();
    await local("jane");
    await expect(signIn(VERIFIED, "S\0")).rejects.toThrow("Value at 'userName' failed to satisfy constraint");
    const { attributes } = (await context.store.users.find(UserPoolId, "jane")) ?? { attributes: {} };
    expect(attributes).not.toHaveProperty("identities");
  });

  it("if the user already has five identities", async () => {
    const signIn = await scene();
    await local("jane");
    for (const ProviderAttributeValue of ["1", "2", "3", "4", "5"]) {
      await api.call("AdminLinkProviderForUser", {
        UserPoolId,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "jane" },
        SourceUser: {
          ProviderName: "Corp",
          ProviderAttributeName: "Cognito_Subject",
          ProviderAttributeValue,
        },
      });
    }
    expect(await signIn(VERIFIED)).toMatchObject(OWN_PROFILE);
  });

  it("for one of two concurrent sign-ins of a new identity, so that one link is created", async () => {
    const signIn = await scene();
    await local("jane");
    const users = await Promise.all([signIn(VERIFIED), signIn(VERIFIED)]);
    expect(users.map(({ username }) => username)).toEqual(["jane", "jane"]);
  });
});
