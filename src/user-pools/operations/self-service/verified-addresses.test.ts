import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testContext } from "../../testing.ts";
import { caller } from "../testing.ts";

/**
 * In any order of calls of users and guests, an address is verified only for a caller who gave a code that went to it. The
 * administrator's `email_verified` is left out, since that is its purpose.
 */

const PASSWORD = "Correct-horse-1";
const ADDRESSES = ["a@example.com", "b@example.com", "c@example.com"];
const USERS = ["jane", "joe"];

const user = fc.constantFrom(...USERS);
const address = fc.constantFrom(...ADDRESSES);
/** Which of the codes that were sent so far, the newest first; beyond them a guess. */
const which = fc.nat(3);

const step = fc.oneof(
  fc.record({ call: fc.constant("SignUp" as const), user, address }),
  fc.record({ call: fc.constant("ConfirmSignUp" as const), user, which, force: fc.boolean() }),
  fc.record({ call: fc.constant("ResendConfirmationCode" as const), user }),
  fc.record({ call: fc.constant("AdminConfirmSignUp" as const), user }),
  fc.record({ call: fc.constant("UpdateUserAttributes" as const), user, address }),
  fc.record({ call: fc.constant("AdminUpdateUserAttributes" as const), user, address }),
  fc.record({ call: fc.constant("DeleteUserAttributes" as const), user }),
  fc.record({ call: fc.constant("GetUserAttributeVerificationCode" as const), user }),
  fc.record({ call: fc.constant("VerifyUserAttribute" as const), user, which }),
  fc.record({ call: fc.constant("ForgotPassword" as const), user }),
  fc.record({ call: fc.constant("ConfirmForgotPassword" as const), user, which }),
);

const pool = fc.record({
  aliases: fc.boolean(),
  provesFirst: fc.boolean(),
});

describe("a verified address", () => {
  it("belongs to a user who entered a code that was sent to it, after any sequence of calls", async () => {
    const context = await testContext();
    const api = caller(context);
    await fc.assert(
      fc.asyncProperty(pool, fc.array(step, { minLength: 4, maxLength: 24 }), async (settings, steps) => {
        const UserPoolId = await api.pool({
          AutoVerifiedAttributes: ["email"],
          ...(settings.aliases && { AliasAttributes: ["email"] }),
          ...(settings.provesFirst && {
            UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
          }),
        });
        const ClientId = await api.client(UserPoolId);
        const firstMessage = context.sent.length;
        const proved = new Set<string>();
        const tokens = new Map<string, string>();
        const sent = () => context.sent.slice(firstMessage).toReversed();
        const attempt = async (work: () => Promise<unknown>): Promise<boolean> => {
          context.clock.advance(1000);
          return work().then(
            () => true,
            () => false,
          );
        };
        const tokenOf = async (name: string) => {
          const held = tokens.get(name);
          if (held !== undefined) return held;
          const token = await api.signIn(ClientId, name, PASSWORD);
          tokens.set(name, token);
          return token;
        };

        for (const taken of steps) {
          const Username = taken.user;
          const message = "which" in taken ? sent()[taken.which] : undefined;
          const code = message?.code ?? "000000";
          /** A right code of another address or user must not pass, so only this one counts as a proof. */
          const isProof = message?.username === Username;
          await attempt(async () => {
            switch (taken.call) {
              case "SignUp":
                return api.call("SignUp", {
                  ClientId,
                  Username,
                  Password: PASSWORD,
                  UserAttributes: [{ Name: "email", Value: taken.address }],
                });
              case "ConfirmSignUp":
                await api.call("ConfirmSignUp", {
                  ClientId,
                  Username,
                  ConfirmationCode: code,
                  ForceAliasCreation: taken.force,
                });
                if (isProof) proved.add(`${Username} ${message?.destination}`);
                return;
              case "ResendConfirmationCode":
                return api.call("ResendConfirmationCode", { ClientId, Username });
              case "AdminConfirmSignUp":
                return api.call("AdminConfirmSignUp", { UserPoolId, Username });
              case "UpdateUserAttributes":
                return api.call("UpdateUserAttributes", {
                  AccessToken: await tokenOf(Username),
                  UserAttributes: [{ Name: "email", Value: taken.address }],
                });
              case "AdminUpdateUserAttributes":
                return api.call("AdminUpdateUserAttributes", {
                  UserPoolId,
                  Username,
                  UserAttributes: [{ Name: "email", Value: taken.address }],
                });
              case "DeleteUserAttributes":
                return api.call("DeleteUserAttributes", {
                  AccessToken: await tokenOf(Username),
                  UserAttributeNames: ["email"],
                });
              case "GetUserAttributeVerificationCode":
                return api.call("GetUserAttributeVerificationCode", {
                  AccessToken: await tokenOf(Username),
                  AttributeName: "email",
                });
              case "VerifyUserAttribute":
                await api.call("VerifyUserAttribute", {
                  AccessToken: await tokenOf(Username),
                  AttributeName: "email",
                  Code: code,
                });
                if (isProof) proved.add(`${Username} ${message?.destination}`);
                return;
              case "ForgotPassword":
                return api.call("ForgotPassword", { ClientId, Username });
              case "ConfirmForgotPassword":
                return api.call("ConfirmForgotPassword", {
                  ClientId,
                  Username,
                  ConfirmationCode: code,
                  Password: PASSWORD,
                });
            }
          });
          const { Users = [] } = await api.call("ListUsers", { UserPoolId });
          for (const { Username: name, Attributes = [] } of Users) {
            const values = Object.fromEntries(Attributes.map(({ Name, Value }) => [Name, Value]));
            if (values.email_verified === "true") expect(proved).toContain(`${name} ${values.email}`);
          }
          const holders = Users.filter(({ Attributes = [] }) =>
            Attributes.some(({ Name, Value }) => Name === "email_verified" && Value === "true"),
          ).map(({ Attributes = [] }) => Attributes.find(({ Name }) => Name === "email")?.Value);
          if (settings.aliases) expect(new Set(holders).size).toBe(holders.length);
        }
      }),
      { numRuns: 60 },
    );
    await context.store.close();
  });
});
