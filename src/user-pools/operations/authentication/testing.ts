/**
 * A pool with a client and users in it, for tests of signing in. They are put into the store as they would be after the
 * operations that make them, so that a test says in one line what it starts from.
 */
import type {
  AppClientRecord,
  AppClientSettings,
  TotpRecord,
  UserPoolRecord,
  UserPoolSettings,
  UserRecord,
  UserStatus,
} from "../../../storage/index.ts";
import { makePassword } from "../../passwords/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { normalizeUsername, signInNamesOf } from "../../users/index.ts";
import { operations } from "../registry.ts";

export const PASSWORD = "Correct-horse-1";

const EVERY_FLOW = [
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
] as const;

export interface NewUser {
  readonly username?: string;
  /** Undefined for {@link PASSWORD}, null for none. */
  readonly password?: string | null;
  readonly temporary?: boolean;
  readonly status?: UserStatus;
  readonly enabled?: boolean;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly totp?: TotpRecord;
}

export interface Scene {
  readonly context: TestContext;
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  addClient(settings?: Partial<AppClientSettings>, secret?: string): Promise<AppClientRecord>;
  addUser(user?: NewUser): Promise<UserRecord>;
  /** The user as stored now. */
  stored(user: UserRecord): Promise<UserRecord | undefined>;
}

let made = 0;

export async function openScene(
  options: {
    pool?: UserPoolSettings;
    client?: Partial<AppClientSettings>;
    secret?: string;
    context?: TestContext;
  } = {},
): Promise<Scene> {
  const context = options.context ?? (await testContext());
  const { store, clock, crypto, random } = context;
  made += 1;
  const now = clock.now();
  const pool: UserPoolRecord = {
    id: `us-east-1_Scene${made}`,
    name: "scene",
    settings: options.pool ?? {},
    createdAt: now,
    lastModifiedAt: now,
  };
  await store.pools.insert(pool);

  const addClient: Scene["addClient"] = async (settings = {}, secret) => {
    made += 1;
    const client: AppClientRecord = {
      poolId: pool.id,
      id: `client${made}`,
      name: "client",
      secrets: secret === undefined ? [] : [{ id: "secret", value: secret, createdAt: now }],
      settings: { ExplicitAuthFlows: [...EVERY_FLOW], ...settings },
      createdAt: now,
      lastModifiedAt: now,
    };
    await store.clients.insert(client);
    return client;
  };
  return {
    context,
    pool,
    client: await addClient(options.client, options.secret),
    addClient,
    async addUser({ username: name = "alice", password = PASSWORD, temporary = false, ...user } = {}) {
      const username = normalizeUsername(pool, name);
      const attributes = user.attributes ?? {};
      const setAt = clock.now();
      const record: UserRecord = {
        poolId: pool.id,
        sub: random.uuid(),
        username,
        status: user.status ?? (temporary ? "FORCE_CHANGE_PASSWORD" : "CONFIRMED"),
        enabled: user.enabled ?? true,
        attributes,
        signInNames: signInNamesOf(pool, username, attributes),
        ...(user.totp && { totp: user.totp }),
        ...(password !== null && {
          password: await makePassword(crypto, pool, username, password, { now: setAt, temporary }),
        }),
        createdAt: setAt,
        lastModifiedAt: setAt,
      };
      await store.users.insert(record);
      return record;
    },
    stored: (user) => store.users.getBySub(pool.id, user.sub),
  };
}

/** Scenes in one context, and sign-ins of alice by her password in them. */
export function passwordCalls(context: TestContext) {
  const scene = (options: Parameters<typeof openScene>[0] = {}) => openScene({ context, ...options });
  const credentials = (parameters: Readonly<Record<string, string>>) => ({
    USERNAME: "alice",
    PASSWORD,
    ...parameters,
  });
  return {
    scene,
    sceneWith: (pool: UserPoolSettings, client: Partial<AppClientSettings> = {}) => scene({ pool, client }),
    signIn: ({ client }: Pick<Scene, "client">, parameters: Readonly<Record<string, string>> = {}) =>
      operations.InitiateAuth(
        { ClientId: client.id, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: credentials(parameters) },
        context,
      ),
    adminSignIn: (
      { pool, client }: Pick<Scene, "pool" | "client">,
      parameters: Readonly<Record<string, string>> = {},
      AuthFlow:
        | "ADMIN_USER_PASSWORD_AUTH"
        | "ADMIN_NO_SRP_AUTH"
        | "USER_PASSWORD_AUTH" = "ADMIN_USER_PASSWORD_AUTH",
    ) =>
      operations.AdminInitiateAuth(
        { UserPoolId: pool.id, ClientId: client.id, AuthFlow, AuthParameters: credentials(parameters) },
        context,
      ),
  };
}

/** The answer of an operation, or its exception as `Name: message`. */
export async function outcome(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    return String(error);
  }
}

/** The claims of a token, without a check of its signature. */
export function claimsOf(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(token?.split(".")[1] ?? "", "base64url").toString());
}
