import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  CreateUserPoolDomainCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { CognitoUserAttribute } from "amazon-cognito-identity-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openUserPool } from "../support/identity-js.ts";
import { emptyInbox, newestMessage } from "../support/inbox.ts";
import { clockOf, createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

/** Signing up, as people's apps do it: without credentials, through real clients. */
let server: TestServer;
let app: CognitoIdentityProviderClient;
beforeAll(async () => {
  server = await startTestServer();
  app = new CognitoIdentityProviderClient({
    endpoint: server.url,
    region: "us-east-1",
    credentials: () => Promise.reject(new Error("An unsigned operation asked for credentials.")),
  });
});
afterAll(async () => {
  app.destroy();
  await server.stop();
});

const PASSWORD = "Correct-horse-1";
const EMAIL = "jane@example.com";
const TO_JANE = { Destination: "j***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" };

async function openPool(
  pool: Partial<CreateUserPoolCommandInput> = {},
  client: Partial<CreateUserPoolClientCommandInput> = {},
) {
  await emptyInbox(server);
  return createPoolAndClient(server.cognito, { AutoVerifiedAttributes: ["email"], ...pool }, client);
}

const signUp = (ClientId: string) =>
  app.send(
    new SignUpCommand({
      ClientId,
      Username: "jane",
      Password: PASSWORD,
      UserAttributes: [{ Name: "email", Value: EMAIL }],
    }),
  );

const statusOf = async (UserPoolId: string) =>
  (await server.cognito.send(new AdminGetUserCommand({ UserPoolId, Username: "jane" }))).UserStatus;

describe("a sign-up through the JavaScript SDK", () => {
  it("is confirmed by the code in the newest mail, after which the user signs in", async () => {
    const { poolId, clientId: ClientId } = await openPool();
    const answer = await signUp(ClientId);
    expect(answer).toMatchObject({ UserConfirmed: false, CodeDeliveryDetails: TO_JANE });
    const jane = { ClientId, Username: "jane" };
    const password = { USERNAME: "jane", PASSWORD };
    const signIn = () =>
      app.send(
        new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: password }),
      );
    await expect(signIn()).rejects.toMatchObject({
      name: "UserNotConfirmedException",
      message: "User is not confirmed.",
    });
    await newestMessage(server, EMAIL);
    await emptyInbox(server);
    expect(await app.send(new ResendConfirmationCodeCommand(jane))).toMatchObject({
      CodeDeliveryDetails: TO_JANE,
    });
    const { code, body } = await newestMessage(server, EMAIL);
    expect(body).toBe(`Your confirmation code is ${code}`);
    await expect(
      app.send(
        new ConfirmSignUpCommand({ ...jane, ConfirmationCode: code === "000000" ? "000001" : "000000" }),
      ),
    ).rejects.toMatchObject({
      name: "CodeMismatchException",
      message: "Invalid verification code provided, please try again.",
    });
    await app.send(new ConfirmSignUpCommand({ ...jane, ConfirmationCode: code }));
    expect(await statusOf(poolId)).toBe("CONFIRMED");
    expect((await signIn()).AuthenticationResult?.AccessToken).toBeDefined();
  });

  it("may have a blank password where users can sign in by a code, and nowhere else", async () => {
    const Policies: CreateUserPoolCommandInput["Policies"] = {
      SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] },
    };
    const UserAttributes = [{ Name: "email", Value: EMAIL }];
    const outcomes = async (pool: Partial<CreateUserPoolCommandInput>) => {
      const { poolId, clientId } = await openPool(pool);
      const named = { Username: "jane", UserAttributes };
      return Promise.all([
        app
          .send(new SignUpCommand({ ClientId: clientId, ...named, Password: "" }))
          .then(({ UserConfirmed }) => UserConfirmed, String),
        server.cognito
          .send(
            new AdminCreateUserCommand({
              UserPoolId: poolId,
              ...named,
              Username: "joe",
              TemporaryPassword: "",
            }),
          )
          .then(({ User }) => User?.UserStatus, String),
      ]);
    };
    expect(await outcomes({ Policies })).toEqual([false, "CONFIRMED"]);
    const pattern =
      "failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$";
    expect(await outcomes({})).toEqual([
      `InvalidParameterException: 1 validation error detected: Value at 'password' ${pattern}`,
      `InvalidParameterException: 1 validation error detected: Value at 'temporaryPassword' ${pattern}`,
    ]);
  });

  it("returns Sessions only to clients with choice-based sign-in", async () => {
    for (const flow of ["ALLOW_USER_AUTH", "ALLOW_USER_SRP_AUTH"] as const) {
      const { clientId: ClientId } = await openPool({}, { ExplicitAuthFlows: [flow] });
      const signedUp = await signUp(ClientId);
      const { code } = await newestMessage(server, EMAIL);
      const confirmed = await app.send(
        new ConfirmSignUpCommand({
          ClientId,
          Username: "jane",
          ConfirmationCode: code,
          Session: signedUp.Session,
        }),
      );
      for (const { Session } of [signedUp, confirmed]) {
        if (flow === "ALLOW_USER_AUTH") expect(Session).toMatch(/^[\w-]{20,2048}$/);
        else expect(Session).toBeUndefined();
      }
    }
  });
});

