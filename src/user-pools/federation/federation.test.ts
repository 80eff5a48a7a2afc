import { beforeEach, describe, expect, it } from "vitest";
import { UserLambdaValidationException } from "../../api-model/index.ts";
import type {
  AppClientRecord,
  IdentityProviderRecord,
  UserPoolRecord,
  UserRecord,
} from "../../storage/index.ts";
import { type Caller, caller } from "../operations/testing.ts";
import { listSessions } from "../sessions/index.ts";
import { type TestContext, testContext } from "../testing.ts";
import { noTriggers, type Triggers } from "../triggers/index.ts";
import { signInFederated } from "./index.ts";

let context: TestContext;
let api: Caller;
let UserPoolId: string;

/** The answers of the pool's functions, by trigger source; their events are kept. */
let functions: Readonly<Record<string, (request: object) => unknown>>;
let asked: {
  source: string;
  clientId: string | null;
  username: string;
  request: object;
  user: UserRecord | undefined;
}[];

beforeEach(async () => {
  functions = {};
  asked = [];
  const triggers: Triggers = {
    ...noTriggers,
    has: (_, source) => source in functions,
    async invoke(source, { clientId, username, request, user }) {
      asked.push({ source, clientId, username, request, user });
      return (await functions[source]?.(request)) as never;
    },
  };
  context = await testContext({ triggers });
  api = caller(context);
});

/** @param type of the provider as the sign-in finds it */
async function scene(
  pool: object = {},
  mapping: Record<string, string> = { email: "mail" },
  type: IdentityProviderRecord["type"] = "OIDC",
  settings: object = {},
) {
  UserPoolId = await api.pool(pool);
  await api.call("CreateIdentityProvider", {
    UserPoolId,
    ProviderName: "Corp",
    ProviderType: "OIDC",
    ProviderDetails: {
      client_id: "id",
      client_secret: "secret",
      authorize_scopes: "openid",
      attributes_request_method: "GET",
      oidc_issuer: "https://login.example.com",
    },
    AttributeMapping: mapping,
  });
  const { UserPoolClient } = await api.call("CreateUserPoolClient", {
    UserPoolId,
    ClientName: "app",
    ...settings,
  });
  const client = (await context.store.clients.get(UserPoolClient?.ClientId ?? "")) as AppClientRecord;
  const stored = (await context.store.pools.get(UserPoolId)) as UserPoolRecord;
  return async (
    claims: Record<string, string>,
    subject: string | undefined = "S1",
    name = "Corp",
    issuer: string | null = null,
  ) => {
    const provider = await context.store.identityProviders.get(UserPoolId, name);
    return signInFederated(
      {
        pool: stored,
        client,
        provider: { ...(provider as IdentityProviderRecord), type },
        identity: { subject, issuer, claims, inbound: { idToken: claims } },
      },
      context,
    );
  };
}

