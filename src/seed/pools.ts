import { hash } from "node:crypto";
import {
  type AttributeType,
  ConcurrentModificationException,
  type OperationName,
  type Operations,
  operationModel,
  PasswordHistoryPolicyViolationException,
  ResourceNotFoundException,
  shapeModel,
  UserNotFoundException,
} from "../api-model/index.ts";
import { regionOf } from "../pool-ids.ts";
import type { InstallationRepository } from "../storage/index.ts";
import { clientIdFor, poolIdFor, subFor } from "./ids.ts";
import { inPart } from "./places.ts";
import type { PoolSeed } from "./schema.ts";

/** The ids that an operation gives to what it makes, in place of random ones. */
export interface GivenIds {
  readonly poolId?: string;
  readonly clientId?: string;
  readonly sub?: string;
}

export interface PoolSeedTarget {
  /** Where a pool without a region or id of its own is made. */
  readonly region: string;
  readonly installation: InstallationRepository;
  /** Runs an operation as the server itself; the input is checked against the API model first. */
  call<Name extends OperationName>(
    name: Name,
    region: string,
    input: Readonly<Record<string, unknown>>,
    ids?: GivenIds,
  ): Promise<Operations[Name]["output"]>;
}

/** Creates the missing parts of a pool, and applies the seed's settings when they have changed. */
export async function applyPoolSeed(pool: PoolSeed, target: PoolSeedTarget): Promise<void> {
  const region = pool.id === undefined ? (pool.region ?? target.region) : regionOf(pool.id);
  const poolId = pool.id ?? poolIdFor(region, pool.name);
  const call: Call = (name, input, ids) => untilUncontested(() => target.call(name, region, input, ids));

  const settings = { ...pool.settings, PoolName: pool.name };
  const { mfa } = pool;
  const setFactors = async () => {
    if (mfa) await inPart("mfa", () => call("SetUserPoolMfaConfig", { ...mfa, UserPoolId: poolId }));
  };
  await makeOrUpdate(target, `seed:pool:${poolId}`, mfa ? { ...settings, mfa } : settings, {
    exists: () => found(call("DescribeUserPool", { UserPoolId: poolId })),
    make: async () => {
      await call("CreateUserPool", settings, { poolId });
      await setFactors();
    },
    update: async () => {
      await call("UpdateUserPool", { ...withoutFixed(settings), UserPoolId: poolId });
      await setFactors();
    },
  });
  if (pool.domain) await applyDomain(pool.domain, poolId, target, call);
  for (const server of pool.resourceServers) {
    const serverSettings = { ...server, UserPoolId: poolId };
    const { Identifier } = server;
    await inPart(`resource server ${Identifier}`, () =>
      makeOrUpdate(target, `seed:resource-server:${poolId}:${Identifier}`, serverSettings, {
        exists: () => found(call("DescribeResourceServer", { UserPoolId: poolId, Identifier })),
        make: () => call("CreateResourceServer", serverSettings),
        update: () => call("UpdateResourceServer", serverSettings),
      }),
    );
  }
  for (const client of pool.clients) {
    const clientId = client.id ?? clientIdFor(poolId, client.name);
    const clientSettings = { ...client.settings, UserPoolId: poolId, ClientName: client.name };
    const secret = client.secret === undefined ? {} : { ClientSecret: client.secret };
    await inPart(`client ${client.name}`, () =>
      makeOrUpdate(target, `seed:client:${clientId}`, clientSettings, {
        exists: () => found(call("DescribeUserPoolClient", { UserPoolId: poolId, ClientId: clientId })),
        make: () => call("CreateUserPoolClient", { ...clientSettings, ...secret }, { clientId }),
        update: () => call("UpdateUserPoolClient", { ...clientSettings, ClientId: clientId }),
      }),
    );
  }
  for (const group of pool.groups) {
    const groupSettings = {
      UserPoolId: poolId,
      GroupName: group.name,
      ...(group.description === undefined ? {} : { Description: group.description }),
      ...(group.precedence === undefined ? {} : { Precedence: group.precedence }),
      ...(group.roleArn === undefined ? {} : { RoleArn: group.roleArn }),
    };
    await inPart(`group ${group.name}`, () =>
      makeOrUpdate(target, `seed:group:${poolId}:${group.name}`, groupSettings, {
        exists: () => found(call("GetGroup", { UserPoolId: poolId, GroupName: group.name })),
        make: () => call("CreateGroup", groupSettings),
        update: () => call("UpdateGroup", groupSettings),
      }),
    );
  }
  for (const user of pool.users) {
    await inPart(`user ${user.username}`, () => applyUser(user, poolId, target, call));
  }
}

