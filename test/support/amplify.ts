/** An app with Amplify v6 that is configured for a pool of a test server, and jane in it. */
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { Amplify } from "aws-amplify";
import { cognitoUserPoolsTokenProvider } from "aws-amplify/auth/cognito";
import { Secret, TOTP } from "otpauth";
import { clockOf, createPoolAndClient, type TestServer } from "./server.ts";

export const PASSWORD = "Perm4nent!";
export const JANES_ADDRESSES = {
  phone_number: "+15550109876",
  email: "jane@example.com",
  email_verified: "true",
};

/** Gives Amplify the empty storage of another browser. */
export function openBrowserStorage(): void {
  const items = new Map<string, string>();
  cognitoUserPoolsTokenProvider.setKeyValueStorage({
    setItem: async (key, value) => void items.set(key, value),
    getItem: async (key) => items.get(key) ?? null,
    removeItem: async (key) => void items.delete(key),
    clear: async () => items.clear(),
  });
}

export async function configureApp(
  { cognito, url }: TestServer,
  {
    pool,
    client,
    mfa,
    attributes = JANES_ADDRESSES,
    temporary = false,
  }: {
    pool?: Partial<CreateUserPoolCommandInput>;
    client?: Partial<CreateUserPoolClientCommandInput>;
    mfa?: Omit<SetUserPoolMfaConfigCommandInput, "UserPoolId">;
    attributes?: Readonly<Record<string, string>>;
    temporary?: boolean;
  } = {},
): Promise<{ UserPoolId: string; Username: string }> {
  const { poolId, clientId } = await createPoolAndClient(cognito, pool, client);
  if (mfa) await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId: poolId, ...mfa }));
  const named = { UserPoolId: poolId, Username: "jane" };
  const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  await cognito.send(new AdminCreateUserCommand({ ...named, MessageAction: "SUPPRESS", UserAttributes }));
  await cognito.send(
    new AdminSetUserPasswordCommand({ ...named, Password: PASSWORD, Permanent: !temporary }),
  );
  Amplify.configure({
    Auth: { Cognito: { userPoolId: poolId, userPoolClientId: clientId, userPoolEndpoint: url } },
  });
  return named;
}

/** The code that an authenticator app shows. */
export const appCode = (server: TestServer, secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clockOf(server).now() });
