/**
 * Permissions: for each signed operation, a policy for another pool, for another operation or with a Deny denies the call,
 * and no app client or user of another pool can be reached through the caller's pool.
 */
import * as sdk from "@aws-sdk/client-cognito-identity-provider";
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isUnsigned, type OperationName, operationModel, shapeModel } from "../../src/api-model/index.ts";
import { operations } from "../../src/user-pools/index.ts";
import { iamClient } from "../support/iam.ts";
import { validValue } from "../support/model-samples.ts";
import { createPoolAndClient, startTestServer, type TestServer } from "../support/server.ts";

type Input = Record<string, unknown>;

/** Actions without a pool as resource: Service Authorization Reference. */
const WITHOUT_POOL: ReadonlySet<string> = new Set([
  "CreateUserPool",
  "DescribeUserPoolDomain",
  "GetProvisionedLimit",
  "ListUserPools",
  "UpdateProvisionedLimit",
]);

const signed = (Object.keys(operations) as OperationName[]).filter((name) => !isUnsigned(name));
const membersOf = (name: OperationName): Readonly<Record<string, string>> => {
  const shape = shapeModel(operationModel(name).input);
  return shape.type === "structure" ? shape.members : {};
};

describe("a signed operation", () => {
  let server: TestServer;
  let cognito: sdk.CognitoIdentityProviderClient;
  let own: { poolId: string; clientId: string };
  let foreign: { poolId: string; clientId: string };
  const arnOf = (poolId: string) => `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${poolId}`;
  const iam = () => iamClient(server);

  beforeAll(async () => {
    server = await startTestServer();
    own = await createPoolAndClient(server.cognito, {
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true },
      UserPoolTier: "PLUS",
      UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" },
    });
    foreign = await createPoolAndClient(server.cognito);
    await server.cognito.send(
      new sdk.AdminCreateUserCommand({
        UserPoolId: foreign.poolId,
        Username: "foreign-user",
        MessageAction: "SUPPRESS",
      }),
    );
    await iam().send(new CreateUserCommand({ UserName: "caller" }));
    const { AccessKey } = await iam().send(new CreateAccessKeyCommand({ UserName: "caller" }));
    cognito = new sdk.CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: {
        accessKeyId: AccessKey?.AccessKeyId ?? "",
        secretAccessKey: AccessKey?.SecretAccessKey ?? "",
      },
      maxAttempts: 1,
    });
  });
  afterAll(async () => {
    cognito.destroy();
    await server.stop();
  });

  const policy = (...statements: object[]) =>
    iam().send(
      new PutUserPolicyCommand({
        UserName: "caller",
        PolicyName: "p",
        PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
      }),
    );
  const inputOf = (name: OperationName): Input => {
    const input = validValue(operationModel(name).input) as Input;
    const members = membersOf(name);
    return {
      ...input,
      ...("UserPoolId" in members && { UserPoolId: own.poolId }),
      ...("Password" in members && { Password: "Right-Password-1" }),
      ...("ResourceArn" in members && { ResourceArn: arnOf(own.poolId) }),
    };
  };
  const send = async (client: sdk.CognitoIdentityProviderClient, name: OperationName, input: Input) => {
    const commands = sdk as unknown as Record<string, new (input: Input) => sdk.DescribeUserPoolCommand>;
    const Command = commands[`${name}Command`];
    if (!Command) throw new Error(`The SDK has no ${name}.`);
    try {
      await client.send(new Command(input));
      return { name: "none", message: "" };
    } catch (error) {
      return error as Error;
    }
  };
  const denied = (name: OperationName, end: string) => ({
    name: "AccessDeniedException",
    message: `User: arn:aws:iam::123456789012:user/caller is not authorized to perform: cognito-idp:${name} on resource: ${
      WITHOUT_POOL.has(name) ? expectedAll(name) : arnOf(own.poolId)
    } ${end}`,
  });
  /** Recorded from CreateUserPool on 2026-09-24. */
  const expectedAll = (name: OperationName) => (name === "CreateUserPool" ? arnOf("*") : "*");

  it.each(signed)(
    "%s is denied with a policy for another pool, with one for another operation, and with a Deny",
    async (name) => {
      const input = inputOf(name);
      const implicit = denied(name, `because no identity-based policy allows the cognito-idp:${name} action`);
      await policy({ Effect: "Allow", Action: "cognito-idp:*", Resource: arnOf(foreign.poolId) });
      expect(await send(cognito, name, input)).toMatchObject(implicit);
      await policy({ Effect: "Allow", NotAction: `cognito-idp:${name}`, Resource: "*" });
      expect(await send(cognito, name, input)).toMatchObject(implicit);
      await policy(
        { Effect: "Allow", Action: "*", Resource: "*" },
        { Effect: "Deny", Action: `cognito-idp:${name}`, Resource: "*" },
      );
      expect(await send(cognito, name, input)).toMatchObject(
        denied(name, "with an explicit deny in an identity-based policy"),
      );
    },
  );

  const withClient = signed.filter(
    (name) => "UserPoolId" in membersOf(name) && "ClientId" in membersOf(name),
  );
  it.each(withClient)("%s rejects another pool's app client", async (name) => {
    const input = { ...inputOf(name), ClientId: foreign.clientId };
    expect((await send(server.cognito, name, input)).name).toBe("ResourceNotFoundException");
  });

  const withUser = signed.filter(
    (name) => "UserPoolId" in membersOf(name) && "Username" in membersOf(name) && name !== "AdminCreateUser",
  );
  it.each(withUser)("%s rejects another pool's user", async (name) => {
    const input = { ...inputOf(name), Username: "foreign-user" };
    const { errors } = operationModel(name);
    // Operations on devices have no exception of their own for users.
    const expected = errors.includes("UserNotFoundException")
      ? "UserNotFoundException"
      : "ResourceNotFoundException";
    expect((await send(server.cognito, name, input)).name).toBe(expected);
  });

  describe("rejects another pool's", () => {
    const PASSWORD = "Right-Password-1";
    const Username = "visitor";
    let session: string;
    let tokens: sdk.AuthenticationResultType;
    const signIn = async ({ poolId, clientId }: typeof foreign) =>
      server.cognito.send(
        new sdk.AdminInitiateAuthCommand({
          UserPoolId: poolId,
          ClientId: clientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: Username, PASSWORD },
        }),
      );

    beforeAll(async () => {
      for (const { poolId } of [own, foreign]) {
        await server.cognito.send(
          new sdk.AdminCreateUserCommand({
            UserPoolId: poolId,
            Username,
            TemporaryPassword: PASSWORD,
            MessageAction: "SUPPRESS",
          }),
        );
      }
      session = (await signIn(foreign)).Session ?? "";
      await server.cognito.send(
        new sdk.AdminSetUserPasswordCommand({
          UserPoolId: foreign.poolId,
          Username,
          Password: PASSWORD,
          Permanent: true,
        }),
      );
      tokens = (await signIn(foreign)).AuthenticationResult ?? {};
    });

    it("Session", async () => {
      const answer = {
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: session,
        ChallengeResponses: { USERNAME: Username, NEW_PASSWORD: "Another-Password-1" },
      };
      for (const [name, input] of [
        ["RespondToAuthChallenge", { ...answer, ClientId: own.clientId }],
        ["AdminRespondToAuthChallenge", { ...answer, UserPoolId: own.poolId, ClientId: own.clientId }],
      ] as const) {
        expect((await send(server.cognito, name, input)).name, name).toBe("NotAuthorizedException");
      }
    });

    it("refresh token", async () => {
      const parameters = { REFRESH_TOKEN: tokens.RefreshToken };
      const refresh = { AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: parameters, ClientId: own.clientId };
      for (const [name, input] of [
        ["InitiateAuth", refresh],
        ["AdminInitiateAuth", { ...refresh, UserPoolId: own.poolId }],
        ["GetTokensFromRefreshToken", { RefreshToken: tokens.RefreshToken, ClientId: own.clientId }],
      ] as const) {
        expect((await send(server.cognito, name, input)).name, name).toBe("NotAuthorizedException");
      }
      // RFC 7009 §2.2: there is nothing to revoke that is this client's.
      await send(server.cognito, "RevokeToken", { Token: tokens.RefreshToken, ClientId: own.clientId });
      const { AuthenticationResult } = await server.cognito.send(
        new sdk.GetTokensFromRefreshTokenCommand({
          RefreshToken: tokens.RefreshToken,
          ClientId: foreign.clientId,
        }),
      );
      expect(AuthenticationResult?.AccessToken).toBeDefined();
    });

    const withToken = (Object.keys(operations) as OperationName[]).filter((name) => {
      const shape = shapeModel(operationModel(name).input);
      return shape.type === "structure" && shape.required?.includes("AccessToken") === true;
    });
    it("access token for any other user than its own", async () => {
      const { Username: named } = await server.cognito.send(
        new sdk.GetUserCommand({ AccessToken: tokens.AccessToken }),
      );
      expect(named).toBe(Username);
      // No operation with an access token takes a pool or a user's name, so none can be turned to another pool.
      for (const name of withToken) {
        const members = Object.keys(membersOf(name));
        expect(members, name).not.toContain("UserPoolId");
        expect(members, name).not.toContain("Username");
      }
      expect(withToken.length).toBeGreaterThan(15);
    });
  });
});
