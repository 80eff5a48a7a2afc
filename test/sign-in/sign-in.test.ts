import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { secretHash } from "../../src/crypto/index.ts";
import { openSignIns, PASSWORD, refused, type SignInScene, TEMPORARY } from "./sign-in-scene.ts";

let scene: SignInScene;
beforeAll(async () => {
  scene = await openSignIns();
});
afterAll(() => scene.stop());

describe("a sign-in through the JavaScript SDK without credentials", () => {
  it("returns tokens after a new password replaced the temporary one", async () => {
    const { clientId } = await scene.poolWithJane();
    const challenge = await scene.signIn(clientId, { PASSWORD: TEMPORARY });
    expect(challenge).toMatchObject({
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      ChallengeParameters: { USER_ID_FOR_SRP: "jane", requiredAttributes: "[]", userAttributes: "{}" },
      Session: expect.any(String),
    });
    expect(challenge.AuthenticationResult).toBeUndefined();

    const answer = {
      ClientId: clientId,
      ChallengeName: "NEW_PASSWORD_REQUIRED",
      Session: challenge.Session,
    } as const;
    const withPassword = (NEW_PASSWORD: string) =>
      scene.app.send(
        new RespondToAuthChallengeCommand({
          ...answer,
          ChallengeResponses: { USERNAME: "jane", NEW_PASSWORD },
        }),
      );
    await expect(withPassword("weak")).rejects.toMatchObject(
      refused("InvalidPasswordException", "Password does not conform to policy: Password not long enough"),
    );
    const done = await withPassword(PASSWORD);
    expect(done.ChallengeParameters).toEqual({});
    expect(done.AuthenticationResult).toMatchObject({ ExpiresIn: 3600, TokenType: "Bearer" });
    await expect(withPassword(PASSWORD)).rejects.toMatchObject(
      refused("NotAuthorizedException", "Invalid session for the user, session can only be used once."),
    );
    const user = await scene.app.send(
      new GetUserCommand({ AccessToken: done.AuthenticationResult?.AccessToken }),
    );
    expect(user).toMatchObject({ Username: "jane", UserAttributes: [{ Name: "sub" }] });
  });

  it("accepts exactly one of several parallel answers", async () => {
    const { clientId } = await scene.poolWithJane();
    const { Session } = await scene.signIn(clientId, { PASSWORD: TEMPORARY });
    const answers = await Promise.allSettled(
      Array.from({ length: 6 }, (_, index) =>
        scene.app.send(
          new RespondToAuthChallengeCommand({
            ClientId: clientId,
            ChallengeName: "NEW_PASSWORD_REQUIRED",
            Session,
            ChallengeResponses: { USERNAME: "jane", NEW_PASSWORD: `${PASSWORD}${index}` },
          }),
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("rejects an expired Session", async () => {
    const { clientId } = await scene.poolWithJane();
    const { Session } = await scene.signIn(clientId, { PASSWORD: TEMPORARY });
    scene.server.clock?.advance(3 * 60 * 1000);
    const answer = scene.app.send(
      new RespondToAuthChallengeCommand({
        ClientId: clientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME: "jane", NEW_PASSWORD: PASSWORD },
      }),
    );
    await expect(answer).rejects.toMatchObject(
      refused("NotAuthorizedException", "Invalid session for the user, session is expired."),
    );
    scene.server.clock?.reset();
  });

  it("rejects a Session that is too short", async () => {
    const { clientId } = await scene.poolWithJane();
    const answer = scene.app.send(
      new RespondToAuthChallengeCommand({
        ClientId: clientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: "short",
        ChallengeResponses: { USERNAME: "jane", NEW_PASSWORD: PASSWORD },
      }),
    );
    await expect(answer).rejects.toMatchObject(
      refused(
        "InvalidParameterException",
        "1 validation error detected: Value at 'session' failed to satisfy constraint: Member must have length greater than or equal to 20",
      ),
    );
  });

  it("rejects a wrong password, an unknown user, an unknown client and an unknown flow", async () => {
    const { clientId, settle } = await scene.poolWithJane();
    await settle();
    await expect(scene.signIn(clientId, { PASSWORD: "Wrong-1234" })).rejects.toMatchObject(
      refused("NotAuthorizedException", "Incorrect username or password."),
    );
    await expect(scene.signIn(clientId, { USERNAME: "john" })).rejects.toMatchObject(
      refused("UserNotFoundException", "User does not exist."),
    );
    await expect(scene.signIn("nobody")).rejects.toMatchObject(
      refused("ResourceNotFoundException", "User pool client nobody does not exist."),
    );
    const AuthFlow = "user_password_auth" as "USER_PASSWORD_AUTH";
    await expect(
      scene.app.send(new InitiateAuthCommand({ ClientId: clientId, AuthFlow })),
    ).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining("at 'authFlow' failed to satisfy constraint"),
    });
  });

  it("requires SECRET_HASH from a client with a secret", async () => {
    const {
      clientId,
      clientSecret = "",
      settle,
    } = await scene.poolWithJane({ client: { GenerateSecret: true } });
    await settle();
    await expect(scene.signIn(clientId)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    const SECRET_HASH = secretHash(clientSecret, "jane", clientId);
    const { AuthenticationResult } = await scene.signIn(clientId, { SECRET_HASH });
    const refreshed = await scene.app.send(
      new GetTokensFromRefreshTokenCommand({
        ClientId: clientId,
        ClientSecret: clientSecret,
        RefreshToken: AuthenticationResult?.RefreshToken,
      }),
    );
    expect(refreshed.AuthenticationResult?.AccessToken).toBeDefined();
  });

  it("locks a user out for a time after five wrong passwords", async () => {
    const { clientId, settle } = await scene.poolWithJane();
    await settle();
    for (let failure = 1; failure <= 5; failure++) {
      await expect(scene.signIn(clientId, { PASSWORD: "Wrong-1234" })).rejects.toMatchObject(
        refused("NotAuthorizedException", "Incorrect username or password."),
      );
    }
    await expect(scene.signIn(clientId)).rejects.toMatchObject(
      refused("NotAuthorizedException", "Password attempts exceeded"),
    );
    scene.server.clock?.advance(1000);
    expect((await scene.signIn(clientId)).AuthenticationResult).toBeDefined();
  });
});

describe("a sign-in by an administrator", () => {
  const begin = async () => {
    const { poolId, clientId } = await scene.poolWithJane();
    const party = { UserPoolId: poolId, ClientId: clientId };
    const { Session } = await scene.server.cognito.send(
      new AdminInitiateAuthCommand({
        ...party,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD: TEMPORARY },
      }),
    );
    const ChallengeResponses = { USERNAME: "jane", NEW_PASSWORD: PASSWORD };
    return {
      party,
      answer: { ChallengeName: "NEW_PASSWORD_REQUIRED", Session, ChallengeResponses },
    } as const;
  };

  it("has the same steps with signed requests", async () => {
    const { party, answer } = await begin();
    const done = await scene.server.cognito.send(
      new AdminRespondToAuthChallengeCommand({ ...party, ...answer }),
    );
    expect(done.AuthenticationResult?.RefreshToken).toBeDefined();
  });

  it("can be continued by unsigned requests", async () => {
    const { party, answer } = await begin();
    const done = await scene.app.send(
      new RespondToAuthChallengeCommand({ ClientId: party.ClientId, ...answer }),
    );
    expect(done.AuthenticationResult?.RefreshToken).toBeDefined();
  });
});
