/** A server, an app without credentials, and pools with jane in them. */
import {
  AdminCreateUserCommand,
  type AdminCreateUserCommandInput,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Jwks } from "aws-jwt-verify/jwk";
import { createPoolAndClient, startTestServer } from "../support/server.ts";

export const TEMPORARY = "Temporary-1";
export const PASSWORD = "Permanent-1";

export const refused = (name: string, message: string) => ({
  name,
  message,
  $metadata: { httpStatusCode: 400 },
});

export async function keySet(issuer: string): Promise<Jwks> {
  return (await fetch(`${issuer}/.well-known/jwks.json`)).json() as Promise<Jwks>;
}

export type SignInScene = Awaited<ReturnType<typeof openSignIns>>;

export async function openSignIns() {
  const server = await startTestServer();
  /** As an app has it: without credentials. */
  const app = new CognitoIdentityProviderClient({ endpoint: server.url, region: "us-east-1" });

  /** A pool in which jane has a temporary password, and a permanent one after `settle()`. */
  async function poolWithJane({
    pool,
    client,
    user,
  }: {
    pool?: Partial<CreateUserPoolCommandInput>;
    client?: Partial<CreateUserPoolClientCommandInput>;
    user?: Partial<AdminCreateUserCommandInput>;
  } = {}) {
    const made = await createPoolAndClient(server.cognito, pool, client);
    const named = { UserPoolId: made.poolId, Username: "jane" };
    await server.cognito.send(
      new AdminCreateUserCommand({
        ...named,
        MessageAction: "SUPPRESS",
        TemporaryPassword: TEMPORARY,
        ...user,
      }),
    );
    const settle = () =>
      server.cognito.send(new AdminSetUserPasswordCommand({ ...named, Password: PASSWORD, Permanent: true }));
    return { ...made, named, settle };
  }

  const signIn = (ClientId: string, parameters: Record<string, string> = {}) =>
    app.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "jane", PASSWORD, ...parameters },
      }),
    );

  return {
    server,
    app,
    poolWithJane,
    signIn,
    async stop() {
      app.destroy();
      await server.stop();
    },
  };
}
