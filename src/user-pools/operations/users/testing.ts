import type { CreateUserPoolRequest } from "../../../api-model/index.ts";
import type { UserRecord } from "../../../storage/index.ts";
import { matchesPassword } from "../../passwords/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

export const attributes = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

/** The members that name a user. */
export interface Named {
  readonly UserPoolId: string;
  readonly Username: string;
}

export interface UserScene {
  readonly context: TestContext;
  readonly api: Caller;
  /** Creates a pool with the user jane, and moves the clock by a second. */
  jane(settings?: Partial<CreateUserPoolRequest>, values?: Readonly<Record<string, string>>): Promise<Named>;
  stored(named: Named): Promise<UserRecord>;
}

export async function openUserScene(): Promise<UserScene> {
  const context = await testContext();
  const api = caller(context);
  return {
    context,
    api,
    async jane(settings = {}, values = { email: "jane@example.com", email_verified: "true" }) {
      const UserPoolId = await api.pool(settings);
      await api.call("AdminCreateUser", {
        UserPoolId,
        Username: "jane",
        TemporaryPassword: "Temporary-1",
        UserAttributes: attributes(values),
        MessageAction: "SUPPRESS",
      });
      context.clock.advance(1000);
      return { UserPoolId, Username: "jane" };
    },
    async stored({ UserPoolId, Username }) {
      const user = await context.store.users.find(UserPoolId, Username);
      if (!user) throw new Error(`There is no ${Username}.`);
      return user;
    },
  };
}

/** Whether a user has this password, temporary or not. */
export async function hasPassword(
  { store, crypto }: TestContext,
  UserPoolId: string,
  username: string,
  password: string,
): Promise<boolean> {
  const pool = await store.pools.get(UserPoolId);
  if (!pool) throw new Error("There is no pool.");
  return matchesPassword(crypto, pool, await store.users.find(UserPoolId, username), password);
}
