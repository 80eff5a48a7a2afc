import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestContext, testContext } from "../../testing.ts";
import type { Triggers } from "../../triggers/index.ts";
import { AUTO_EMAIL, attributeOf, attributes, EMAIL, type SceneOptions, signUpScene } from "./testing.ts";

let context: TestContext;
beforeAll(async () => {
  context = await testContext();
});
afterAll(() => context.store.close());

const scene = (options?: SceneOptions) => signUpScene(context, options);

describe("the triggers of a sign-up", () => {
  /** Answers with what is given by source, and keeps what it was asked. */
  function answering(responses: Readonly<Record<string, object | Error>>) {
    const asked: { source: string; event: Parameters<Triggers["invoke"]>[1] }[] = [];
    const triggers: Triggers = {
      has: (_, source) => Object.hasOwn(responses, source),
      missing: () => [],
      async invoke(source, event) {
        if (!Object.hasOwn(responses, source)) return undefined;
        asked.push({ source, event });
        const response = responses[source];
        if (response instanceof Error) throw response;
        return response as never;
      },
    };
    return { triggers, asked };
  }

  it("PreSignUp can confirm and verify a user; then no code is sent and PostConfirmation is invoked", async () => {
    const { triggers, asked } = answering({
      PreSignUp_SignUp: { autoConfirmUser: true, autoVerifyEmail: true },
      PostConfirmation_ConfirmSignUp: {},
    });
    const here = await scene({ triggers });
    const before = context.sent.length;
    expect(await here.signUp("jane", EMAIL, { ValidationData: attributes({ invite: "42" }) })).toEqual({
      UserConfirmed: true,
      UserSub: expect.any(String),
    });
    expect(context.sent.length).toBe(before);
    expect(await here.get()).toMatchObject({ UserStatus: "CONFIRMED" });
    expect(await attributeOf(here.get(), "email_verified")).toBe("true");
    expect(asked.map(({ source }) => source)).toEqual(["PreSignUp_SignUp", "PostConfirmation_ConfirmSignUp"]);
    expect(asked[0]?.event).toMatchObject({
      clientId: here.ClientId,
      username: "jane",
      request: { userAttributes: EMAIL, validationData: { invite: "42" } },
    });
  });

  it("PreSignUp moves an alias from another user by verifying it", async () => {
    const { triggers } = answering({ PreSignUp_SignUp: { autoConfirmUser: true, autoVerifyEmail: true } });
    const here = await scene({ pool: { ...AUTO_EMAIL, AliasAttributes: ["email"] }, triggers });
    await here.signUp("jane");
    await here.signUp("joe");
    expect(await here.get("jane@example.com")).toMatchObject({ Username: "joe" });
    expect(await attributeOf(here.get("jane"), "email_verified")).toBe("false");
  });

  it.each([
    [{ autoConfirmUser: "yes" }, "InvalidLambdaResponseException: Unrecognizable lambda output"],
    [{ autoVerifyPhone: true }, /^InvalidLambdaResponseException: /],
  ])("rejects the response %j of PreSignUp", async (response, message) => {
    const { triggers } = answering({ PreSignUp_SignUp: response });
    const here = await scene({ triggers });
    expect(await here.signUp()).toMatch(message);
    expect(
      await here.here.outcome("AdminGetUser", { UserPoolId: here.UserPoolId, Username: "jane" }),
    ).toMatch(/^UserNotFoundException/);
  });

  it("CustomMessage sets the message, which must contain the code's placeholder", async () => {
    const { triggers, asked } = answering({
      CustomMessage_SignUp: { emailSubject: "Hello", emailMessage: "<b>{####}</b>" },
      CustomMessage_ResendCode: { emailMessage: "no place for it" },
    });
    const here = await scene({ triggers });
    await here.signUp();
    expect(context.sent.at(-1)).toMatchObject({
      subject: "Hello",
      body: expect.stringMatching(/^<b>\d{6}<\/b>$/),
    });
    expect(asked[0]?.event.request).toEqual({
      codeParameter: "{####}",
      linkParameter: "{##Click Here##}",
      usernameParameter: null,
    });
    expect(await here.resend()).toMatch(
      /^InvalidParameterException: 1 validation error detected: Value 'no place for it' at 'emailBody'/,
    );
  });

  it("CustomMessage cannot set a message of more than 20,000 characters", async () => {
    const longest = "{####}".padEnd(20_000, "x");
    const response = { emailMessage: longest };
    const here = await scene({ triggers: answering({ CustomMessage_ResendCode: response }).triggers });
    await here.signUp();
    expect(await here.resend()).toHaveProperty("CodeDeliveryDetails");
    response.emailMessage = `${longest}x`;
    expect(await here.resend()).toBe(
      `InvalidParameterException: 1 validation error detected: Value '${longest}x' at 'emailBody' failed to satisfy constraint: Member must have length less than or equal to 20000`,
    );
  });

  it("PostConfirmation is invoked after a confirmation by code, and by an administrator, then without a client", async () => {
    const { triggers, asked } = answering({ PostConfirmation_ConfirmSignUp: {} });
    const here = await scene({ triggers });
    await here.signUp();
    await here.confirm(context.sent.at(-1)?.code ?? "no code");
    await here.signUp("joe");
    await here.here.call("AdminConfirmSignUp", { UserPoolId: here.UserPoolId, Username: "joe" });
    expect(asked.map(({ event }) => [event.username, event.clientId, event.user?.status])).toEqual([
      ["jane", here.ClientId, "CONFIRMED"],
      ["joe", null, "CONFIRMED"],
    ]);
  });

  it("PreSignUp is invoked for users whom administrators create, but cannot confirm or verify them", async () => {
    const { triggers, asked } = answering({
      PreSignUp_AdminCreateUser: { autoConfirmUser: true, autoVerifyEmail: true },
    });
    const here = await scene({ triggers });
    await here.here.call("AdminCreateUser", {
      UserPoolId: here.UserPoolId,
      Username: "jane",
      UserAttributes: attributes(EMAIL),
      MessageAction: "SUPPRESS",
    });
    expect(await here.get()).toMatchObject({ UserStatus: "FORCE_CHANGE_PASSWORD" });
    expect(await attributeOf(here.get(), "email_verified")).toBeUndefined();
    expect(asked[0]?.event).toMatchObject({ clientId: "CLIENT_ID_NOT_APPLICABLE", username: "jane" });
  });
});
