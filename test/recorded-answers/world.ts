/** What entries find on the server, made as they ask for it. */
import type { OperationName } from "../../src/api-model/index.ts";
import type { TestServer } from "../support/server.ts";
import type { Answer, Json } from "./entry.ts";
import { callOnWire, parsed } from "./wire.ts";

export const PASSWORD = "Right-Password-1";

const EVERY_PASSWORD_FLOW = [
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
];

export class World {
  readonly server: TestServer;
  constructor(server: TestServer) {
    this.server = server;
  }

  /** A call that prepares; it has to succeed. */
  async call(operation: OperationName, input: Json): Promise<Answer> {
    const answer = await callOnWire(this.server.url, operation, input);
    if (answer.status !== 200) throw new Error(`${operation} was refused: ${answer.text}`);
    return parsed(answer);
  }

  /** A pool of the plan that most answers were recorded in. @returns its id */
  async pool(settings: Json = {}): Promise<string> {
    const { UserPool } = await this.call("CreateUserPool", {
      PoolName: "p",
      UserPoolTier: "LITE",
      ...settings,
    });
    return UserPool.Id;
  }

  async client(UserPoolId: string, settings: Json = {}): Promise<{ id: string; secret: string }> {
    const { UserPoolClient } = await this.call("CreateUserPoolClient", {
      UserPoolId,
      ClientName: "default",
      ExplicitAuthFlows: EVERY_PASSWORD_FLOW,
      ...settings,
    });
    return { id: UserPoolClient.ClientId, secret: UserPoolClient.ClientSecret };
  }

  /** A user with a password of their own, unless a temporary one is given. */
  async user(UserPoolId: string, Username: string, input: Json = {}): Promise<void> {
    await this.call("AdminCreateUser", { UserPoolId, Username, MessageAction: "SUPPRESS", ...input });
    if (input.TemporaryPassword !== undefined) return;
    await this.call("AdminSetUserPassword", { UserPoolId, Username, Password: PASSWORD, Permanent: true });
  }
}

/** What InitiateAuth takes for a sign-in by name and password. */
export function passwordSignIn(ClientId: string, USERNAME: string, password = PASSWORD): Json {
  return {
    ClientId,
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME, PASSWORD: password },
  };
}

export function refresh(ClientId: string, REFRESH_TOKEN: string, more: Json = {}): Json {
  return { ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: { REFRESH_TOKEN, ...more } };
}

/** The claims of a token, unverified. */
export function claimsOf(token: string): Answer {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
}