describe("a first sign-in by a provider", () => {
  it("invokes the pool's functions in order, with the client's id", async () => {
    const signIn = await scene();
    const { user } = await signIn({ mail: "jane@example.com" });
    expect(user).toMatchObject({ username: "Corp_S1", status: "EXTERNAL_PROVIDER", enabled: true });
    await signIn({ mail: "jane@example.com" });
    expect(asked.map(({ source }) => source)).toEqual([
      "InboundFederation_ExternalProvider",
      "PostConfirmation_ConfirmSignUp",
      "InboundFederation_ExternalProvider",
      "PreAuthentication_Authentication",
      "PostAuthentication_Authentication",
    ]);
    expect(new Set(asked.map(({ clientId }) => clientId)).size).toBe(1);
    const attributes = { email: "jane@example.com" };
    expect(asked.slice(3)).toMatchObject([
      { user: { username: "Corp_S1", attributes }, request: { validationData: undefined } },
      { user: { username: "Corp_S1", attributes }, request: { newDeviceUsed: false } },
    ]);
  });

  it("makes the user a member of the provider's group, which the first user's sign-in creates", async () => {
    const signIn = await scene();
    for (const subject of ["S1", "S2"]) await signIn({}, subject);
    const { Users } = await api.call("ListUsersInGroup", { UserPoolId, GroupName: `${UserPoolId}_Corp` });
    expect(Users?.map(({ Username }) => Username).toSorted()).toEqual(["Corp_S1", "Corp_S2"]);
  });

  it("leaves out attributes whose claim is blank", async () => {
    const signIn = await scene({}, { email: "mail", name: "name" });
    const { user } = await signIn({ mail: "", name: "Jane" });
    expect(user.attributes).toEqual({ name: "Jane", identities: expect.any(String) });
  });

  it("takes no claim for the attribute of the same name, if it is not mapped to it", async () => {
    const signIn = await scene();
    const { user } = await signIn({ name: "Jane", email: "jane@example.com" });
    expect(user.attributes).toEqual({ identities: expect.any(String) });
  });

  it("has no session of its own in a pool that tracks none", async () => {
    const signIn = await scene();
    expect((await signIn({})).signIn).not.toHaveProperty("session");
  });

  it("fails if PostConfirmation throws, and the user exists from then on", async () => {
    const signIn = await scene();
    functions = {
      PostConfirmation_ConfirmSignUp: () => {
        throw new UserLambdaValidationException("PostConfirmation failed with error no.");
      },
    };
    await expect(signIn({})).rejects.toThrow("PostConfirmation failed with error no.");
    expect((await signIn({})).user.username).toBe("Corp_S1");
  });

  it("is published, as later ones are, and a refused one is not", async () => {
    const signIn = await scene();
    const published: object[] = [];
    context.events.subscribe("federatedSignIn", (event) => published.push(event));
    await signIn({});
    await signIn({});
    await expect(signIn({}, "Jane Doe")).rejects.toThrow();
    const event = { poolId: UserPoolId, providerName: "Corp" };
    expect(published).toMatchObject([event, event]);
  });

  it("ignores autoConfirmUser and autoVerify… of PreSignUp", async () => {
    const signIn = await scene();
    functions = { PreSignUp_ExternalProvider: () => ({ autoConfirmUser: true, autoVerifyEmail: true }) };
    const { user } = await signIn({ mail: "jane@example.com" });
    expect(user.status).toBe("EXTERNAL_PROVIDER");
    expect(user.attributes.email_verified).toBe("false");
  });

  it("ignores autoVerifyEmail of PreSignUp for a user without an address", async () => {
    const signIn = await scene();
    functions = { PreSignUp_ExternalProvider: () => ({ autoConfirmUser: true, autoVerifyEmail: true }) };
    expect((await signIn({})).user.attributes).not.toHaveProperty("email_verified");
  });

  it("can have a username of 128 characters", async () => {
    const signIn = await scene();
    const subject = "s".repeat(123);
    expect((await signIn({}, subject)).user.username).toBe(`Corp_${subject}`);
  });

  const PATTERN = "Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+";
  const LENGTH = "Member must have length less than or equal to 128";
  it.each([
    ["is too long", "s".repeat(124), [LENGTH]],
    ["has a space", "Jane Doe", [PATTERN]],
    ["has the character U+0000", "Jane\0", [PATTERN]],
    ["has half of a surrogate pair", "Jane\ud800", [PATTERN]],
    ["has a space and is too long", `s ${"s".repeat(128)}`, [PATTERN, LENGTH]],
  ])("is rejected if the username %s, because no operation takes it", async (_, subject, constraints) => {
    const signIn = await scene();
    const each = constraints.map((text) => `Value at 'userName' failed to satisfy constraint: ${text}`);
    const errors = each.length === 1 ? "1 validation error" : "2 validation errors";
    await expect(signIn({}, subject)).rejects.toThrow(`${errors} detected: ${each.join("; ")} `);
  });

  it.each(["a\0b", "a\ud800"])("is rejected if a mapped value is not text: %j", async (mail) => {
    const signIn = await scene({}, { name: "mail" });
    await expect(signIn({ mail })).rejects.toThrow("Invalid user attributes: name: The value is not text.");
    expect((await signIn({ other: mail })).user.username).toBe("Corp_S1");
  });

  it("leaves out attributes that the app client may not write, and a verified flag with its address", async () => {
    const mapping = { email: "mail", email_verified: "verified", name: "name", nickname: "nick" };
    const claims = { mail: "jane@example.com", verified: "true", name: "Jane", nick: "J" };
    const withoutEmail = await scene({}, mapping, "OIDC", { WriteAttributes: ["name"] });
    expect(Object.keys((await withoutEmail(claims)).user.attributes).toSorted()).toEqual([
      "identities",
      "name",
    ]);
    const withEmail = await scene({}, mapping, "OIDC", { WriteAttributes: ["email", "name"] });
    expect((await withEmail(claims)).user.attributes).toMatchObject({
      email: "jane@example.com",
      email_verified: "true",
    });
  });

  it("can set a custom attribute with the name of a verified flag", async () => {
    const Schema = [{ Name: "email_verified", AttributeDataType: "String", Mutable: true }];
    const signIn = await scene({ Schema }, { "custom:email_verified": "checked" });
    const { user } = await signIn({ checked: "yes" });
    expect(user.attributes["custom:email_verified"]).toBe("yes");
  });

  it("cannot choose the user's sub", async () => {
    const signIn = await scene();
    functions = {
      InboundFederation_ExternalProvider: () => ({
        userAttributesToMap: { sub: "chosen", unknown: "x", name: "Jane" },
      }),
    };
    const { user } = await signIn({});
    expect(user.attributes).not.toHaveProperty("unknown");
    expect(user.sub).not.toBe("chosen");
    expect(user.attributes).not.toHaveProperty("sub");
    expect(user.attributes.name).toBe("Jane");
  });

  it("accepts 2048 characters of a mapped value, and no more", async () => {
    const signIn = await scene({}, { name: "name" });
    expect((await signIn({ name: "x".repeat(2048) })).user.attributes.name).toHaveLength(2048);
    await expect(signIn({ name: "x".repeat(2049) }, "S2")).rejects.toThrow(
      "Invalid user attributes: name: The value is too long.",
    );
  });

  it("is rejected if a local user has its username, also one who signs in by the same provider", async () => {
    const signIn = await scene();
    await api.call("AdminCreateUser", { UserPoolId, Username: "Corp_S1", MessageAction: "SUPPRESS" });
    await expect(signIn({})).rejects.toThrow("Already found an entry for username Corp_S1");
    await api.call("AdminLinkProviderForUser", {
      UserPoolId,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "Corp_S1" },
      SourceUser: {
        ProviderName: "Corp",
        ProviderAttributeName: "Cognito_Subject",
        ProviderAttributeValue: "S2",
      },
    });
    await expect(signIn({})).rejects.toThrow("Already found an entry for username Corp_S1");
  });

  it("is rejected by PreSignUp, and creates no user", async () => {
    const signIn = await scene();
    functions = {
      PreSignUp_ExternalProvider: () => {
        throw new UserLambdaValidationException("PreSignUp failed with error no.");
      },
    };
    await expect(signIn({})).rejects.toThrow("PreSignUp failed with error no.");
    expect(await api.refusal("AdminGetUser", { UserPoolId, Username: "Corp_S1" })).toContain(
      "UserNotFoundException",
    );
  });

  describe("whose PreSignUp function links the identity", () => {
    const linkTo = (Username: string, ProviderAttributeValue: string) => ({
      PreSignUp_ExternalProvider: () =>
        api.call("AdminLinkProviderForUser", {
          UserPoolId,
          DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: Username },
          SourceUser: {
            ProviderName: "Corp",
            ProviderAttributeName: "Cognito_Subject",
            ProviderAttributeValue,
          },
        }),
    });

    it("fails once, and then signs in as the linked user", async () => {
      const signIn = await scene();
      await api.call("AdminCreateUser", { UserPoolId, Username: "local", MessageAction: "SUPPRESS" });
      functions = linkTo("local", "S1");
      await expect(signIn({})).rejects.toThrow("Already found an entry for username Corp_S1");
      expect((await signIn({})).user.username).toBe("local");
    });

    it("signs in as the linked user at once where the settings say so, with the functions of a user who exists", async () => {
      context = { ...context, signsInAfterLink: true };
      const signIn = await scene();
      await api.call("AdminCreateUser", { UserPoolId, Username: "local", MessageAction: "SUPPRESS" });
      functions = {
        ...linkTo("local", "S1"),
        PostConfirmation_ConfirmSignUp: () => undefined,
        PreAuthentication_Authentication: () => undefined,
        PostAuthentication_Authentication: () => undefined,
      };
      const { user } = await signIn({ mail: "jane@example.com" });
      expect(user).toMatchObject({ username: "local", attributes: { email: "jane@example.com" } });
      expect(asked.map(({ source, username }) => [source, username])).toEqual([
        ["InboundFederation_ExternalProvider", "Corp_S1"],
        ["PreSignUp_ExternalProvider", "Corp_S1"],
        ["PreAuthentication_Authentication", "local"],
        ["PostAuthentication_Authentication", "local"],
      ]);
      expect(await api.refusal("AdminGetUser", { UserPoolId, Username: "Corp_S1" })).toContain(
        "UserNotFoundException",
      );
      expect((await signIn({})).user.username).toBe("local");
    });

    it("is rejected if the link has the subject in lower case, as userName shows it, and so are later ones", async () => {
      const signIn = await scene({ UsernameConfiguration: { CaseSensitive: false } });
      await api.call("AdminCreateUser", { UserPoolId, Username: "local", MessageAction: "SUPPRESS" });
      functions = linkTo("local", "abc");
      const text = "Invalid ProviderName/Username combination. Please check again ";
      await expect(signIn({}, "aBc")).rejects.toThrow(text);
      await expect(signIn({}, "aBc")).rejects.toThrow(text);
    });
  });

  it("is rejected for another spelling of the subject, in a pool that ignores case", async () => {
    const signIn = await scene({ UsernameConfiguration: { CaseSensitive: false } });
    await signIn({}, "Jane@Example.com");
    await expect(signIn({}, "jane@example.com")).rejects.toThrow(
      "Invalid ProviderName/Username combination. Please check again ",
    );
  });

  it("is rejected if another provider with the same name in other case has the subject, in a pool that ignores case", async () => {
    const signIn = await scene({ UsernameConfiguration: { CaseSensitive: false } });
    await signIn({});
    const { IdentityProvider } = await api.call("DescribeIdentityProvider", {
      UserPoolId,
      ProviderName: "Corp",
    });
    await api.call("CreateIdentityProvider", {
      UserPoolId,
      ProviderName: "CORP",
      ProviderType: "OIDC",
      ProviderDetails: IdentityProvider?.ProviderDetails ?? {},
    });
    await expect(signIn({}, "S1", "CORP")).rejects.toThrow("Already found an entry for username corp_s1");
  });

  it("creates a user beside a local user with the same address, in a pool whose usernames are addresses", async () => {
    const signIn = await scene({ UsernameAttributes: ["email"] });
    await api.call("AdminCreateUser", {
      UserPoolId,
      Username: "jane@example.com",
      MessageAction: "SUPPRESS",
    });
    const { user } = await signIn({ mail: "jane@example.com" });
    expect(user).toMatchObject({ username: "Corp_S1", attributes: { email: "jane@example.com" } });
    await signIn({ mail: "other@example.com" });
    await signIn({ mail: "jane@example.com" });
  });

  it("is rejected without a subject or a required attribute of the pool", async () => {
    const signIn = await scene({ Schema: [{ Name: "email", Required: true, Mutable: true }] });
    await expect(signIn({}, "")).rejects.toThrow("username attribute mapping required");
    await expect(signIn({})).rejects.toThrow("attributes required: [email]");
  });

  it.each(["SAML", "SignInWithApple"] as const)(
    "has another error text for the required attributes of %s",
    async (type) => {
      const schema = ["email", "name"].map((Name) => ({ Name, Required: true, Mutable: true }));
      const signIn = await scene({ Schema: schema }, {}, type);
      await expect(signIn({})).rejects.toThrow(
        "Invalid user attributes: name: The attribute is required\nemail: The attribute is required\n",
      );
    },
  );
});