describe("the link of a confirmation e-mail", () => {
  const byLink = { VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_LINK" as const } };

  it("confirms the user once", async () => {
    const { poolId, clientId } = await openPool(byLink);
    await signUp(clientId);
    const { link = "", subject, body } = await newestMessage(server, EMAIL);
    expect(subject).toBe("Your verification link");
    expect(body).toContain(`<a href="${link.replaceAll("&", "&amp;")}">Verify Email</a>`);
    expect(link.startsWith(`${server.url}/confirmUser?client_id=${clientId}&`)).toBe(true);

    const looked = await fetch(link, { method: "HEAD" });
    expect(looked.status).toBe(404);
    expect(await statusOf(poolId)).toBe("UNCONFIRMED");

    const page = await fetch(link);
    expect(page.status).toBe(200);
    expect(page.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await page.text()).toContain("<h1>Your registration has been confirmed</h1>");
    expect(await statusOf(poolId)).toBe("CONFIRMED");

    const again = await fetch(link);
    expect(again.status).toBe(400);
    expect(await again.text()).toContain("User cannot be confirmed. Current status is CONFIRMED");
  });

  it("leads to the pool's custom domain, if it has one", async () => {
    const { poolId, clientId } = await openPool(byLink);
    await server.cognito.send(
      new CreateUserPoolDomainCommand({
        UserPoolId: poolId,
        Domain: "auth.example.com",
        CustomDomainConfig: {
          CertificateArn:
            "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
        },
      }),
    );
    await signUp(clientId);
    const { link = "" } = await newestMessage(server, EMAIL);
    const { port } = new URL(server.url);
    expect(link.startsWith(`http://auth.example.com:${port}/confirmUser?client_id=${clientId}&`)).toBe(true);
  });

  it("is rejected if it is malformed, replaced or expired", async () => {
    const { poolId, clientId } = await openPool(byLink);
    await signUp(clientId);
    const { link: replaced = "" } = await newestMessage(server, EMAIL);
    await emptyInbox(server);
    await app.send(new ResendConfirmationCodeCommand({ ClientId: clientId, Username: "jane" }));
    const { link = "" } = await newestMessage(server, EMAIL);
    const with_ = (name: string, value: string) => {
      const changed = new URL(link);
      changed.searchParams.set(name, value);
      return changed;
    };
    for (const wrong of [
      with_("client_id", "nothing"),
      with_("user_name", "nobody"),
      with_("confirmation_code", "<script>"),
      `${server.url}/confirmUser/`,
    ]) {
      const page = await fetch(wrong);
      expect(page.status).toBe(400);
      expect(await page.text()).toContain("This link is not valid");
    }
    expect(await (await fetch(replaced)).text()).toContain("This link has expired");
    clockOf(server).advance(24 * 3_600_000);
    expect(await (await fetch(link)).text()).toContain("This link has expired");
    expect(await statusOf(poolId)).toBe("UNCONFIRMED");
    clockOf(server).reset();
  });
});

describe("the inbox", () => {
  it("answers a waiting request as soon as a message arrives, or with an empty list after its wait", async () => {
    const { clientId } = await openPool();
    const nothing = await fetch(`${server.url}/_cognate/inbox?wait=0.05&destination=nobody@example.com`);
    expect(await nothing.json()).toEqual({ messages: [] });
    const waiting = newestMessage(server, EMAIL);
    await signUp(clientId);
    expect(await waiting).toMatchObject({ purpose: "SignUp", code: expect.stringMatching(/^\d{6}$/) });
  });
});

describe("a sign-up through amazon-cognito-identity-js", () => {
  it("is confirmed by the code, after which the user signs in", async () => {
    const { poolId, clientId } = await openPool();
    const { Pool, userOf } = openUserPool(server, { poolId, clientId });
    const attributes = [new CognitoUserAttribute({ Name: "email", Value: EMAIL })];
    const result = await new Promise<{ userConfirmed: boolean; codeDeliveryDetails: unknown }>(
      (resolve, reject) =>
        Pool.signUp("jane", PASSWORD, attributes, [], (error, signedUp) =>
          error ? reject(error) : resolve(signedUp as never),
        ),
    );
    expect(result).toMatchObject({ userConfirmed: false, codeDeliveryDetails: TO_JANE });
    const jane = userOf("jane");
    await new Promise((resolve, reject) =>
      jane.resendConfirmationCode((error, sent) => (error ? reject(error) : resolve(sent))),
    );
    const { code = "" } = await newestMessage(server, EMAIL);
    expect(
      await new Promise((resolve, reject) =>
        jane.confirmRegistration(code, true, (error, said) => (error ? reject(error) : resolve(said))),
      ),
    ).toBe("SUCCESS");
  });
});

describe("a sign-up through the AWS CLI", () => {
  it("is confirmed by the code", async () => {
    const { poolId, clientId } = await openPool();
    const cognito = (...args: string[]) => server.aws("cognate", "cognito-idp", ...args);
    const jane = ["--client-id", clientId, "--username", "jane"];
    const signedUp = await cognito(
      "sign-up",
      ...jane,
      "--password",
      PASSWORD,
      "--user-attributes",
      `Name=email,Value=${EMAIL}`,
    );
    expect(signedUp).toMatchObject({ UserConfirmed: false, CodeDeliveryDetails: TO_JANE });
    const { code = "" } = await newestMessage(server, EMAIL);
    await cognito("confirm-sign-up", ...jane, "--confirmation-code", code);
    expect(await statusOf(poolId)).toBe("CONFIRMED");
  });
});
