import {
  CreateUserPoolClientCommand,
  type CreateUserPoolClientCommandInput,
  CreateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { createConfirmedUser, type TestServer } from "../support/server.ts";

export const PASSWORD = "Permanent-1";
export const CALLBACK = "https://app.example.com/callback?kept=1";
export const PLAIN_CALLBACK = "https://app.example.com/callback";

/** A pool with alice in it. */
export async function openPool({ cognito }: TestServer): Promise<string> {
  const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "oauth" }));
  const UserPoolId = UserPool?.Id ?? "";
  const alice = { UserPoolId, Username: "alice" };
  const attributes = {
    email: "alice@example.com",
    email_verified: "true",
    name: "Alice",
    phone_number: "+15555550100",
  };
  await createConfirmedUser(cognito, {
    ...alice,
    UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    Password: PASSWORD,
  });
  return UserPoolId;
}

export interface TestClient {
  readonly client_id: string;
  readonly client_secret: string | undefined;
}

export async function createClient(
  { cognito }: TestServer,
  UserPoolId: string,
  settings: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<TestClient> {
  const { UserPoolClient } = await cognito.send(
    new CreateUserPoolClientCommand({
      UserPoolId,
      ClientName: "oauth",
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ["code", "implicit"],
      AllowedOAuthScopes: ["openid", "email", "profile", "aws.cognito.signin.user.admin"],
      CallbackURLs: [CALLBACK, PLAIN_CALLBACK],
      LogoutURLs: ["https://app.example.com/bye"],
      SupportedIdentityProviders: ["COGNITO"],
      ...settings,
    }),
  );
  return { client_id: UserPoolClient?.ClientId ?? "", client_secret: UserPoolClient?.ClientSecret };
}