describe("a sign-in by an identity that is linked by an attribute", () => {
  const LOCAL = { ProviderName: "Cognito", ProviderAttributeValue: "local" };
  const link = (
    ProviderAttributeName: string,
    ProviderAttributeValue: string,
    DestinationUser: object = LOCAL,
    ProviderName = "Corp",
  ) =>
    api.call("AdminLinkProviderForUser", {
      UserPoolId,
      DestinationUser,
      SourceUser: { ProviderName, ProviderAttributeName, ProviderAttributeValue },
    });
  const unlink = (ProviderAttributeName: string, ProviderAttributeValue: string) =>
    api.call("AdminDisableProviderForUser", {
      UserPoolId,
      User: { ProviderName: "Corp", ProviderAttributeName, ProviderAttributeValue },
    });
  const identities = async (Username = "local") => {
    const { UserAttributes } = await api.call("AdminGetUser", { UserPoolId, Username });
    return JSON.parse(UserAttributes?.find(({ Name }) => Name === "identities")?.Value ?? "[]");
  };

  it("is that of the user, and the link is by the subject from then on", async () => {
    const signIn = await scene();
    await api.call("AdminCreateUser", { UserPoolId, Username: "local", MessageAction: "SUPPRESS" });
    await link("email", "jane@example.com");
    expect((await signIn({ mail: "jane@example.com" })).user.username).toBe("local");
    expect(await identities()).toMatchObject([{ userId: "S1", providerName: "Corp", primary: false }]);
    // The address of the first identity now belongs to somebody else.
    expect((await signIn({ mail: "jane@example.com" }, "S2")).user.username).toBe("Corp_S2");
    expect((await signIn({ mail: "new@example.com" })).user.username).toBe("local");
  });

  it("is that of a new user if the attribute is no longer mapped, or the claim is another one", async () => {
    const signIn = await scene({}, { name: "name", nickname: "nick" });
    await api.call("AdminCreateUser", { UserPoolId, Username: "local", MessageAction: "SUPPRESS" });
    await link("nickname", "J");
    const AttributeMapping = { name: "name" };
    await api.call("UpdateIdentityProvider", { UserPoolId, ProviderName: "Corp", AttributeMapping });
    functions = { InboundFederation_ExternalProvider: () => ({ userAttributesToMap: { nickname: "J" } }) };
    expect((await signIn({})).user.username).toBe("Corp_S1");
    await link("name", "Jane");
    functions = {};
    expect((await signIn({ name: "John" }, "S2")).user.username).toBe("Corp_S2");
    expect((await signIn({ name: "Jane" }, "S3")).user.username).toBe("local");
  });

  it("keeps the user's other identities", async () => {
    const signIn = await scene();
    await api.call("AdminCreateUser", { UserPoolId, Username: "local", MessageAction: "SUPPRESS" });
    await link("Cognito_Subject", "S0");
    await link("email", "jane@example.com");
    await signIn({ mail: "jane@example.com" });
    expect(await identities()).toMatchObject([{ userId: "S0" }, { userId: "S1" }]);
    await signIn({ mail: "jane@example.com" }, "S0");
    expect(await identities()).toMatchObject([{ userId: "S0" }, { userId: "S1" }]);
  });

  it("leaves an identity at another provider as it is that has the same id", async () => {
    const signIn = await scene();
    await api.call("CreateIdentityProvider", {
      UserPoolId,
      ProviderName: "Google",
      ProviderType: "Google",
      ProviderDetails: { client_id: "id", client_secret: "secret", authorize_scopes: "openid" },
    });
    await api.call("AdminCreateUser", { UserPoolId, Username: "local", MessageAction: "SUPPRESS" });
    await link("Cognito_Subject", "S1", LOCAL, "Google");
    await link("email", "jane@example.com");
    await signIn({ mail: "jane@example.com" }, "S1", "Corp", "https://idp.example.com");
    expect(await identities()).toMatchObject([
      { userId: "S1", providerName: "Google", issuer: null },
      { userId: "S1", providerName: "Corp", issuer: "https://idp.example.com" },
    ]);
  });

  it("keeps the profile's own identity when an attribute of it is linked to the profile, and when that link is removed", async () => {
    const signIn = await scene();
    await signIn({}, "S1");
    await link("email", "jane@example.com", { ProviderName: "Corp", ProviderAttributeValue: "S1" });
    await signIn({ mail: "jane@example.com" }, "S1");
    expect(await identities("Corp_S1")).toMatchObject([
      { userId: "S1", primary: true },
      { userId: "S1", primary: false },
    ]);
    await unlink("Cognito_Subject", "S1");
    expect(await identities("Corp_S1")).toMatchObject([{ userId: "S1", primary: true }]);
    expect((await signIn({ mail: "jane@example.com" }, "S1")).user.username).toBe("Corp_S1");
  });

  it("keeps an identity of the same value under another name when a link is removed", async () => {
    await scene();
    await api.call("AdminCreateUser", { UserPoolId, Username: "local", MessageAction: "SUPPRESS" });
    await link("Cognito_Subject", "jane@example.com");
    await link("email", "jane@example.com");
    await unlink("email", "jane@example.com");
    expect(await identities()).toMatchObject([{ userId: "jane@example.com" }]);
  });

  it("can be that of another provider's profile", async () => {
    const signIn = await scene();
    const { user } = await signIn({}, "S0");
    await link("email", "jane@example.com", { ProviderName: "Corp", ProviderAttributeValue: "S0" });
    expect((await signIn({ mail: "jane@example.com" })).user.sub).toBe(user.sub);
  });
});

