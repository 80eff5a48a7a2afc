import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { AuthenticationDetails, type CognitoUser, type CognitoUserSession } from "amazon-cognito-identity-js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openUserPool } from "../support/identity-js.ts";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

/** Signing in by SRP as browsers do it: with the library that Amplify grew out of, against the server as it runs. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const PASSWORD = "pässwörd-✓-1A";
const TEMPORARY = "Temporary-1";

async function poolWithJane({
  pool,
  client,
  password = PASSWORD,
}: {
  pool?: Partial<CreateUserPoolCommandInput>;
  client?: Partial<CreateUserPoolClientCommandInput>;
  password?: string | null;
} = {}) {
  const { poolId, clientId } = await createPoolAndClient(server.cognito, pool, client);
  const named = { UserPoolId: poolId, Username: "jane@example.com" };
  await server.cognito.send(
    new AdminCreateUserCommand({ ...named, MessageAction: "SUPPRESS", TemporaryPassword: TEMPORARY }),
  );
  if (password !== null) {
    await server.cognito.send(
      new AdminSetUserPasswordCommand({ ...named, Password: password, Permanent: true }),
    );
  }
  return { poolId, clientId };
}

const userOf = (ids: { poolId: string; clientId: string }, username = "jane@example.com") =>
  openUserPool(server, ids).userOf(username);

type Outcome =
  | { readonly session: CognitoUserSession }
  | {
      readonly newPassword: (password: string, attributes?: Record<string, string>) => Promise<Outcome>;
      readonly attributes: Record<string, string>;
      readonly required: string[];
    };

function signIn(user: CognitoUser, Password: string): Promise<Outcome> {
  return new Promise((resolve, reject) =>
    user.authenticateUser(new AuthenticationDetails({ Username: user.getUsername(), Password }), {
      onSuccess: (session) => resolve({ session }),
      onFailure: reject,
      newPasswordRequired: (attributes, required) =>
        resolve({
          attributes,
          required,
          newPassword: (password, given = {}) =>
            new Promise((done, failed) =>
              user.completeNewPasswordChallenge(password, given, {
                onSuccess: (session) => done({ session }),
                onFailure: failed,
              }),
            ),
        }),
    }),
  );
}

async function sessionOf(user: CognitoUser, password = PASSWORD): Promise<CognitoUserSession> {
  const outcome = await signIn(user, password);
  if (!("session" in outcome)) throw new Error("A new password is asked for.");
  return outcome.session;
}

const refused = (name: string, message: string) => ({ name, message });

describe("a sign-in with amazon-cognito-identity-js", () => {
  it("proves the password without sending it, and returns tokens", async () => {
    const user = userOf(await poolWithJane());
    const session = await sessionOf(user);
    expect(session.isValid()).toBe(true);
    expect(session.getAccessToken().payload).toMatchObject({
      token_use: "access",
      username: "jane@example.com",
    });
  });

  it("accepts an address in a pool whose usernames are addresses", async () => {
    const user = userOf(await poolWithJane({ pool: { UsernameAttributes: ["email"] } }));
    const session = await sessionOf(user);
    const { sub, "cognito:username": username } = session.getIdToken().payload;
    expect(username).toBe(sub);
    expect(user.getUsername()).toBe(sub);
  });

  it("replaces a temporary password and sets missing attributes", async () => {
    const user = userOf(
      await poolWithJane({
        pool: { Schema: [{ Name: "given_name", Required: true, Mutable: true }] },
        password: null,
      }),
    );
    const outcome = await signIn(user, TEMPORARY);
    if (!("newPassword" in outcome)) throw new Error("No new password is asked for.");
    expect(outcome.required).toEqual(["given_name"]);
    await expect(outcome.newPassword("Permanent-1")).rejects.toMatchObject(
      refused("InvalidParameterException", "Invalid attributes given, given_name is missing"),
    );
    expect(await outcome.newPassword("Permanent-1", { given_name: "Jane" })).toHaveProperty("session");
  });

  it("is followed by a refresh, GetUser and a global sign-out", async () => {
    const party = await poolWithJane();
    const user = userOf(party);
    const first = await sessionOf(user);
    const second = await new Promise<CognitoUserSession>((resolve, reject) =>
      user.refreshSession(first.getRefreshToken(), (error, session) =>
        error ? reject(error) : resolve(session),
      ),
    );
    expect(second.getAccessToken().getJwtToken()).not.toBe(first.getAccessToken().getJwtToken());

    const attributes = await new Promise((resolve, reject) =>
      user.getUserAttributes((error, found) => (error ? reject(error) : resolve(found))),
    );
    expect(attributes).toContainEqual(
      expect.objectContaining({ Name: "sub", Value: first.getIdToken().payload.sub }),
    );

    await new Promise((resolve, reject) => user.globalSignOut({ onSuccess: resolve, onFailure: reject }));
    const after = await new Promise((resolve) =>
      userOf(party).refreshSession(first.getRefreshToken(), (error) => resolve(error)),
    );
    expect(after).toMatchObject(refused("NotAuthorizedException", "Refresh Token has been revoked"));
  });

  it("is rejected with a wrong password", async () => {
    const user = userOf(await poolWithJane());
    await expect(signIn(user, "Wrong-1234")).rejects.toMatchObject(
      refused("NotAuthorizedException", "Incorrect username or password."),
    );
  });

  it.each([
    ["LEGACY", "UserNotFoundException", "User does not exist."],
    ["ENABLED", "NotAuthorizedException", "Incorrect username or password."],
  ] as const)(
    "with PreventUserExistenceErrors %s is rejected for an unknown user with %s",
    async (setting, name, text) => {
      const party = await poolWithJane({ client: { PreventUserExistenceErrors: setting } });
      await expect(signIn(userOf(party, "john@example.com"), PASSWORD)).rejects.toMatchObject(
        refused(name, text),
      );
    },
  );

  it("is rejected for a client that does not allow SRP", async () => {
    const user = userOf(await poolWithJane({ client: { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] } }));
    await expect(signIn(user, PASSWORD)).rejects.toMatchObject(
      refused("InvalidParameterException", "USER_SRP_AUTH is not enabled for the client."),
    );
  });
});
