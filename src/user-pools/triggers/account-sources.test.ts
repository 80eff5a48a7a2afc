/**
 * Which operation fires which trigger source, in which order, and with which event, whole. How functions run, and their
 * errors, are tested in `test/triggers/`.
 */
import { describe, expect, it } from "vitest";
import {
  clientMetadata,
  email,
  message,
  NOT_APPLICABLE,
  PASSWORD,
  recordEvents,
  scene,
  VERIFIES,
  verifiedEmail,
} from "./testing.ts";

const recorded = recordEvents();

describe("sign-up", () => {
  const signUp = (here: Awaited<ReturnType<typeof scene>>) =>
    here.call("SignUp", {
      ClientId: here.clientId,
      Username: "jane",
      Password: PASSWORD,
      UserAttributes: [{ Name: "email", Value: email.email }],
      ValidationData: [{ Name: "captcha", Value: "ok" }],
    });
  const asked = { userAttributes: email, validationData: { captcha: "ok" }, clientMetadata };

  it("invokes PreSignUp and CustomMessage in SignUp, CustomMessage in ResendConfirmationCode, PostConfirmation in ConfirmSignUp", async () => {
    const here = await scene(recorded, VERIFIES);
    await signUp(here);
    const userAttributes = await here.attributesOf();
    expect(here.taken()).toEqual([
      here.event("PreSignUp_SignUp", asked),
      here.event("CustomMessage_SignUp", { userAttributes, ...message }),
    ]);
    const named = { ClientId: here.clientId, Username: "jane" };
    await here.call("ResendConfirmationCode", named);
    expect(here.taken()).toEqual([here.event("CustomMessage_ResendCode", { userAttributes, ...message })]);
    await here.call("ConfirmSignUp", { ...named, ConfirmationCode: here.code() });
    const confirmed = await here.attributesOf();
    expect(confirmed["cognito:user_status"]).toBe("CONFIRMED");
    expect(here.taken()).toEqual([
      here.event("PostConfirmation_ConfirmSignUp", { userAttributes: confirmed, clientMetadata }),
    ]);
  });

  it("invokes PostConfirmation in a sign-up that PreSignUp confirms, and sends nothing", async () => {
    recorded.answers = { PreSignUp_SignUp: () => ({ autoConfirmUser: true, autoVerifyEmail: true }) };
    const here = await scene(recorded, VERIFIES);
    await signUp(here);
    const userAttributes = await here.attributesOf();
    expect(here.taken()).toEqual([
      here.event("PreSignUp_SignUp", asked),
      here.event("PostConfirmation_ConfirmSignUp", { userAttributes, clientMetadata }),
    ]);
  });

  it("invokes PostConfirmation in AdminConfirmSignUp, without a client", async () => {
    const here = await scene(recorded);
    await signUp(here);
    here.taken();
    await here.call("AdminConfirmSignUp", here.named);
    const userAttributes = await here.attributesOf();
    const confirmed = { userAttributes, clientMetadata };
    expect(here.taken()).toEqual([here.event("PostConfirmation_ConfirmSignUp", confirmed, { id: null })]);
  });
});

describe("administration of users", () => {
  it("invokes PreSignUp and CustomMessage in AdminCreateUser, and only CustomMessage for RESEND", async () => {
    const here = await scene(recorded);
    const create = {
      ...here.named,
      UserAttributes: Object.entries(verifiedEmail).map(([Name, Value]) => ({ Name, Value })),
      DesiredDeliveryMediums: ["EMAIL" as const],
    };
    await here.call("AdminCreateUser", create);
    const userAttributes = await here.attributesOf();
    const invitation = here.event(
      "CustomMessage_AdminCreateUser",
      { userAttributes, ...message, usernameParameter: "{username}" },
      NOT_APPLICABLE,
    );
    const asked = { userAttributes: verifiedEmail, validationData: null, clientMetadata };
    expect(here.taken()).toEqual([
      here.event("PreSignUp_AdminCreateUser", asked, NOT_APPLICABLE),
      invitation,
    ]);
    await here.call("AdminCreateUser", { ...create, UserAttributes: [], MessageAction: "RESEND" });
    expect(here.taken()).toEqual([invitation]);
  });

  it("invokes nothing when users are changed, disabled, added to groups, read or deleted", async () => {
    const here = await scene(recorded);
    await here.addJane(verifiedEmail);
    const { AuthenticationResult: { AccessToken = "" } = {} } = await here.signIn();
    here.taken();
    await here.call("CreateGroup", { UserPoolId: here.poolId, GroupName: "staff" });
    await here.call("AdminAddUserToGroup", { ...here.named, GroupName: "staff" });
    await here.call("GetUser", { AccessToken });
    await here.call("AdminGetUser", here.named);
    await here.call("AdminUpdateUserAttributes", {
      ...here.named,
      UserAttributes: [{ Name: "name", Value: "Jane" }],
    });
    await here.call("AdminSetUserPassword", { ...here.named, Password: PASSWORD, Permanent: true });
    await here.call("AdminDisableUser", here.named);
    await here.call("AdminEnableUser", here.named);
    await here.call("AdminUserGlobalSignOut", here.named);
    await here.call("AdminDeleteUser", here.named);
    expect(here.taken()).toEqual([]);
  });
});

describe("a code for a password or an address", () => {
  it.each(["ForgotPassword", "AdminResetUserPassword"] as const)(
    "invokes CustomMessage in %s and PostConfirmation in ConfirmForgotPassword",
    async (operation) => {
      const here = await scene(recorded);
      await here.addJane(verifiedEmail);
      const named = { ClientId: here.clientId, Username: "jane" };
      const userAttributes = await here.attributesOf();
      if (operation === "ForgotPassword") await here.call(operation, named);
      else await here.call(operation, here.named);
      expect(here.taken()).toEqual([
        here.event(
          "CustomMessage_ForgotPassword",
          { userAttributes, ...message },
          operation === "ForgotPassword" ? {} : { id: null },
        ),
      ]);
      await here.call("ConfirmForgotPassword", {
        ...named,
        ConfirmationCode: here.code(),
        Password: "Battery-staple-2",
      });
      const changed = await here.attributesOf();
      expect(here.taken()).toEqual([
        here.event("PostConfirmation_ConfirmForgotPassword", { userAttributes: changed, clientMetadata }),
      ]);
    },
  );

  it("invokes CustomMessage in UpdateUserAttributes, AdminUpdateUserAttributes and GetUserAttributeVerificationCode", async () => {
    const here = await scene(recorded, VERIFIES);
    await here.addJane(verifiedEmail);
    const { AuthenticationResult: { AccessToken = "" } = {} } = await here.signIn();
    here.taken();
    const changed = (Value: string) => [{ Name: "email", Value }];
    await here.call("UpdateUserAttributes", { AccessToken, UserAttributes: changed("a@example.com") });
    const first = { userAttributes: await here.attributesOf(), ...message };
    expect(here.taken()).toEqual([here.event("CustomMessage_UpdateUserAttribute", first)]);
    await here.call("AdminUpdateUserAttributes", { ...here.named, UserAttributes: changed("b@example.com") });
    const second = { userAttributes: await here.attributesOf(), ...message };
    expect(here.taken()).toEqual([here.event("CustomMessage_UpdateUserAttribute", second, { id: null })]);
    await here.call("GetUserAttributeVerificationCode", { AccessToken, AttributeName: "email" });
    expect(here.taken()).toEqual([here.event("CustomMessage_VerifyUserAttribute", second)]);
  });
});
