import { CognitoUserAttribute } from "amazon-cognito-identity-js";
import { Amplify } from "aws-amplify";
import {
  autoSignIn,
  confirmResetPassword,
  confirmSignUp,
  confirmUserAttribute,
  deleteUser,
  fetchUserAttributes,
  resendSignUpCode,
  resetPassword,
  sendUserAttributeVerificationCode,
  signIn,
  signOut,
  signUp,
  updatePassword,
  updateUserAttributes,
} from "aws-amplify/auth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowserStorage } from "../support/amplify.ts";
import { openUserPool, signInBySrp } from "../support/identity-js.ts";
import { emptyInbox, newestMessage } from "../support/inbox.ts";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

/** The whole life of a user by Amplify v6, as an app made today does it. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const OLD = "jane@example.com";
const NEW = "jane@example.org";

async function useAmplifyWith(poolId: string, clientId: string) {
  Amplify.configure({
    Auth: {
      Cognito: { userPoolId: poolId, userPoolClientId: clientId, userPoolEndpoint: server.url },
    },
  });
  openBrowserStorage();
}

/** The code in the newest message to an address, which is taken out of the inbox. */
async function takeCode(address: string): Promise<string> {
  const { code = "" } = await newestMessage(server, address);
  await emptyInbox(server);
  return code;
}

describe("a user of Amplify", () => {
  it("signs up, verifies an address, changes and resets the password, changes the address, and deletes the account", async () => {
    const { poolId, clientId } = await createPoolAndClient(server.cognito, {
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    });
    await useAmplifyWith(poolId, clientId);
    const username = OLD;

    expect(
      await signUp({
        username,
        password: "Correct-horse-1",
        options: { userAttributes: { email: OLD }, clientMetadata: { from: "test" } },
      }),
    ).toMatchObject({
      isSignUpComplete: false,
      nextStep: { signUpStep: "CONFIRM_SIGN_UP", codeDeliveryDetails: { destination: "j***@e***" } },
    });
    await takeCode(OLD);
    expect(await resendSignUpCode({ username })).toMatchObject({ deliveryMedium: "EMAIL" });
    expect(await confirmSignUp({ username, confirmationCode: await takeCode(OLD) })).toMatchObject({
      isSignUpComplete: true,
    });

    expect(await signIn({ username, password: "Correct-horse-1" })).toMatchObject({ isSignedIn: true });
    await updatePassword({ oldPassword: "Correct-horse-1", newPassword: "Another-horse-2" });
    await signOut();

    expect(await resetPassword({ username })).toMatchObject({
      nextStep: { resetPasswordStep: "CONFIRM_RESET_PASSWORD_WITH_CODE" },
    });
    await confirmResetPassword({
      username,
      confirmationCode: await takeCode(OLD),
      newPassword: "Third-horse-3",
    });
    expect(await signIn({ username, password: "Third-horse-3" })).toMatchObject({ isSignedIn: true });

    expect(await updateUserAttributes({ userAttributes: { email: NEW, name: "Jane" } })).toMatchObject({
      email: { isUpdated: false, nextStep: { updateAttributeStep: "CONFIRM_ATTRIBUTE_WITH_CODE" } },
      name: { isUpdated: true },
    });
    expect(await fetchUserAttributes()).toMatchObject({ email: OLD, email_verified: "true", name: "Jane" });
    await takeCode(NEW);
    // A code for the present address; another one for the new address comes with the change.
    await sendUserAttributeVerificationCode({ userAttributeKey: "email" });
    expect(await takeCode(OLD)).toMatch(/^\d{6}$/);
    await updateUserAttributes({ userAttributes: { email: NEW } });
    await confirmUserAttribute({ userAttributeKey: "email", confirmationCode: await takeCode(NEW) });
    expect(await fetchUserAttributes()).toMatchObject({ email: NEW, email_verified: "true" });
    await signOut();

    expect(await signIn({ username: NEW, password: "Third-horse-3" })).toMatchObject({ isSignedIn: true });
    await deleteUser();
    await expect(signIn({ username: NEW, password: "Third-horse-3" })).rejects.toMatchObject({
      name: "UserNotFoundException",
    });
  });
});

