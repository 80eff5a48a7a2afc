/** For the tests of signing up: a pool with a client, and the calls of a sign-up in it. */
import type { AdminGetUserResponse } from "../../../api-model/index.ts";
import type { TestContext } from "../../testing.ts";
import type { Triggers } from "../../triggers/index.ts";
import { type Caller, caller } from "../testing.ts";

export const PASSWORD = "Correct-horse-1";
export const attributes = (values: Record<string, string>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
export const EMAIL = { email: "jane@example.com" };
export const SMS = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } };
export const AUTO_EMAIL = { AutoVerifiedAttributes: ["email" as const] };

export interface SceneOptions {
  readonly pool?: Parameters<Caller["pool"]>[0];
  readonly client?: Parameters<Caller["client"]>[1];
  readonly triggers?: Triggers;
}

/** A pool with a client, and the calls of a sign-up in it. */
export async function signUpScene(
  context: TestContext,
  { pool = AUTO_EMAIL, client = {}, triggers }: SceneOptions = {},
) {
  const api = caller(context);
  const UserPoolId = await api.pool(pool);
  const ClientId = await api.client(UserPoolId, client);
  const here = triggers === undefined ? api : caller({ ...context, triggers });
  return {
    UserPoolId,
    ClientId,
    here,
    signUp: (Username = "jane", values: Record<string, string> = EMAIL, more: object = {}) =>
      here.outcome("SignUp", {
        ClientId,
        Username,
        Password: PASSWORD,
        UserAttributes: attributes(values),
        ...more,
      }),
    confirm: (ConfirmationCode: string, Username = "jane", more: object = {}) =>
      here.outcome("ConfirmSignUp", { ClientId, Username, ConfirmationCode, ...more }),
    resend: (Username = "jane") => here.outcome("ResendConfirmationCode", { ClientId, Username }),
    get: (Username = "jane") => here.call("AdminGetUser", { UserPoolId, Username }),
    disable: () => here.call("AdminDisableUser", { UserPoolId, Username: "jane" }),
  };
}

export const attributeOf = async (user: Promise<AdminGetUserResponse>, name: string) =>
  (await user).UserAttributes?.find(({ Name }) => Name === name)?.Value;
