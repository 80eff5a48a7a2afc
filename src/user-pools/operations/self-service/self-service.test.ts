import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeliveryFailed } from "../../../delivery/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

const PASSWORD = "Correct-horse-1";
const OLD = "jane@example.com";
const NEW = "new@example.com";
const WRONG = "CodeMismatchException: Invalid verification code provided, please try again.";
const EXPIRED = "ExpiredCodeException: Invalid code provided, please request a code again.";
const LIMIT = "LimitExceededException: Attempt limit exceeded, please try after some time.";
const TAKEN = "AliasExistsException: An account with the given email already exists.";
const toNew = { Destination: "n***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" };

const SMS = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } };
const AUTO_EMAIL = { AutoVerifiedAttributes: ["email" as const] };
const FIRST = {
  ...AUTO_EMAIL,
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email" as const] },
};

let context: TestContext;
let api: Caller;
beforeAll(async () => {
  context = await testContext();
  api = caller(context);
});
afterAll(() => context.store.close());

const attributes = (values: Record<string, string>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
const sentCode = () => context.sent.at(-1)?.code ?? "no code";
const another = (code: string) => (code === "000000" ? "000001" : "000000");

interface Options {
  readonly pool?: Parameters<Caller["pool"]>[0];
  readonly client?: Parameters<Caller["client"]>[1];
  readonly values?: Record<string, string>;
}

/** A pool in which jane, whose address is verified, has signed in. */
async function signedIn({ pool = AUTO_EMAIL, client = {}, values }: Options = {}) {
  const UserPoolId = await api.pool(pool);
  const ClientId = await api.client(UserPoolId, client);
  const addUser = async (Username: string, given: Record<string, string>) => {
    await api.call("AdminCreateUser", {
      UserPoolId,
      Username,
      UserAttributes: attributes(given),
      MessageAction: "SUPPRESS",
    });
    await api.call("AdminSetUserPassword", { UserPoolId, Username, Password: PASSWORD, Permanent: true });
  };
  const Username = pool.UsernameAttributes === undefined ? "jane" : OLD;
  await addUser(Username, values ?? { email: OLD, email_verified: "true" });
  const AccessToken = await api.signIn(ClientId, Username, PASSWORD);
  return {
    UserPoolId,
    ClientId,
    AccessToken,
    addUser,
    update: (given: Record<string, string>) =>
      api.outcome("UpdateUserAttributes", { AccessToken, UserAttributes: attributes(given) }),
    adminUpdate: (given: Record<string, string>) =>
      api.outcome("AdminUpdateUserAttributes", {
        UserPoolId,
        Username,
        UserAttributes: attributes(given),
      }),
    remove: (...UserAttributeNames: string[]) =>
      api.outcome("DeleteUserAttributes", { AccessToken, UserAttributeNames }),
    askCode: (AttributeName = "email") =>
      api.outcome("GetUserAttributeVerificationCode", { AccessToken, AttributeName }),
    verify: (Code: string, AttributeName = "email") =>
      api.outcome("VerifyUserAttribute", { AccessToken, AttributeName, Code }),
    async shown() {
      const { UserAttributes = [] } = await api.call("GetUser", { AccessToken });
      return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
    },
    find: (name: string) => api.outcome("AdminGetUser", { UserPoolId, Username: name }),
  };
}

describe("UpdateUserAttributes", () => {
  it("sets and removes values, and sends no code for attributes that are not verified by one", async () => {
    const jane = await signedIn({ pool: {} });
    expect(await jane.update({ name: "Jane", nickname: "J", email: NEW })).toEqual({});
    expect(await jane.update({ nickname: "" })).toEqual({});
    expect(await jane.shown()).toMatchObject({ name: "Jane", email: NEW, email_verified: "false" });
    expect(await jane.shown()).not.toHaveProperty("nickname");
  });

  it("sends a code to a new address that the pool verifies, which replaces the old one immediately", async () => {
    const jane = await signedIn();
    expect(await jane.update({ email: NEW })).toEqual({ CodeDeliveryDetailsList: [toNew] });
    expect(context.sent.at(-1)).toMatchObject({ destination: NEW, purpose: "UpdateUserAttribute" });
    expect(await jane.shown()).toMatchObject({ email: NEW, email_verified: "false" });
    expect(await jane.verify(sentCode())).toEqual({});
    expect(await jane.shown()).toMatchObject({ email: NEW, email_verified: "true" });
  });

  it("sends nothing for the user's current address, and keeps its verified flag", async () => {
    const jane = await signedIn();
    const before = context.sent.length;
    expect(await jane.update({ email: OLD })).toEqual({});
    expect(await jane.shown()).toMatchObject({ email: OLD, email_verified: "true" });
    expect(context.sent.length).toBe(before);
  });

  it("keeps the old address until the new one is verified, if the pool is configured so", async () => {
    const jane = await signedIn({ pool: { ...FIRST, AliasAttributes: ["email"] } });
    expect(await jane.update({ email: NEW, name: "Jane" })).toEqual({ CodeDeliveryDetailsList: [toNew] });
    expect(await jane.shown()).toMatchObject({ email: OLD, email_verified: "true", name: "Jane" });
    expect(await jane.find(OLD)).toMatchObject({ Username: "jane" });
    expect(await jane.verify(sentCode())).toEqual({});
    expect(await jane.shown()).toMatchObject({ email: NEW, email_verified: "true" });
    expect(await jane.find(NEW)).toMatchObject({ Username: "jane" });
    expect(await jane.find(OLD)).toMatch(/^UserNotFoundException/);
  });

  it("discards an unverified address when the user sets the old one again", async () => {
    const jane = await signedIn({ pool: FIRST });
    await jane.update({ email: NEW });
    const code = sentCode();
    await jane.update({ email: OLD });
    expect(await jane.verify(code)).toBe(EXPIRED);
    expect(await jane.shown()).toMatchObject({ email: OLD, email_verified: "true" });
  });

  it("rejects an address that is another user's alias, verified or not yet", async () => {
    for (const pool of [AUTO_EMAIL, FIRST]) {
      const jane = await signedIn({ pool: { ...pool, UsernameAttributes: ["email"] } });
      await jane.addUser(NEW, {});
      expect(await jane.update({ email: NEW })).toBe(TAKEN);
    }
  });

  it("keeps the change if its code cannot be delivered", async () => {
    const jane = await signedIn();
    const failing = await testContext({
      store: context.store,
      tokens: context.tokens,
      delivery: {
        send: async () => {
          throw new DeliveryFailed("no");
        },
      },
    });
    expect(
      await caller(failing).outcome("UpdateUserAttributes", {
        AccessToken: jane.AccessToken,
        UserAttributes: attributes({ email: NEW }),
      }),
    ).toBe("CodeDeliveryFailureException: Unable to send the message.");
    expect(await jane.shown()).toMatchObject({ email: NEW });
  });

  it.each([
    [
      { email_verified: "true" },
      "InvalidParameterException: Cannot modify the non-mutable attribute email_verified",
    ],
    [{ sub: "x" }, "InvalidParameterException: Cannot modify the non-mutable attribute sub"],
    [
      { nickname: "J", name: "J" },
      "NotAuthorizedException: A client attempted to write unauthorized attribute",
    ],
    [
      { update_email: "x" },
      "InvalidParameterException: user.update_email: Attribute does not exist in the schema.\n",
    ],
    [{ email: "nobody" }, "InvalidParameterException: Invalid email address format."],
  ])("rejects %j, and changes nothing", async (given, message) => {
    const jane = await signedIn({ client: { WriteAttributes: ["email", "name"] } });
    expect(await jane.update(given)).toBe(message);
    expect(await jane.shown()).not.toHaveProperty("name");
  });

  it("rejects the sub and username of another user as a preferred username", async () => {
    const jane = await signedIn({ pool: { AliasAttributes: ["preferred_username"] } });
    await jane.addUser("victim", {});
    const { sub } = Object.fromEntries(
      (
        (await api.call("AdminGetUser", { UserPoolId: jane.UserPoolId, Username: "victim" }))
          .UserAttributes ?? []
      ).map(({ Name, Value = "" }) => [Name, Value]),
    );
    for (const name of [sub ?? "", "victim"]) {
      expect(await jane.update({ preferred_username: name })).toBe(
        "AliasExistsException: User account already exists for the alias.",
      );
    }
  });
});

describe("codes to changed addresses", () => {
  const addresses = Array.from({ length: 20 }, (_, index) => `jane-${index}@example.com`);
  const LAST = "jane-last@example.com";

  it("are at most twenty an hour by UpdateUserAttributes, which then changes nothing", async () => {
    const jane = await signedIn();
    for (const email of addresses) {
      expect(await jane.update({ email })).toHaveProperty("CodeDeliveryDetailsList");
    }
    const before = context.sent.length;
    expect(await jane.update({ email: LAST, nickname: "J" })).toBe(
      "TooManyRequestsException: Attempt limit exceeded, please try after some time.",
    );
    expect(await jane.shown()).toMatchObject({ email: addresses[19] });
    expect(await jane.shown()).not.toHaveProperty("nickname");
    expect(context.sent.length).toBe(before);
    expect(await jane.update({ nickname: "J" })).toEqual({});
    context.clock.advance(3600 * 1000);
    const AccessToken = await api.signIn(jane.ClientId, "jane", PASSWORD);
    const UserAttributes = attributes({ email: LAST });
    expect(await api.outcome("UpdateUserAttributes", { AccessToken, UserAttributes })).toHaveProperty(
      "CodeDeliveryDetailsList",
    );
  });

  it("have no limit for administrators", async () => {
    const jane = await signedIn();
    for (const email of [...addresses, LAST]) expect(await jane.adminUpdate({ email })).toEqual({});
    expect(context.sent.at(-1)?.destination).toBe(LAST);
  });
});

describe("AdminUpdateUserAttributes", () => {
  it("sends a code to a new address that the pool verifies", async () => {
    const jane = await signedIn();
    expect(await jane.adminUpdate({ email: NEW })).toEqual({});
    expect(context.sent.at(-1)).toMatchObject({ destination: NEW, purpose: "UpdateUserAttribute" });
    expect(await jane.verify(sentCode())).toEqual({});
  });

  it("sends no code if the request says that the address is verified", async () => {
    const jane = await signedIn({ pool: FIRST });
    const before = context.sent.length;
    await jane.adminUpdate({ email: NEW, email_verified: "true" });
    expect(await jane.shown()).toMatchObject({ email: NEW, email_verified: "true" });
    expect(context.sent.length).toBe(before);
  });
});

describe("DeleteUserAttributes", () => {
  it("removes attributes, and an address together with its flag and its unverified new value", async () => {
    const jane = await signedIn({ pool: FIRST });
    await jane.update({ email: NEW });
    expect(await jane.remove("email", "nickname")).toEqual({});
    expect(await jane.shown()).not.toHaveProperty("email");
    expect(await jane.shown()).not.toHaveProperty("email_verified");
    expect(await jane.verify(sentCode())).toBe(EXPIRED);
  });

  it.each([
    [
      ["custom:unknown"],
      "InvalidParameterException: Invalid user attributes: Type for attribute {custom:unknown} could not be determined",
    ],
    [
      ["family_name"],
      "InvalidParameterException: Invalid user attributes: name.familyName: The attribute name.familyName is required",
    ],
    [["sub"], "InvalidParameterException: Cannot modify the non-mutable attribute sub"],
    [
      ["phone_number_verified"],
      "InvalidParameterException: Cannot modify the non-mutable attribute phone_number_verified",
    ],
    [["nickname"], "NotAuthorizedException: A client attempted to write unauthorized attribute"],
  ])("refuses %j", async (names, message) => {
    const jane = await signedIn({
      pool: { Schema: [{ Name: "family_name", Required: true }] },
      client: { WriteAttributes: ["family_name", "email"] },
      values: { family_name: "Doe" },
    });
    expect(await jane.remove(...names)).toBe(message);
  });
});

describe("GetUserAttributeVerificationCode", () => {
  it("sends a code to the user's address, verified or not", async () => {
    const jane = await signedIn({ pool: {} });
    expect(await jane.askCode()).toEqual({
      CodeDeliveryDetails: { Destination: "j***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
    });
    expect(context.sent.at(-1)).toMatchObject({ destination: OLD, purpose: "VerifyUserAttribute" });
    expect(await jane.verify(sentCode())).toEqual({});
  });

  it("sends it to the present address while another waits for verification, which then still waits", async () => {
    const jane = await signedIn({ pool: FIRST });
    await jane.update({ email: NEW });
    await jane.askCode();
    expect(context.sent.at(-1)?.destination).toBe(OLD);
    expect(await jane.verify(sentCode())).toEqual({});
    expect(await jane.shown()).toMatchObject({ email: OLD, email_verified: "true" });
    expect(await jane.update({ email: NEW })).toEqual({ CodeDeliveryDetailsList: [toNew] });
    expect(await jane.verify(sentCode())).toEqual({});
    expect(await jane.shown()).toMatchObject({ email: NEW, email_verified: "true" });
  });

  it("sends none to an address that waits where the user has no other", async () => {
    const jane = await signedIn({ pool: FIRST, values: {} });
    expect(await jane.update({ email: NEW })).toEqual({ CodeDeliveryDetailsList: [toNew] });
    expect(await jane.askCode()).toBe(
      "InvalidParameterException: User does not have a valid registered email",
    );
    expect(await jane.verify(sentCode())).toEqual({});
    expect(await jane.shown()).toMatchObject({ email: NEW, email_verified: "true" });
  });

  it("rejects other attributes, and addresses that the user does not have", async () => {
    const jane = await signedIn({ values: {} });
    expect(await jane.askCode("name")).toBe(
      "InvalidParameterException: Invalid attribute name. Only phone_number and email can be verified.",
    );
    expect(await jane.askCode("phone_number")).toBe(
      "InvalidParameterException: User does not have a valid registered phone number",
    );
    expect(await jane.askCode()).toBe(
      "InvalidParameterException: User does not have a valid registered email",
    );
  });

  it("sends at most five codes an hour", async () => {
    const jane = await signedIn();
    for (let time = 0; time < 5; time++) expect(await jane.askCode()).toHaveProperty("CodeDeliveryDetails");
    expect(await jane.askCode()).toBe(LIMIT);
  });
});

describe("VerifyUserAttribute", () => {
  it("rejects a wrong code, one that was used, one that expired, and one for another attribute", async () => {
    const jane = await signedIn({
      pool: { ...SMS, AutoVerifiedAttributes: ["email", "phone_number"] },
      values: { email: OLD, phone_number: "+15551234567" },
    });
    expect(await jane.verify("123456")).toBe(EXPIRED);
    await jane.askCode();
    const code = sentCode();
    expect(await jane.verify(another(code))).toBe(WRONG);
    expect(await jane.verify(code, "phone_number")).toBe(EXPIRED);
    expect(await jane.verify(code)).toEqual({});
    expect(await jane.verify(code)).toBe(EXPIRED);
    expect(await jane.shown()).toMatchObject({ email_verified: "true" });
    await jane.askCode("phone_number");
    context.clock.advance(24 * 3600 * 1000);
    const AccessToken = await api.signIn(jane.ClientId, "jane", PASSWORD);
    expect(
      await api.outcome("VerifyUserAttribute", {
        AccessToken,
        AttributeName: "phone_number",
        Code: sentCode(),
      }),
    ).toBe(EXPIRED);
  });

  it("allows 15 attempts an hour", async () => {
    const jane = await signedIn();
    await jane.askCode();
    const code = sentCode();
    for (let attempt = 0; attempt < 15; attempt++) expect(await jane.verify(another(code))).toBe(WRONG);
    expect(await jane.verify(code)).toBe(LIMIT);
  });

  it("rejects an address that is another user's alias, and the code stays valid", async () => {
    const jane = await signedIn({ pool: { ...AUTO_EMAIL, AliasAttributes: ["email"] } });
    await jane.addUser("joe", { email: NEW, email_verified: "true" });
    await jane.update({ email: NEW });
    const code = sentCode();
    expect(await jane.verify(code)).toBe(TAKEN);
    await api.call("AdminDeleteUser", { UserPoolId: jane.UserPoolId, Username: "joe" });
    expect(await jane.verify(code)).toEqual({});
    expect(await jane.find(NEW)).toMatchObject({ Username: "jane" });
  });
});

describe("DeleteUser", () => {
  it("deletes the user, whose tokens stop working", async () => {
    const jane = await signedIn();
    const { AccessToken } = jane;
    await api.call("DeleteUser", { AccessToken });
    expect(await jane.find("jane")).toMatch(/^UserNotFoundException/);
    expect(await api.outcome("DeleteUser", { AccessToken })).toBe(
      "UserNotFoundException: User does not exist.",
    );
  });
});
