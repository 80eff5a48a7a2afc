/**
 * What a fuzz knows of the server under test: pools, clients, users, tokens, open challenges and the like, so that its next
 * requests can name things that exist. It learns from answers alone.
 */
import { createHmac } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import type { OperationName } from "../../src/api-model/index.ts";
import type { Authenticator } from "../../src/user-pools/operations/passkeys/testing.ts";
import { type InboxMessage, inbox } from "../support/inbox.ts";
import type { RandomSource } from "./random.ts";

export type Json = Readonly<Record<string, unknown>>;
/** An answer's body; members are looked at by name. */
// biome-ignore lint/suspicious/noExplicitAny: answers are checked against the API model before they are read
export type Body = any;

export type PoolKind = "plain" | "full" | "email" | "custom" | "spare";

export interface Pool {
  readonly id: string;
  readonly kind: PoolKind;
  readonly clients: Client[];
  readonly users: User[];
  readonly groups: Set<string>;
  readonly resourceServers: Set<string>;
  readonly providers: Set<string>;
  readonly domains: Set<string>;
  /** The client of each branding, by its ID. */
  readonly brandings: Map<string, string>;
  readonly terms: Map<string, { readonly clientId: string; readonly name: string }>;
  readonly jobs: Map<string, string>;
  readonly customAttributes: Set<string>;
  readonly replicas: Set<string>;
  /** Deleted users, groups and the like: a request may name them. */
  readonly deleted: string[];
}

export interface Client {
  readonly id: string;
  readonly pool: Pool;
  readonly secrets: { readonly id?: string; readonly value: string }[];
  readonly kind: ClientKind;
}

export type ClientKind = "app" | "secret" | "machine" | "rotating" | "pages";

export interface Tokens {
  readonly client: Client;
  access: string;
  id: string;
  refresh: string | undefined;
  expiresAt: number;
}

export interface Device {
  readonly key: string;
  readonly metadata: { readonly DeviceKey: string; readonly DeviceGroupKey: string };
  isConfirmed: boolean;
}

export interface User {
  readonly pool: Pool;
  readonly username: string;
  readonly email: string;
  password: string;
  isConfirmed: boolean;
  tokens: Tokens[];
  readonly devices: Device[];
  readonly passkeys: Authenticator[];
  readonly links: { readonly provider: string; readonly subject: string }[];
  groups: Set<string>;
  totp: string | undefined;
  pendingTotp: string | undefined;
  lastTotpAt: number;
}

/** A challenge that waits for its answer. */
export interface OpenChallenge {
  readonly client: Client;
  readonly user: User;
  readonly name: string;
  readonly session: string | undefined;
  readonly parameters: Readonly<Record<string, string>>;
  readonly isAdmin: boolean;
  readonly device?: Device | undefined;
}

export interface Answer {
  readonly status: number;
  readonly body: Body;
}

export interface World {
  readonly random: RandomSource;
  readonly url: string;
  readonly pools: Pool[];
  readonly challenges: OpenChallenge[];
  readonly deletedPools: string[];
  /** Values that no log may hold. */
  readonly secrets: Set<string>;
  /** Sends a request as the administrator, checks its answer, and learns from it. */
  send(operation: OperationName, input: Json): Promise<Answer>;
  now(): number;
  advance(seconds: number): Promise<void>;
}

export const ACCOUNT = "123456789012";
export const PASSWORD = "Fuzz-Password-1";

export function newPool(id: string, kind: PoolKind): Pool {
  return {
    id,
    kind,
    clients: [],
    users: [],
    groups: new Set(),
    resourceServers: new Set(),
    providers: new Set(),
    domains: new Set(),
    brandings: new Map(),
    terms: new Map(),
    jobs: new Map(),
    customAttributes: new Set(),
    replicas: new Set(),
    deleted: [],
  };
}

export function newUser(pool: Pool, username: string, more: Partial<User> = {}): User {
  return {
    pool,
    username,
    email: `${username}@example.com`,
    password: PASSWORD,
    isConfirmed: true,
    tokens: [],
    devices: [],
    passkeys: [],
    links: [],
    groups: new Set(),
    totp: undefined,
    pendingTotp: undefined,
    lastTotpAt: 0,
    ...more,
  };
}

export const poolArn = (id: string) => `arn:aws:cognito-idp:us-east-1:${ACCOUNT}:userpool/${id}`;

export function secretHash({ id, secrets }: Client, username: string): string | undefined {
  const secret = secrets[0]?.value;
  return secret && createHmac("sha256", secret).update(`${username}${id}`).digest("base64");
}

/** A code of an authenticator app that was not used before: the clock moves on where it was. */
export async function totpCode(world: World, user: User, secret: string): Promise<string> {
  const STEP_SECONDS = 30;
  if (world.now() - user.lastTotpAt < 2 * STEP_SECONDS * 1000) await world.advance(2 * STEP_SECONDS);
  user.lastTotpAt = world.now();
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: world.now() });
}

export function messagesTo(world: World, pool: Pool, username: string): Promise<InboxMessage[]> {
  return inbox(world, { poolId: pool.id, username, limit: "5" });
}

/** The newest code that a user was sent. */
export async function codeTo(world: World, user: User): Promise<string> {
  const messages = await messagesTo(world, user.pool, user.username);
  return messages.find(({ code }) => code !== undefined)?.code ?? "123456";
}

/** A pool, of a kind if one is given. */
export function poolOf(world: World, ...kinds: readonly PoolKind[]): Pool | undefined {
  return world.random.pickAny(
    world.pools.filter(({ kind }) => (kinds.length === 0 ? kind !== "spare" : kinds.includes(kind))),
  );
}

export function clientOf(
  world: World,
  pool: Pool | undefined,
  ...kinds: readonly ClientKind[]
): Client | undefined {
  return world.random.pickAny(
    (pool?.clients ?? []).filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)),
  );
}

export function userOf(
  world: World,
  pool: Pool | undefined,
  fits: (user: User) => boolean = () => true,
): User | undefined {
  return world.random.pickAny((pool?.users ?? []).filter(fits));
}

export function findUser(pool: Pool | undefined, name: unknown): User | undefined {
  return pool?.users.find(({ username, email }) => username === name || email === name);
}

export function findClient(world: World, id: unknown): Client | undefined {
  return world.pools.flatMap(({ clients }) => clients).find((client) => client.id === id);
}

/** The tokens whose access token is given. */
export function findTokens(world: World, access: unknown): { user: User; tokens: Tokens } | undefined {
  for (const user of world.pools.flatMap(({ users }) => users)) {
    const tokens = user.tokens.find((held) => held.access === access);
    if (tokens) return { user, tokens };
  }
  return undefined;
}