type Call = <Name extends OperationName>(
  name: Name,
  input: Readonly<Record<string, unknown>>,
  ids?: GivenIds,
) => Promise<Operations[Name]["output"]>;

async function applyDomain(
  domain: NonNullable<PoolSeed["domain"]>,
  poolId: string,
  target: PoolSeedTarget,
  call: Call,
): Promise<void> {
  const { Domain } = domain;
  const domainSettings = { ...domain, UserPoolId: poolId };
  await inPart(`domain ${Domain}`, () =>
    makeOrUpdate(target, `seed:domain:${poolId}:${Domain}`, domainSettings, {
      // A domain of another pool counts as missing, so that making it is refused.
      exists: async () => {
        const { DomainDescription } = await call("DescribeUserPoolDomain", { Domain });
        return DomainDescription?.UserPoolId === poolId;
      },
      make: () => call("CreateUserPoolDomain", domainSettings),
      update: () => call("UpdateUserPoolDomain", domainSettings),
    }),
  );
}

/**
 * An existing user keeps password, attributes and status, because the user may have changed them. Memberships are added. A user whose
 * making was cut short is finished.
 */
async function applyUser(
  user: PoolSeed["users"][number],
  poolId: string,
  { installation }: PoolSeedTarget,
  call: Call,
): Promise<void> {
  const named = { UserPoolId: poolId, Username: user.username };
  const password = user.password ?? user.temporaryPassword;
  const state = `seed:user:${poolId}:${user.username}`;
  const isNew = await makeIfMissing({
    exists: () => found(call("AdminGetUser", named)),
    make: async () => {
      await installation.set(state, "unfinished");
      await call(
        "AdminCreateUser",
        {
          ...named,
          MessageAction: "SUPPRESS",
          UserAttributes: Object.entries(user.attributes).map(
            ([Name, Value]): AttributeType => ({ Name, Value }),
          ),
          ...(password === undefined ? {} : { TemporaryPassword: password }),
        },
        { sub: user.sub ?? subFor(poolId, user.username) },
      );
    },
  });
  if (isNew || (await installation.get(state)) === "unfinished") {
    if (user.password !== undefined) {
      await setPassword({ ...named, Password: user.password, Permanent: true }, call);
    }
    if (!user.enabled) await call("AdminDisableUser", named);
    await installation.set(state, "made");
  }
  for (const GroupName of user.groups) {
    await inPart(`group ${GroupName}`, () => call("AdminAddUserToGroup", { ...named, GroupName }));
  }
}

/** A user whose making was cut short, or whom another node finishes too, may have the password already. */
async function setPassword(input: Parameters<Call>[1], call: Call): Promise<void> {
  try {
    await call("AdminSetUserPassword", input);
  } catch (error) {
    if (!(error instanceof PasswordHistoryPolicyViolationException)) throw error;
  }
}

/** Repeats a change that came between those of another node, which starts with the same seed. Each repetition means that one succeeded. */
async function untilUncontested<T>(change: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof ConcurrentModificationException)) throw error;
    }
  }
}

interface Steps {
  readonly exists: () => Promise<boolean>;
  readonly make: () => Promise<unknown>;
  readonly update: () => Promise<unknown>;
}

async function makeOrUpdate(
  target: PoolSeedTarget,
  name: string,
  settings: object,
  steps: Steps,
): Promise<void> {
  const digest = hash("sha256", JSON.stringify(settings), "base64url");
  if (!(await makeIfMissing(steps))) {
    if ((await target.installation.get(name)) === digest) return;
    await steps.update();
  }
  await target.installation.set(name, digest);
}

/** @returns false if it was there, or if another node that starts with the same seed has made it meanwhile */
async function makeIfMissing({ exists, make }: Pick<Steps, "exists" | "make">): Promise<boolean> {
  if (await exists()) return false;
  try {
    await make();
    return true;
  } catch (error) {
    if (await exists()) return false;
    throw error;
  }
}

async function found(looking: Promise<unknown>): Promise<boolean> {
  try {
    await looking;
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException || error instanceof UserNotFoundException) return false;
    throw error;
  }
}

/** The settings that can change: those that only CreateUserPool takes are fixed from then on. */
function withoutFixed(settings: Record<string, unknown>): Record<string, unknown> {
  const [atCreation, later] = [membersOf("CreateUserPool"), membersOf("UpdateUserPool")];
  const isFixed = (name: string) => Object.hasOwn(atCreation, name) && !Object.hasOwn(later, name);
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !isFixed(name)));
}

function membersOf(operation: OperationName): object {
  const shape = shapeModel(operationModel(operation).input);
  return shape.type === "structure" ? shape.members : {};
}
