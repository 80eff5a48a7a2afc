import { CognitoJwtVerifier, JwtVerifier } from "aws-jwt-verify";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demo } from "../../src/seed/index.ts";
import { isMissing } from "../support/machine.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

/**
 * What the project is for: a user whom an administrator made signs in for the first time, with the AWS CLI as it is and under
 * a role that has AmazonCognitoPowerUser, and an API believes the tokens.
 */
// The tests are the steps of the quickstart, in their order.
describe.skipIf(isMissing("awsCli"))("the quickstart", { shuffle: false }, () => {
  const poolId = `us-east-1_${demo.poolSuffix}`;
  const { clientId } = demo;
  const username = "taro@example.com";
  const temporaryPassword = "Temporary-1";
  const newPassword = "Permanent-1";
  let server: TestServer;
  let session: string;
  let tokens: {
    AccessToken: string;
    IdToken: string;
    RefreshToken: string;
    ExpiresIn: number;
    TokenType: string;
  };

  beforeAll(async () => {
    server = await startTestServer({ demo: true });
  });
  afterAll(() => server.stop());

  const cli = (...args: string[]) => server.aws("cognate-power-user", "cognito-idp", ...args);

  it("assumes the role with the keys of an ordinary profile", async () => {
    const identity = await server.aws("cognate-power-user", "sts", "get-caller-identity");
    expect(identity.Arn).toMatch(/^arn:aws:sts::123456789012:assumed-role\/cognate-power-user\//);
  });

  it("creates a user: no invitation, e-mail marked as verified, a temporary password", async () => {
    const { User } = await cli(
      "admin-create-user",
      ...["--user-pool-id", poolId, "--username", username, "--message-action", "SUPPRESS"],
      ...["--user-attributes", `Name=email,Value=${username}`, "Name=email_verified,Value=true"],
      ...["--temporary-password", temporaryPassword],
    );
    expect(User).toMatchObject({ Enabled: true, UserStatus: "FORCE_CHANGE_PASSWORD" });
    const attributes = Object.fromEntries(
      User.Attributes.map(({ Name, Value }: Record<string, string>) => [Name, Value]),
    );
    expect(attributes).toEqual({ sub: User.Username, email: username, email_verified: "true" });
  });

  it("signs in with the temporary password and is asked for a new one", async () => {
    const challenge = await cli(
      "admin-initiate-auth",
      ...["--user-pool-id", poolId, "--client-id", clientId, "--auth-flow", "ADMIN_USER_PASSWORD_AUTH"],
      ...["--auth-parameters", `USERNAME=${username},PASSWORD=${temporaryPassword}`],
    );
    expect(challenge.ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    const { USER_ID_FOR_SRP, requiredAttributes, userAttributes } = challenge.ChallengeParameters;
    expect(USER_ID_FOR_SRP).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(requiredAttributes)).toEqual([]);
    expect(JSON.parse(userAttributes)).toEqual({ email: username, email_verified: "true" });
    session = challenge.Session;
  });

  it("answers with the new password before the Session expires and gets the tokens", async () => {
    const answer = await cli(
      "admin-respond-to-auth-challenge",
      ...["--user-pool-id", poolId, "--client-id", clientId, "--challenge-name", "NEW_PASSWORD_REQUIRED"],
      ...["--challenge-responses", `USERNAME=${username},NEW_PASSWORD=${newPassword}`, "--session", session],
    );
    tokens = answer.AuthenticationResult;
    expect(Object.keys(tokens).sort()).toEqual([
      "AccessToken",
      "ExpiresIn",
      "IdToken",
      "RefreshToken",
      "TokenType",
    ]);
    expect(tokens).toMatchObject({ ExpiresIn: 3600, TokenType: "Bearer" });
    expect(answer.ChallengeParameters).toEqual({});
  });

  it("rejects the used Session", async () => {
    const again = cli(
      "admin-respond-to-auth-challenge",
      ...["--user-pool-id", poolId, "--client-id", clientId, "--challenge-name", "NEW_PASSWORD_REQUIRED"],
      ...["--challenge-responses", `USERNAME=${username},NEW_PASSWORD=${newPassword}`, "--session", session],
    );
    await expect(again).rejects.toThrow("(NotAuthorizedException)");
    await expect(again).rejects.toThrow("session can only be used once");
  });

  it("issues tokens that jose verifies by discovery and JWKS", async () => {
    const issuer = `${server.url}/${poolId}`;
    const discovery = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as {
      issuer: string;
      jwks_uri: string;
    };
    expect(discovery.issuer).toBe(issuer);
    const keys = createRemoteJWKSet(new URL(discovery.jwks_uri));
    const id = await jwtVerify(tokens.IdToken, keys, { issuer, audience: clientId });
    expect(id.payload).toMatchObject({ token_use: "id", email: username, email_verified: true });
    const access = await jwtVerify(tokens.AccessToken, keys, { issuer });
    expect(access.payload).toMatchObject({ token_use: "access", client_id: clientId, sub: id.payload.sub });
    expect(access.protectedHeader.kid).not.toBe(id.protectedHeader.kid);
  });

  it("issues tokens that aws-jwt-verify verifies", async () => {
    const issuer = `${server.url}/${poolId}`;
    const verifier = JwtVerifier.create({ issuer, audience: null });
    verifier.cacheJwks((await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as never);
    expect(await verifier.verify(tokens.AccessToken)).toMatchObject({ client_id: clientId });
    await expect(verifier.verify(`${tokens.AccessToken.slice(0, -4)}AAAA`)).rejects.toThrow();
  });

  it("issues tokens that CognitoJwtVerifier verifies when the issuer has AWS's form", async () => {
    const like = await startTestServer({ demo: true, issuer: "aws" });
    try {
      const cognate = like.environment("cognate");
      expect(cognate.AWS_PROFILE).toBe("cognate");
      await like.aws(
        "cognate",
        "cognito-idp",
        "admin-create-user",
        ...["--user-pool-id", poolId, "--username", username, "--message-action", "SUPPRESS"],
      );
      await like.aws(
        "cognate",
        "cognito-idp",
        "admin-set-user-password",
        ...["--user-pool-id", poolId, "--username", username, "--password", newPassword, "--permanent"],
      );
      const { AuthenticationResult } = await like.aws(
        "cognate",
        "cognito-idp",
        "initiate-auth",
        ...["--client-id", clientId, "--auth-flow", "USER_PASSWORD_AUTH"],
        ...["--auth-parameters", `USERNAME=${username},PASSWORD=${newPassword}`],
      );
      const verifier = CognitoJwtVerifier.create({ userPoolId: poolId, clientId, tokenUse: "id" });
      verifier.cacheJwks(
        (await (await fetch(`${like.url}/${poolId}/.well-known/jwks.json`)).json()) as never,
      );
      expect(await verifier.verify(AuthenticationResult.IdToken)).toMatchObject({
        iss: `https://cognito-idp.us-east-1.amazonaws.com/${poolId}`,
      });
    } finally {
      await like.stop();
    }
  });

  describe("answers Cognito's error to", () => {
    const signIn = (
      profile: string,
      parameters: string,
      flow = "ADMIN_USER_PASSWORD_AUTH",
      client = clientId,
    ) =>
      server.aws(
        profile,
        ...["cognito-idp", "admin-initiate-auth", "--user-pool-id", poolId, "--client-id", client],
        ...["--auth-flow", flow, "--auth-parameters", parameters],
      );

    it("a wrong password", () =>
      expect(signIn("cognate-power-user", `USERNAME=${username},PASSWORD=Wrong-1234`)).rejects.toThrow(
        "An error occurred (NotAuthorizedException) when calling the AdminInitiateAuth operation: Incorrect username or password.",
      ));

    it("an unknown client", () =>
      expect(
        signIn(
          "cognate-power-user",
          `USERNAME=${username},PASSWORD=x`,
          undefined,
          "nosuchclient00000000000000",
        ),
      ).rejects.toThrow("(ResourceNotFoundException)"));

    it("a flow that the client does not allow", () =>
      expect(signIn("cognate-power-user", `USERNAME=${username}`, "CUSTOM_AUTH")).rejects.toThrow(
        "CUSTOM_AUTH is not enabled for the client.",
      ));

    it("a role without the permission", async () => {
      await server.aws(
        "cognate",
        ...["iam", "detach-role-policy", "--role-name", "cognate-power-user"],
        ...["--policy-arn", "arn:aws:iam::aws:policy/AmazonCognitoPowerUser"],
      );
      await server.aws(
        "cognate",
        ...["iam", "attach-role-policy", "--role-name", "cognate-power-user"],
        ...["--policy-arn", "arn:aws:iam::aws:policy/AmazonCognitoReadOnly"],
      );
      await expect(
        signIn("cognate-power-user", `USERNAME=${username},PASSWORD=${newPassword}`),
      ).rejects.toThrow(
        new RegExp(
          "An error occurred \\(AccessDeniedException\\) when calling the AdminInitiateAuth operation: " +
            "User: arn:aws:sts::123456789012:assumed-role/cognate-power-user/\\S+ is not authorized to perform: " +
            `cognito-idp:AdminInitiateAuth on resource: arn:aws:cognito-idp:us-east-1:123456789012:userpool/${poolId} ` +
            "because no identity-based policy allows the cognito-idp:AdminInitiateAuth action",
        ),
      );
    });
  });
});
