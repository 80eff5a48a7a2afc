/** Functions in the forms in which samples for Lambda are written run as they are. */
import { createServer, type Server } from "node:http";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import {
  AdminAddUserToGroupCommand,
  AdminGetUserCommand,
  CreateGroupCommand,
  type CreateUserPoolCommandInput,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { AuthenticationDetails } from "amazon-cognito-identity-js";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openUserPool } from "../support/identity-js.ts";
import { listen } from "../support/listen.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

const PASSWORD = "Permanent-1";
const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const sample = (file: string) => resolve(import.meta.dirname, "samples", file);

let mailApi: Server;
const mails: { to: string; text: string }[] = [];
let server: TestServer;
beforeAll(async () => {
  mailApi = createServer(async (request, response) => {
    mails.push(JSON.parse(await text(request)));
    response.end("{}");
  });
  const environment = {
    MAIL_API: `http://127.0.0.1:${await listen(mailApi)}/`,
    APP_URL: "https://app.example.com",
  };
  const functionOf = (file: string, handler = "handler") => ({ file: sample(file), handler, environment });
  server = await startTestServer({
    functions: {
      "define-link": functionOf("define-link.cjs"),
      "create-link": functionOf("create-link.cjs"),
      "verify-link": functionOf("verify-link.cjs"),
      "define-captcha": functionOf("captcha.cjs", "define"),
      "create-captcha": functionOf("captcha.cjs", "create"),
      "verify-captcha": functionOf("captcha.cjs", "verify"),
      "migrate-user": functionOf("migrate-user.mjs"),
      claims: functionOf("claims.ts"),
    },
  });
});
afterAll(async () => {
  await server.stop();
  mailApi.close();
});

async function poolWith(LambdaConfig: CreateUserPoolCommandInput["LambdaConfig"]) {
  const { poolId, clientId } = await createPoolAndClient(
    server.cognito,
    { LambdaConfig },
    {
      ExplicitAuthFlows: [
        "ALLOW_CUSTOM_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
      ],
    },
  );
  const named = { UserPoolId: poolId, Username: "jane" };
  await createConfirmedUser(server.cognito, {
    ...named,
    UserAttributes: [
      { Name: "email", Value: "jane@example.com" },
      { Name: "email_verified", Value: "true" },
    ],
    Password: PASSWORD,
  });
  const signIn = (USERNAME: string, password: string) =>
    server.cognito.send(
      new InitiateAuthCommand({
        ClientId: clientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD: password },
      }),
    );
  return { poolId, clientId, named, signIn };
}

const custom = (name: string) => ({
  DefineAuthChallenge: arn(`define-${name}`),
  CreateAuthChallenge: arn(`create-${name}`),
  VerifyAuthChallengeResponse: arn(`verify-${name}`),
});

it("signs in by a link in an e-mail, which is sent once for each sign-in", async () => {
  const { clientId } = await poolWith(custom("link"));
  const begun = await server.cognito.send(
    new InitiateAuthCommand({
      ClientId: clientId,
      AuthFlow: "CUSTOM_AUTH",
      AuthParameters: { USERNAME: "jane" },
    }),
  );
  const answer = (Session: string | undefined, ANSWER: string) =>
    server.cognito.send(
      new RespondToAuthChallengeCommand({
        ClientId: clientId,
        ChallengeName: "CUSTOM_CHALLENGE",
        Session,
        ChallengeResponses: { USERNAME: "jane", ANSWER },
      }),
    );
  expect(begun.ChallengeParameters).toEqual({ USERNAME: "jane", email: "jane@example.com" });
  const again = await answer(begun.Session, "not the secret");
  expect(again.ChallengeName).toBe("CUSTOM_CHALLENGE");
  expect(mails).toEqual([expect.objectContaining({ to: "jane@example.com" })]);
  const token = /token=(\w+)/.exec(mails[0]?.text ?? "")?.[1] ?? "";
  const { AuthenticationResult } = await answer(again.Session, token);
  expect(AuthenticationResult?.TokenType).toBe("Bearer");
});

it("requires a CAPTCHA after the password, with callbacks in one CommonJS file", async () => {
  const { poolId, clientId } = await poolWith(custom("captcha"));
  const { userOf } = openUserPool(server, { poolId, clientId });
  const signIn = (captcha: string) =>
    new Promise((onSuccess, onFailure) => {
      const user = userOf("jane");
      user.setAuthenticationFlowType("CUSTOM_AUTH");
      const callbacks = {
        onSuccess: () => onSuccess("signed in"),
        onFailure,
        customChallenge(parameters: { captchaUrl: string }) {
          expect(parameters.captchaUrl).toBe("https://captcha.example.com/123.jpg");
          user.sendCustomChallengeAnswer(captcha, callbacks);
        },
      };
      user.authenticateUser(new AuthenticationDetails({ Username: "jane", Password: PASSWORD }), callbacks);
    });
  expect(await signIn("5")).toBe("signed in");
  await expect(signIn("6")).rejects.toMatchObject({ code: "NotAuthorizedException" });
});

it("migrates users at a sign-in and at a forgotten password", async () => {
  const UserMigration = arn("migrate-user");
  const { poolId, signIn } = await poolWith({ UserMigration });
  const bella = { UserPoolId: poolId, Username: "belladonna" };
  await expect(signIn("belladonna", "Wrong-1234")).rejects.toMatchObject({ name: /Exception$/ });
  expect((await signIn("belladonna", "Test-1234")).AuthenticationResult?.TokenType).toBe("Bearer");
  expect((await server.cognito.send(new AdminGetUserCommand(bella))).UserStatus).toBe("CONFIRMED");

  const other = await poolWith({ UserMigration });
  const { CodeDeliveryDetails } = await server.cognito.send(
    new ForgotPasswordCommand({ ClientId: other.clientId, Username: "belladonna" }),
  );
  expect(CodeDeliveryDetails?.Destination).toBe("b***@e***");
});

it("customises the claims and scopes of both tokens, in TypeScript", async () => {
  const { named, poolId, signIn } = await poolWith({
    PreTokenGenerationConfig: { LambdaArn: arn("claims"), LambdaVersion: "V2_0" },
  });
  await server.cognito.send(new CreateGroupCommand({ UserPoolId: poolId, GroupName: "staff" }));
  await server.cognito.send(new AdminAddUserToGroupCommand({ ...named, GroupName: "staff" }));
  const { AuthenticationResult } = await signIn("jane", PASSWORD);
  expect(decodeJwt(AuthenticationResult?.IdToken ?? "")).toMatchObject({
    tenant: "example.com",
    roles: ["staff"],
  });
  const access = decodeJwt(AuthenticationResult?.AccessToken ?? "");
  expect(access.tenant).toBe("example.com");
  expect(String(access.scope).split(" ")).toContain("orders/write");
});