describe("a user without a password", () => {
  it("signs up with Amplify, and is signed in by the code that confirms the sign-up", async () => {
    const { poolId, clientId } = await createPoolAndClient(
      server.cognito,
      {
        AutoVerifiedAttributes: ["email"],
        Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
      },
      { ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
    );
    await useAmplifyWith(poolId, clientId);
    await emptyInbox(server);
    await signUp({
      username: "jane",
      options: { userAttributes: { email: OLD }, autoSignIn: { authFlowType: "USER_AUTH" } },
    });
    expect(await confirmSignUp({ username: "jane", confirmationCode: await takeCode(OLD) })).toMatchObject({
      nextStep: { signUpStep: "COMPLETE_AUTO_SIGN_IN" },
    });
    expect(await autoSignIn()).toMatchObject({ isSignedIn: true });
    expect(await fetchUserAttributes()).toMatchObject({ email: OLD, email_verified: "true" });
  });
});

describe("a user of amazon-cognito-identity-js", () => {
  it("signs up, resets and changes the password, changes and verifies an address, and deletes the account", async () => {
    const { poolId, clientId } = await createPoolAndClient(server.cognito, {
      AutoVerifiedAttributes: ["email"],
    });
    await emptyInbox(server);
    const { Pool, userOf } = openUserPool(server, { poolId, clientId });
    const jane = userOf("jane");
    /** The library's callbacks as a promise; either form of them. */
    const call = (
      work: (callbacks: {
        onSuccess: (result?: unknown) => void;
        onFailure: (error: unknown) => void;
        done: (error: unknown, result?: unknown) => void;
      }) => void,
    ) =>
      new Promise<unknown>((resolve, reject) =>
        work({
          onSuccess: resolve,
          onFailure: reject,
          done: (error, result) => (error ? reject(error) : resolve(result)),
        }),
      );
    const email = (Value: string) => new CognitoUserAttribute({ Name: "email", Value });

    await call(({ done }) => Pool.signUp("jane", "Correct-horse-1", [email(OLD)], [], done));
    const confirmation = await takeCode(OLD);
    await call(({ done }) => jane.confirmRegistration(confirmation, false, done));

    await call(({ onSuccess, onFailure }) =>
      jane.forgotPassword({ onSuccess, onFailure, inputVerificationCode: onSuccess }),
    );
    const recovery = await takeCode(OLD);
    await call(({ onSuccess, onFailure }) =>
      jane.confirmPassword(recovery, "Another-horse-2", { onSuccess, onFailure }),
    );
    await signInBySrp(jane, "Another-horse-2");
    await call(({ done }) => jane.changePassword("Another-horse-2", "Third-horse-3", done));

    await call(({ done }) => jane.updateAttributes([email(NEW)], done));
    await takeCode(NEW);
    await call(({ onSuccess, onFailure }) =>
      jane.getAttributeVerificationCode("email", {
        onSuccess,
        onFailure,
        inputVerificationCode: () => onSuccess(),
      }),
    );
    const verification = await takeCode(NEW);
    await call(({ onSuccess, onFailure }) =>
      jane.verifyAttribute("email", verification, { onSuccess, onFailure }),
    );
    const attributes = (await call(({ done }) => jane.getUserAttributes(done))) as CognitoUserAttribute[];
    expect(attributes.map((attribute) => [attribute.getName(), attribute.getValue()])).toEqual([
      ["email", NEW],
      ["email_verified", "true"],
      ["sub", expect.any(String)],
    ]);
    await call(({ done }) => jane.deleteAttributes(["email"], done));
    await call(({ done }) => jane.deleteUser(done));
    await expect(signInBySrp(jane, "Third-horse-3")).rejects.toMatchObject({ code: "UserNotFoundException" });
  });
});
