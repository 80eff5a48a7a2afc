/** Records for the contract's tests. Each test has its own pool, so that tests can share a store. */

import type { Page } from "../page.ts";
import type {
  AppClientRecord,
  CodeRecord,
  GroupRecord,
  IamPolicyRecord,
  IamRoleRecord,
  IamUserRecord,
  InboxMessageRecord,
  SignInRecord,
  UserPoolRecord,
  UserRecord,
} from "../records.ts";
import type { Store } from "../store.ts";

let last = 0;

/** A name that no other test has. */
export function unique(prefix: string): string {
  last += 1;
  return `${prefix}${last}`;
}

export function poolRecord(overrides: Partial<UserPoolRecord> = {}): UserPoolRecord {
  return {
    id: unique("us-east-1_Pool"),
    name: "people",
    settings: { MfaConfiguration: "OFF", UserPoolTags: { team: "identity" } },
    createdAt: 1000,
    lastModifiedAt: 1000,
    ...overrides,
  };
}

/** Inserts a pool. @returns its id */
export async function newPool(store: Store): Promise<string> {
  const pool = poolRecord();
  await store.pools.insert(pool);
  return pool.id;
}

export function clientRecord(poolId: string, overrides: Partial<AppClientRecord> = {}): AppClientRecord {
  return {
    poolId,
    id: unique("client"),
    name: "app",
    secrets: [{ id: "s1", value: "secret value", createdAt: 1000 }],
    settings: { ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] },
    createdAt: 1000,
    lastModifiedAt: 1000,
    ...overrides,
  };
}

export function userRecord(poolId: string, overrides: Partial<UserRecord> = {}): UserRecord {
  const username = overrides.username ?? unique("user");
  return {
    poolId,
    sub: `sub-of-${username}`,
    username,
    status: "CONFIRMED",
    enabled: true,
    attributes: {},
    signInNames: [{ kind: "username", key: username }],
    createdAt: 1000,
    lastModifiedAt: 1000,
    ...overrides,
  };
}

export function groupRecord(poolId: string, overrides: Partial<GroupRecord> = {}): GroupRecord {
  return { poolId, name: unique("group"), createdAt: 1000, lastModifiedAt: 1000, ...overrides };
}

/** Inserts a sign-in of the user, through a client of its own unless the overrides name one. */
export async function newSignIn(
  store: Store,
  user: UserRecord,
  overrides: Partial<SignInRecord> = {},
): Promise<SignInRecord> {
  const client = clientRecord(user.poolId);
  if (overrides.clientId === undefined) await store.clients.insert(client);
  const signIn = signInRecord(user, client.id, overrides);
  await store.signIns.insert(signIn);
  return signIn;
}

export function signInRecord(
  user: UserRecord,
  clientId: string,
  overrides: Partial<SignInRecord> = {},
): SignInRecord {
  return {
    originJti: unique("jti"),
    poolId: user.poolId,
    clientId,
    sub: user.sub,
    authenticatedAt: 1000,
    eventId: "event",
    scope: "aws.cognito.signin.user.admin",
    refreshExpiresAt: 5000,
    rotation: 0,
    ...overrides,
  };
}

export function codeRecord(user: UserRecord, overrides: Partial<CodeRecord> = {}): CodeRecord {
  return {
    poolId: user.poolId,
    sub: user.sub,
    purpose: "ForgotPassword",
    code: "123456",
    sentTo: { attribute: "email", value: "ana@example.com" },
    expiresAt: 5000,
    ...overrides,
  };
}

export function messageRecord(overrides: Partial<InboxMessageRecord> = {}): InboxMessageRecord {
  return {
    id: unique("message"),
    poolId: "us-east-1_Inbox",
    username: "ana",
    medium: "EMAIL",
    destination: "ana@example.com",
    subject: "Your temporary password",
    body: "It is hunter2.",
    purpose: "AdminCreateUser",
    sentAt: 1000,
    ...overrides,
  };
}

export function iamUserRecord(accountId: string, overrides: Partial<IamUserRecord> = {}): IamUserRecord {
  return {
    accountId,
    name: unique("Person"),
    path: "/",
    uniqueId: unique("AIDA"),
    tags: {},
    createdAt: 1000,
    attachedPolicyArns: [],
    inlinePolicies: {},
    ...overrides,
  };
}

export function iamRoleRecord(accountId: string, overrides: Partial<IamRoleRecord> = {}): IamRoleRecord {
  return {
    ...iamUserRecord(accountId),
    name: unique("Role"),
    trustPolicy: "{}",
    trustedIds: {},
    maxSessionSeconds: 3600,
    ...overrides,
  };
}

export function iamPolicyRecord(
  accountId: string,
  overrides: Partial<IamPolicyRecord> = {},
): IamPolicyRecord {
  return {
    accountId,
    name: unique("Policy"),
    path: "/",
    uniqueId: unique("ANPA"),
    tags: {},
    createdAt: 1000,
    versions: [{ id: "v1", document: "{}", createdAt: 1000 }],
    defaultVersionId: "v1",
    lastVersionNumber: 1,
    updatedAt: 1000,
    ...overrides,
  };
}

/** Reads a list to its end, `limit` at a time. */
export async function allPages<T>(
  limit: number,
  list: (page: { limit: number; after?: string | undefined }) => Promise<Page<T>>,
): Promise<T[][]> {
  const pages: T[][] = [];
  let after: string | undefined;
  do {
    const page = await list({ limit, after });
    pages.push([...page.items]);
    if (after !== undefined && page.next === after) throw new Error("A page leads to itself.");
    after = page.next;
  } while (after !== undefined);
  return pages;
}

/** Inserts a user, in a pool of its own unless one is named. */
export async function newUser(store: Store, poolId?: string): Promise<UserRecord> {
  const user = userRecord(poolId ?? (await newPool(store)));
  await store.users.insert(user);
  return user;
}

/** Inserts a user, and two whom a query may mistake for them: another one of the pool, and one of another pool with their `sub`. */
export async function userAndOthers(
  store: Store,
): Promise<{ user: UserRecord; others: readonly UserRecord[] }> {
  const user = await newUser(store);
  const others = [userRecord(user.poolId), userRecord(await newPool(store), { sub: user.sub })];
  for (const other of others) await store.users.insert(other);
  return { user, others };
}