describe("a later sign-in by a provider", () => {
  it("is rejected if it makes a required attribute blank or breaks a rule of an attribute, and changes nothing", async () => {
    const Schema = [
      { Name: "name", Required: true, Mutable: true },
      {
        Name: "code",
        AttributeDataType: "String",
        Mutable: true,
        StringAttributeConstraints: { MinLength: "2", MaxLength: "3" },
      },
    ];
    const signIn = await scene({ Schema }, { name: "name", "custom:code": "code" });
    await signIn({ name: "Jane", code: "12" });
    await expect(signIn({ name: "" })).rejects.toThrow("attributes required: [name]");
    await expect(signIn({ name: "John", code: "1234" })).rejects.toThrow("custom:code");
    expect((await signIn({})).user.attributes).toMatchObject({ name: "Jane", "custom:code": "12" });
  });

  it("keeps a new address verified that the provider has verified, as it had the one before", async () => {
    const signIn = await scene({}, { email: "mail", email_verified: "verified" });
    await signIn({ mail: "jane@example.com", verified: "true" });
    const { user } = await signIn({ mail: "other@example.com", verified: "true" });
    expect(user.attributes).toMatchObject({ email: "other@example.com", email_verified: "true" });
    const withoutFlag = await signIn({ mail: "third@example.com" });
    expect(withoutFlag.user.attributes.email_verified).toBe("false");
    const withoutAddress = await signIn({ mail: "", verified: "false" });
    expect(withoutAddress.user.attributes).toEqual({ identities: expect.any(String) });
  });

  it("changes the alias of a linked user with the attribute", async () => {
    const mapping = { email: "mail", email_verified: "verified" };
    const signIn = await scene({ AliasAttributes: ["email"] }, mapping);
    const named = async (Username: string) => {
      const user = await api.outcome("AdminGetUser", { UserPoolId, Username });
      return typeof user === "string" ? user : "found";
    };
    const UserAttributes = [
      { Name: "email", Value: "jane@example.com" },
      { Name: "email_verified", Value: "true" },
    ];
    const local = { UserPoolId, Username: "local", MessageAction: "SUPPRESS" } as const;
    await api.call("AdminCreateUser", { ...local, UserAttributes });
    await api.call("AdminLinkProviderForUser", {
      UserPoolId,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "local" },
      SourceUser: {
        ProviderName: "Corp",
        ProviderAttributeName: "Cognito_Subject",
        ProviderAttributeValue: "S1",
      },
    });
    expect(await named("jane@example.com")).toBe("found");
    await signIn({ mail: "other@example.com", verified: "true" });
    expect(await named("other@example.com")).toBe("found");
    expect(await named("jane@example.com")).toContain("UserNotFoundException");
  });

  it("modifies the user only if a value has changed", async () => {
    const signIn = await scene({}, { name: "name" });
    const { user } = await signIn({ name: "Jane" });
    context.clock.advance(1000);
    expect((await signIn({ name: "Jane" })).user.lastModifiedAt).toBe(user.lastModifiedAt);
    expect((await signIn({ name: "John" })).user.lastModifiedAt).toBe(context.clock.now());
  });

  it("of a linked identity modifies the user only if its issuer or a value has changed", async () => {
    const signIn = await scene();
    await api.call("AdminCreateUser", { UserPoolId, Username: "local", MessageAction: "SUPPRESS" });
    await api.call("AdminLinkProviderForUser", {
      UserPoolId,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "local" },
      SourceUser: {
        ProviderName: "Corp",
        ProviderAttributeName: "Cognito_Subject",
        ProviderAttributeValue: "S1",
      },
    });
    const modified = async (issuer: string | null) => {
      const { user } = await signIn({}, "S1", "Corp", issuer);
      expect(JSON.parse(user.attributes.identities ?? "")).toMatchObject([{ userId: "S1", issuer }]);
      return user.lastModifiedAt;
    };
    const before = await modified(null);
    context.clock.advance(1000);
    expect(await modified(null)).toBe(before);
    expect(await modified("https://idp.example.com")).toBe(context.clock.now());
    context.clock.advance(1000);
    expect(await modified("https://idp.example.com")).toBe(context.clock.now() - 1000);
  });

  it("ends the least recently used session above the pool's limit, as other sign-ins do", async () => {
    const signIn = await scene();
    await api.call("SetUserPoolSessionConfiguration", {
      UserPoolId,
      UserSessionTracking: "ENABLED",
      TokenSession: { MaxPerUser: 1 },
    });
    const { user, signIn: first } = await signIn({});
    expect((await listSessions(context, user, { limit: 10 })).items).toEqual([first]);
    expect(first.session?.ipAddress).toBe(context.request.sourceIp);
    context.clock.advance(1000);
    const { signIn: second } = await signIn({});
    expect((await listSessions(context, user, { limit: 10 })).items).toEqual([second]);
  });

  it("clears an attribute whose claim is blank, and keeps one whose claim is missing", async () => {
    const signIn = await scene({}, { name: "name", nickname: "nick" });
    await signIn({ name: "Jane", nick: "J" });
    const { user } = await signIn({ name: "" });
    expect(user.attributes.name).toBeUndefined();
    expect(user.attributes.nickname).toBe("J");
  });

  it("is rejected if a mapped attribute is immutable", async () => {
    const schema = [{ Name: "code", AttributeDataType: "String", Mutable: false }];
    const signIn = await scene({ Schema: schema }, { "custom:code": "code" });
    await signIn({ code: "1" });
    await expect(signIn({ code: "1" })).rejects.toThrow("user.custom:code: Attribute cannot be updated.\n");
  });

  it("sets an immutable attribute that has no value yet", async () => {
    const schema = [{ Name: "code", AttributeDataType: "String", Mutable: false }];
    const signIn = await scene({ Schema: schema }, { "custom:code": "code" });
    await signIn({});
    expect((await signIn({ code: "1" })).user.attributes["custom:code"]).toBe("1");
  });

  it("is rejected for a user whom PreAuthentication deletes", async () => {
    const signIn = await scene();
    await signIn({});
    functions = {
      PreAuthentication_Authentication: () =>
        api.call("AdminDeleteUser", { UserPoolId, Username: "Corp_S1" }),
    };
    await expect(signIn({})).rejects.toThrow("User does not exist.");
  });

  it.each(["Jane\0", "Jane\ud800"])(
    "is rejected for an id that is not text, and is not that of the user with U+FFFD in place of it: %j",
    async (subject) => {
      const signIn = await scene();
      await api.call("AdminCreateUser", { UserPoolId, Username: "jane" });
      const linked = { ProviderName: "Corp", ProviderAttributeName: "Cognito_Subject" };
      await api.call("AdminLinkProviderForUser", {
        UserPoolId,
        DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "jane" },
        SourceUser: { ...linked, ProviderAttributeValue: "Jane\ufffd" },
      });
      expect((await signIn({}, "Jane\ufffd")).user.username).toBe("jane");
      await expect(signIn({}, subject)).rejects.toThrow("Value at 'userName' failed to satisfy constraint");
    },
  );

  it("is rejected for a disabled user", async () => {
    const signIn = await scene();
    await signIn({});
    await api.call("AdminDisableUser", { UserPoolId, Username: "Corp_S1" });
    await expect(signIn({})).rejects.toThrow("User is not enabled");
  });

  it("is revoked if PostAuthentication throws", async () => {
    const signIn = await scene();
    const { user } = await signIn({});
    functions = {
      PostAuthentication_Authentication: () => {
        throw new UserLambdaValidationException("PostAuthentication failed with error no.");
      },
    };
    const sessions = async () => (await listSessions(context, user, { limit: 10 })).items;
    const before = await sessions();
    context.clock.advance(1000);
    await expect(signIn({})).rejects.toThrow("PostAuthentication failed with error no.");
    expect(before).toHaveLength(1);
    expect(await sessions()).toEqual(before);
  });
});

