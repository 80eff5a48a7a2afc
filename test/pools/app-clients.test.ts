import {
  AddUserPoolClientSecretCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolClientSecretCommand,
  DescribeUserPoolClientCommand,
  ListUserPoolClientSecretsCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";

let server: TestServer;
let UserPoolId: string;
beforeAll(async () => {
  server = await startTestServer();
  const { UserPool } = await server.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
  UserPoolId = UserPool?.Id ?? "";
});
afterAll(() => server.stop());

describe("an app client, through the JavaScript SDK", () => {
  it.each(["_custom_id_:mine", "_custom_id_=mineToo"])("has the id in the name %s", async (ClientName) => {
    const { UserPool } = await server.cognito.send(new CreateUserPoolCommand({ PoolName: "named" }));
    const { UserPoolClient } = await server.cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName }),
    );
    expect(UserPoolClient?.ClientId).toBe(ClientName.slice("_custom_id_:".length));
  });

  it("is created with Cognito's defaults, described, changed, listed and deleted", async () => {
    const { cognito } = server;
    const { UserPoolClient: made } = await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app", GenerateSecret: true }),
    );
    const ClientId = made?.ClientId ?? "";
    expect(ClientId).toMatch(/^[a-z0-9]{26}$/);
    expect(made).toEqual({
      UserPoolId,
      ClientId,
      ClientName: "app",
      ClientSecret: expect.stringMatching(/^[a-z0-9]{51}$/),
      CreationDate: expect.any(Date),
      LastModifiedDate: made?.CreationDate,
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    });

    await cognito.send(
      new UpdateUserPoolClientCommand({ UserPoolId, ClientId, ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH"] }),
    );
    const described = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    expect(described.UserPoolClient).toMatchObject({
      ClientSecret: made?.ClientSecret,
      ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH"],
    });

    const { UserPoolClients } = await cognito.send(new ListUserPoolClientsCommand({ UserPoolId }));
    expect(UserPoolClients).toEqual([{ ClientId, UserPoolId, ClientName: "app" }]);

    await cognito.send(new DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
    await expect(
      cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId })),
    ).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "User pool client does not exist.",
    });
  });

  it("replaces its secret", async () => {
    const { cognito } = server;
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app", GenerateSecret: true }),
    );
    const client = { UserPoolId, ClientId: UserPoolClient?.ClientId };
    const { ClientSecretDescriptor } = await cognito.send(new AddUserPoolClientSecretCommand(client));
    const { ClientSecrets = [] } = await cognito.send(new ListUserPoolClientSecretsCommand(client));
    expect(ClientSecrets).toHaveLength(2);
    expect(JSON.stringify(ClientSecrets)).not.toContain(ClientSecretDescriptor?.ClientSecretValue);
    const [{ ClientSecretId } = {}] = ClientSecrets;
    await cognito.send(new DeleteUserPoolClientSecretCommand({ ...client, ClientSecretId }));
    const described = await cognito.send(new DescribeUserPoolClientCommand(client));
    expect(described.UserPoolClient?.ClientSecret).toBe(ClientSecretDescriptor?.ClientSecretValue);
  });

  it.each([
    [
      "incomplete OAuth settings",
      { AllowedOAuthFlowsUserPoolClient: true },
      "InvalidOAuthFlowException",
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    ],
    [
      "an undefined scope",
      { AllowedOAuthScopes: ["api/read"] },
      "ScopeDoesNotExistException",
      "Invalid scope requested: api/read",
    ],
    [
      "a token validity that is too long",
      { AccessTokenValidity: 25 },
      "InvalidParameterException",
      "Invalid range for token validity.",
    ],
  ])("rejects an app client with %s", async (_, settings, name, message) => {
    await expect(
      server.cognito.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: "app", ...settings })),
    ).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode: 400 } });
  });
});
