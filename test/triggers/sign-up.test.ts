import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import {
  app,
  caller,
  functionOf,
  PASSWORD,
  poolWith,
  refused,
  server,
  startFunctionServer,
} from "./functions.ts";

startFunctionServer();

describe("a sign-up", () => {
  it("invokes PreSignUp with the input, and PostConfirmation for a user whom PreSignUp confirms", async () => {
    const pre = await functionOf(
      "event.response.autoConfirmUser = true; event.response.autoVerifyEmail = true;",
    );
    const post = await functionOf("");
    const { poolId, clientId } = await poolWith({ PreSignUp: pre.arn, PostConfirmation: post.arn });
    const { UserConfirmed, UserSub } = await app.send(
      new SignUpCommand({
        ClientId: clientId,
        Username: "jane",
        Password: PASSWORD,
        UserAttributes: [{ Name: "email", Value: "jane@example.com" }],
        ValidationData: [{ Name: "captcha", Value: "ok" }],
        ClientMetadata: { tenant: "blue" },
      }),
    );
    expect(UserConfirmed).toBe(true);
    const envelope = {
      version: "1",
      region: "us-east-1",
      userPoolId: poolId,
      userName: "jane",
      callerContext: caller(clientId),
    };
    expect(await pre.events()).toEqual([
      {
        ...envelope,
        triggerSource: "PreSignUp_SignUp",
        request: {
          userAttributes: { email: "jane@example.com" },
          validationData: { captcha: "ok" },
          clientMetadata: { tenant: "blue" },
        },
        response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
      },
    ]);
    expect(await post.events()).toEqual([
      {
        ...envelope,
        triggerSource: "PostConfirmation_ConfirmSignUp",
        request: {
          userAttributes: {
            sub: UserSub,
            "cognito:user_status": "CONFIRMED",
            email: "jane@example.com",
            email_verified: "true",
          },
          clientMetadata: { tenant: "blue" },
        },
        response: {},
      },
    ]);
  });

  it("is rejected with the text that PreSignUp throws, and creates no user", async () => {
    const pre = await functionOf("throw new Error('Not in this country.');");
    const { poolId, clientId } = await poolWith({ PreSignUp: pre.arn });
    await expect(
      app.send(new SignUpCommand({ ClientId: clientId, Username: "jane", Password: PASSWORD })),
    ).rejects.toMatchObject(
      refused("UserLambdaValidationException", "PreSignUp failed with error Not in this country.."),
    );
    await expect(
      server.cognito.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: "jane" })),
    ).rejects.toMatchObject({ name: "UserNotFoundException" });
  });

  it("invokes PostConfirmation for an administrator's confirmation, without a client", async () => {
    const post = await functionOf("");
    const { poolId, clientId } = await poolWith({ PostConfirmation: post.arn });
    await app.send(new SignUpCommand({ ClientId: clientId, Username: "jane", Password: PASSWORD }));
    await server.cognito.send(new AdminConfirmSignUpCommand({ UserPoolId: poolId, Username: "jane" }));
    expect(await post.events()).toMatchObject([
      { triggerSource: "PostConfirmation_ConfirmSignUp", callerContext: caller(null) },
    ]);
  });

  it("by an administrator invokes PreSignUp, and ignores what it confirms", async () => {
    const pre = await functionOf("event.response.autoConfirmUser = true;");
    const pool = await poolWith({ PreSignUp: pre.arn });
    await server.cognito.send(
      new AdminCreateUserCommand({ UserPoolId: pool.poolId, Username: "jane", MessageAction: "SUPPRESS" }),
    );
    expect(await pre.events()).toMatchObject([
      {
        triggerSource: "PreSignUp_AdminCreateUser",
        callerContext: caller("CLIENT_ID_NOT_APPLICABLE"),
        request: { validationData: null },
      },
    ]);
    const { UserStatus } = await server.cognito.send(
      new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: "jane" }),
    );
    expect(UserStatus).toBe("FORCE_CHANGE_PASSWORD");
  });
});
