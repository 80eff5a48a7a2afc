import { beforeEach, describe, expect, it } from "vitest";
import type { CreateUserPoolRequest } from "../../../api-model/index.ts";
import { TEST_TIME, type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";
import { hasPassword } from "./testing.ts";

let context: TestContext;
let api: Caller;
beforeEach(async () => {
  context = await testContext();
  api = caller(context);
});

const quietly = { MessageAction: "SUPPRESS" } as const;
const attributes = (values: Record<string, string>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
const stored = (UserPoolId: string, username: string) => context.store.users.find(UserPoolId, username);
const passwordIs = (UserPoolId: string, username: string, password: string) =>
  hasPassword(context, UserPoolId, username, password);
const exists = (message: string) => ["UsernameExistsException", message];
const invalid = (message: string) => ["InvalidParameterException", message];

describe("AdminCreateUser", () => {
  it("returns the user, sub last, who must change the temporary password", async () => {
    const UserPoolId = await api.pool();
    const { User } = await api.call("AdminCreateUser", {
      UserPoolId,
      Username: "jane",
      TemporaryPassword: "Temporary-1",
      UserAttributes: attributes({ email: "jane@example.com", email_verified: "True" }),
      ...quietly,
    });
    const user = await stored(UserPoolId, "jane");
    expect(User).toEqual({
      Username: "jane",
      Attributes: attributes({ email: "jane@example.com", email_verified: "true", sub: user?.sub ?? "" }),
      UserCreateDate: TEST_TIME,
      UserLastModifiedDate: TEST_TIME,
      Enabled: true,
      UserStatus: "FORCE_CHANGE_PASSWORD",
    });
    expect(user?.sub).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-70[0-9a-f]{2}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    expect(user?.password).toMatchObject({ temporary: true, setAt: TEST_TIME });
    expect(await passwordIs(UserPoolId, "jane", "Temporary-1")).toBe(true);
  });

  it("needs only a username, and sends nothing without an address", async () => {
    const UserPoolId = await api.pool();
    await api.call("AdminCreateUser", { UserPoolId, Username: "jane" });
    expect((await stored(UserPoolId, "jane"))?.status).toBe("FORCE_CHANGE_PASSWORD");
    expect(context.sent).toEqual([]);
  });

  it("uses the sub of a seed", async () => {
    const UserPoolId = await api.pool();
    const sub = "11111111-2222-7033-8444-555555555555";
    await caller({ ...context, givenIds: { sub } }).call("AdminCreateUser", { UserPoolId, Username: "jane" });
    expect((await stored(UserPoolId, "jane"))?.sub).toBe(sub);
  });

  describe("rejects", () => {
    it("a pool that does not exist", async () => {
      const refusal = await api.refusal("AdminCreateUser", {
        UserPoolId: "us-east-1_nothing00",
        Username: "jane",
      });
      expect(refusal).toEqual(["ResourceNotFoundException", "User pool us-east-1_nothing00 does not exist."]);
    });

    it("a username that is taken", async () => {
      const UserPoolId = await api.pool();
      await api.call("AdminCreateUser", { UserPoolId, Username: "jane" });
      const refusal = await api.refusal("AdminCreateUser", { UserPoolId, Username: "jane" });
      expect(refusal).toEqual(exists("User account already exists"));
    });

    it("a username that differs from another only in case, if the pool ignores case", async () => {
      const UserPoolId = await api.pool({ UsernameConfiguration: { CaseSensitive: false } });
      await api.call("AdminCreateUser", { UserPoolId, Username: "Jane" });
      expect((await stored(UserPoolId, "jane"))?.username).toBe("jane");
      const refusal = await api.refusal("AdminCreateUser", { UserPoolId, Username: "JANE" });
      expect(refusal).toEqual(exists("User account already exists"));
    });

    it("all but one of several parallel calls for the same name", async () => {
      const UserPoolId = await api.pool();
      const making = Array.from({ length: 5 }, () =>
        api.call("AdminCreateUser", { UserPoolId, Username: "jane" }),
      );
      const results = await Promise.allSettled(making);
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await context.store.users.count(UserPoolId)).toBe(1);
    });

    it("a password that breaks the policy, in this operation's own text", async () => {
      const UserPoolId = await api.pool();
      const refusal = await api.refusal("AdminCreateUser", {
        UserPoolId,
        Username: "jane",
        TemporaryPassword: "temporary-1",
      });
      expect(refusal).toEqual([
        "InvalidPasswordException",
        "Password did not conform with password policy: Password must have uppercase characters",
      ]);
      expect(await stored(UserPoolId, "jane")).toBeUndefined();
    });

    it.each([
      [
        { "custom:plan": "gold" },
        "Attributes did not conform to the schema: Type for attribute {custom:plan} could not be determined",
      ],
      [{ sub: "x" }, "Cannot modify the non-mutable attribute sub"],
      [{ email: "jane" }, "Invalid email address format."],
      [{ phone_number: "555 1234" }, "Invalid phone number format."],
      [{ email_verified: "true" }, "email_verified cannot be true for a user without email."],
    ])("the attributes %j", async (values, message) => {
      const UserPoolId = await api.pool();
      const UserAttributes = attributes(values as Record<string, string>);
      const refusal = await api.refusal("AdminCreateUser", { UserPoolId, Username: "jane", UserAttributes });
      expect(refusal).toEqual(invalid(message));
    });

    it("a medium that the user has no address for", async () => {
      const refusal = await api.refusal("AdminCreateUser", {
        UserPoolId: await api.pool(),
        Username: "jane",
        UserAttributes: attributes({ phone_number: "+15551234567" }),
        DesiredDeliveryMediums: ["SMS", "EMAIL"],
      });
      expect(refusal).toEqual(
        invalid("User does not have the attribute email, which the delivery medium EMAIL needs."),
      );
    });
  });

  it("does not demand the pool's required attributes", async () => {
    const UserPoolId = await api.pool({ Schema: [{ Name: "given_name", Required: true }] });
    await api.call("AdminCreateUser", { UserPoolId, Username: "jane" });
    expect(await stored(UserPoolId, "jane")).toBeDefined();
  });
});

describe("AdminCreateUser in a pool whose usernames are addresses", () => {
  it("uses the sub as username, and the user is found by the address, verified or not", async () => {
    const UserPoolId = await api.pool({ UsernameAttributes: ["email"] });
    const { User } = await api.call("AdminCreateUser", {
      UserPoolId,
      Username: "jane@example.com",
      UserAttributes: attributes({ name: "Jane" }),
      ...quietly,
    });
    const user = await stored(UserPoolId, "jane@example.com");
    expect(User?.Username).toBe(user?.sub);
    expect(User?.Attributes).toEqual(
      attributes({ email: "jane@example.com", name: "Jane", sub: user?.sub ?? "" }),
    );
    expect(await stored(UserPoolId, user?.sub ?? "")).toEqual(user);
  });

  it("makes the SRP verifier for the sub, which the challenge names to clients", async () => {
    const UserPoolId = await api.pool({ UsernameAttributes: ["email"] });
    await api.call("AdminCreateUser", {
      UserPoolId,
      Username: "jane@example.com",
      TemporaryPassword: "Temporary-1",
      ...quietly,
    });
    expect(await passwordIs(UserPoolId, "jane@example.com", "Temporary-1")).toBe(true);
  });

  it("accepts the same address as username and as attribute", async () => {
    const UserPoolId = await api.pool({ UsernameAttributes: ["email", "phone_number"] });
    const make = (Username: string, values: Record<string, string>) => ({
      UserPoolId,
      Username,
      UserAttributes: attributes(values),
      ...quietly,
    });
    await api.call(
      "AdminCreateUser",
      make("a@example.com", { email: "a@example.com", phone_number: "+1555" }),
    );
    expect((await stored(UserPoolId, "+1555"))?.attributes.email).toBe("a@example.com");
    expect(await api.refusal("AdminCreateUser", make("b@example.com", { email: "c@example.com" }))).toEqual(
      invalid("User email should be empty or same as username, since username attribute is email"),
    );
    expect(await api.refusal("AdminCreateUser", make("+1666", { phone_number: "+1777" }))).toEqual(
      invalid(
        "User phone number should be empty or same as username, since username attribute is phone number",
      ),
    );
  });

  it("rejects a username that is not an address", async () => {
    const UserPoolId = await api.pool({ UsernameAttributes: ["email"] });
    const refusal = await api.refusal("AdminCreateUser", { UserPoolId, Username: "jane" });
    expect(refusal).toEqual(invalid("Username should be an email."));
  });

  it("rejects an address that is taken, as username or as attribute", async () => {
    const UserPoolId = await api.pool({
      UsernameAttributes: ["email", "phone_number"],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const make = (Username: string, values: Record<string, string> = {}) => ({
      UserPoolId,
      Username,
      UserAttributes: attributes(values),
      ...quietly,
    });
    await api.call("AdminCreateUser", make("jane@example.com", { phone_number: "+1555" }));
    expect(await api.refusal("AdminCreateUser", make("Jane@Example.com"))).toEqual(
      exists("An account with the given email already exists."),
    );
    expect(await api.refusal("AdminCreateUser", make("bob@example.com", { phone_number: "+1555" }))).toEqual(
      exists("An account with the given phone_number already exists."),
    );
  });
});

describe("AdminCreateUser in a pool with aliases", () => {
  const make = (UserPoolId: string, Username: string, verified: string, ForceAliasCreation?: boolean) => ({
    UserPoolId,
    Username,
    UserAttributes: attributes({ email: "same@example.com", email_verified: verified }),
    ForceAliasCreation,
    ...quietly,
  });

  it("lets users share an address while it is not verified", async () => {
    const UserPoolId = await api.pool({ AliasAttributes: ["email"] });
    await api.call("AdminCreateUser", make(UserPoolId, "jane", "false"));
    await api.call("AdminCreateUser", make(UserPoolId, "bob", "true"));
    expect((await stored(UserPoolId, "same@example.com"))?.username).toBe("bob");
  });

  it("rejects a verified address that is another user's alias", async () => {
    const UserPoolId = await api.pool({ AliasAttributes: ["email"] });
    await api.call("AdminCreateUser", make(UserPoolId, "jane", "true"));
    expect(await api.refusal("AdminCreateUser", make(UserPoolId, "bob", "true"))).toEqual(
      exists("An account with the given email already exists."),
    );
  });

  it("moves the alias with ForceAliasCreation, and makes the address of its old owner unverified", async () => {
    const UserPoolId = await api.pool({ AliasAttributes: ["email"] });
    await api.call("AdminCreateUser", make(UserPoolId, "jane", "true"));
    context.clock.advance(1000);
    await api.call("AdminCreateUser", make(UserPoolId, "bob", "true", true));
    expect((await stored(UserPoolId, "same@example.com"))?.username).toBe("bob");
    expect(await stored(UserPoolId, "jane")).toMatchObject({
      attributes: { email: "same@example.com", email_verified: "false" },
      signInNames: [{ kind: "username", key: "jane" }],
      lastModifiedAt: TEST_TIME + 1000,
    });
  });

  it("rejects an address as a preferred username, because it could be confused with the owner of the address", async () => {
    const UserPoolId = await api.pool({ AliasAttributes: ["email", "preferred_username"] });
    const refusal = await api.refusal("AdminCreateUser", {
      UserPoolId,
      Username: "eve",
      UserAttributes: attributes({ preferred_username: "same@example.com" }),
      ...quietly,
    });
    expect(refusal).toEqual(
      invalid("Username cannot be of email format, since user pool is configured for email alias."),
    );
  });

  it("rejects the sub or username of another user as a username or preferred username", async () => {
    const UserPoolId = await api.pool({ AliasAttributes: ["preferred_username"] });
    const { User } = await api.call("AdminCreateUser", { UserPoolId, Username: "victim", ...quietly });
    const sub = User?.Attributes?.find(({ Name }) => Name === "sub")?.Value ?? "";
    const create = (Username: string, preferred?: string) =>
      api.refusal("AdminCreateUser", {
        UserPoolId,
        Username,
        UserAttributes: preferred === undefined ? [] : attributes({ preferred_username: preferred }),
        ...quietly,
      });
    expect(await create(sub)).toEqual(exists("User account already exists"));
    for (const name of [sub, "victim"]) {
      expect(await create("eve", name)).toEqual(
        exists("An account with the given preferred_username already exists."),
      );
    }
    await api.call("AdminCreateUser", {
      UserPoolId,
      Username: "eve",
      UserAttributes: attributes({ preferred_username: "evening" }),
      ...quietly,
    });
    expect(await create("evening")).toEqual(exists("User account already exists"));
    const update = (name: string) =>
      api.refusal("AdminUpdateUserAttributes", {
        UserPoolId,
        Username: "eve",
        UserAttributes: attributes({ preferred_username: name }),
      });
    for (const name of [sub, "victim"]) {
      expect(await update(name)).toEqual([
        "AliasExistsException",
        "User account already exists for the alias.",
      ]);
    }
  });

  it("moves no alias if the user cannot be created", async () => {
    const UserPoolId = await api.pool({ AliasAttributes: ["email"] });
    await api.call("AdminCreateUser", make(UserPoolId, "jane", "true"));
    await api.call("AdminCreateUser", { UserPoolId, Username: "bob" });
    const refusal = await api.refusal("AdminCreateUser", make(UserPoolId, "bob", "true", true));
    expect(refusal).toEqual(exists("User account already exists"));
    expect((await stored(UserPoolId, "same@example.com"))?.username).toBe("jane");
  });

  it("does not move the alias of an address that is not verified", async () => {
    const UserPoolId = await api.pool({ AliasAttributes: ["email"] });
    await api.call("AdminCreateUser", make(UserPoolId, "jane", "true"));
    await api.call("AdminCreateUser", make(UserPoolId, "bob", "false", true));
    expect((await stored(UserPoolId, "same@example.com"))?.username).toBe("jane");
  });
});

describe("AdminCreateUser in a pool with passwordless sign-in", () => {
  const policies: Partial<CreateUserPoolRequest> = {
    Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
  };
  const email = attributes({ email: "jane@example.com" });

  it("creates a confirmed user without a password", async () => {
    const UserPoolId = await api.pool(policies);
    const { User } = await api.call("AdminCreateUser", {
      UserPoolId,
      Username: "jane",
      UserAttributes: email,
    });
    expect(User?.UserStatus).toBe("CONFIRMED");
    expect((await stored(UserPoolId, "jane"))?.password).toBeUndefined();
  });

  it("creates a user with a given password", async () => {
    const UserPoolId = await api.pool(policies);
    const input = { UserPoolId, Username: "jane", UserAttributes: email, TemporaryPassword: "Temporary-1" };
    expect((await api.call("AdminCreateUser", input)).User?.UserStatus).toBe("FORCE_CHANGE_PASSWORD");
  });

  it("rejects a user with neither a password nor an address", async () => {
    const UserPoolId = await api.pool(policies);
    expect(await api.refusal("AdminCreateUser", { UserPoolId, Username: "jane" })).toEqual(
      invalid("A user without a password needs an email or a phone number."),
    );
  });

  it("does not send an invitation with a placeholder for the password", async () => {
    const UserPoolId = await api.pool(policies);
    const input = {
      UserPoolId,
      Username: "jane",
      UserAttributes: email,
      DesiredDeliveryMediums: ["EMAIL" as const],
    };
    await api.call("AdminCreateUser", input);
    expect(context.sent).toEqual([]);
  });

  it("sends an invitation without a placeholder for the password", async () => {
    const UserPoolId = await api.pool({
      ...policies,
      AdminCreateUserConfig: { InviteMessageTemplate: { EmailMessage: "Welcome, {username}" } },
    });
    const input = {
      UserPoolId,
      Username: "jane",
      UserAttributes: email,
      DesiredDeliveryMediums: ["EMAIL" as const],
    };
    await api.call("AdminCreateUser", input);
    expect(context.sent.map(({ body }) => body)).toEqual(["Welcome, jane"]);
  });
});