describe("the InboundFederation function", () => {
  it("replaces the claims: omitted ones are dropped, and names of attributes are applied directly", async () => {
    const signIn = await scene({}, { email: "mail", name: "name" });
    functions = {
      InboundFederation_ExternalProvider: () => ({
        userAttributesToMap: { mail: "chosen@example.com", nickname: "J" },
      }),
    };
    const { user } = await signIn({ mail: "jane@example.com", name: "Jane" });
    expect(user.attributes).toMatchObject({ email: "chosen@example.com", nickname: "J" });
    expect(user.attributes.name).toBeUndefined();
  });

  it("names an attribute itself in place of the claim that is mapped to it", async () => {
    const signIn = await scene({}, { email: "mail", name: "display" });
    functions = {
      InboundFederation_ExternalProvider: () => ({
        userAttributesToMap: { email: "chosen@example.com", name: "Attribute", display: "Claim" },
      }),
    };
    const { user } = await signIn({ mail: "jane@example.com" });
    expect(user.attributes).toMatchObject({ email: "chosen@example.com", name: "Claim" });
  });

  it.each([
    ["none", {}],
    ["null", null],
    ["only claims that are null", { mail: null }],
  ])("keeps the claims if it returns %s", async (_, userAttributesToMap) => {
    const signIn = await scene();
    functions = { InboundFederation_ExternalProvider: () => ({ userAttributesToMap }) };
    expect((await signIn({ mail: "jane@example.com" })).user.attributes.email).toBe("jane@example.com");
  });

  it.each<[string, unknown]>([
    ["a list", ["mail"]],
    ["a text", "mail"],
    ["a claim that is an object", { mail: { toString: 1, valueOf: 1 } }],
    ["a claim that is a list", { mail: ["jane@example.com"] }],
  ])("is refused if it returns %s", async (_, userAttributesToMap) => {
    const signIn = await scene();
    functions = { InboundFederation_ExternalProvider: () => ({ userAttributesToMap }) };
    await expect(signIn({ mail: "jane@example.com" })).rejects.toThrow("Unrecognizable lambda output");
  });
});
