import { spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { systemClock } from "../../src/clock.ts";
import { createCrypto, readMasterKeys } from "../../src/crypto/index.ts";
import { systemRandom } from "../../src/random.ts";
import { openSqliteStore, type PasswordRecord, type UserRecord } from "../../src/storage/index.ts";
import { adopt } from "../children.ts";
import { call } from "../load/call.ts";
import { CALLBACK_URL } from "../load/code-flow.ts";
import { srpVerifier } from "../load/srp-client.ts";
import { FACTOR_USERS, FUNCTION_USERS, PASSWORD, passwordUsers, person, SRP_SALT_HEX } from "./population.ts";
import {
  createFactorsPool,
  createFunctionsPool,
  FUNCTION_FILE,
  FUNCTION_SOURCE,
  hasApp,
  passkeyOf,
  withApp,
} from "./side-pools.ts";
import { startSmsGateway } from "./sms-gateway.ts";
import type { StartedServer, Subject } from "./subject.ts";
import { untilHealthy } from "./subject.ts";
import type { Access, SidePool, Target } from "./target.ts";

const root = join(import.meta.dirname, "..", "..");
const REGION = "us-east-1";
const START_MILLISECONDS = 30_000;
/** How many users are written at once. */
const CHUNK = 512;

export interface CognateOptions {
  /** The folder to which each start writes a CPU profile; none when undefined. */
  readonly profileFolder?: string | undefined;
  /** The port of the gateway that SMS go to. */
  readonly smsGatewayPort?: number | undefined;
  /** The folder of Lambda functions. */
  readonly functionsFolder?: string | undefined;
}

/** Starts `cognate serve`, as it is started in production, on a folder. */
export async function startCognate(folder: string, options: CognateOptions = {}): Promise<StartedServer> {
  const profiling =
    options.profileFolder === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${options.profileFolder}`];
  const gateway =
    options.smsGatewayPort === undefined
      ? {}
      : { COGNATE_SMS_GATEWAY_URL: `http://127.0.0.1:${options.smsGatewayPort}/` };
  const functions =
    options.functionsFolder === undefined ? {} : { COGNATE_LAMBDA_DIR: options.functionsFolder };
  const spawned = performance.now();
  const child = adopt(
    spawn(
      process.execPath,
      [...profiling, join(root, "bin", "cognate.mjs"), "serve", "--port", "0", "--data-dir", folder],
      {
        cwd: folder,
        env: { PATH: process.env.PATH, ...gateway, ...functions },
        stdio: ["ignore", "pipe", "inherit"],
      },
    ),
  );
  const url = await readyUrl(child.process.stdout);
  await untilHealthy(`${url}/_cognate/health`, child, START_MILLISECONDS);
  return { child, port: Number(new URL(url).port), healthyAfter: performance.now() - spawned };
}

async function readyUrl(stdout: NodeJS.ReadableStream | null): Promise<string> {
  if (stdout === null) throw new Error("The server's output cannot be read.");
  for await (const line of createInterface(stdout)) {
    const url = /^Cognate is ready at (\S+)$/.exec(line)?.[1];
    if (url !== undefined) {
      stdout.resume();
      return url;
    }
  }
  throw new Error("The server ended before it was ready.");
}

/** Makes a data folder whose database holds a pool of `userCount` users. */
export async function prepareCognate(
  folder: string,
  userCount: number,
  plan: Pick<CognateOptions, "profileFolder"> = {},
): Promise<Subject> {
  const { port: smsGatewayPort } = await startSmsGateway();
  const functionsFolder = join(folder, "functions");
  const options = { ...plan, smsGatewayPort, functionsFolder };
  await mkdir(functionsFolder, { recursive: true });
  await writeFile(join(functionsFolder, FUNCTION_FILE), FUNCTION_SOURCE);
  const server = await startCognate(folder, { functionsFolder });
  const credentials = await readCredentials(folder);
  const access = { subject: "Cognate", port: server.port, region: REGION, ...credentials } as const;
  const { UserPool } = await call(access, "CreateUserPool", {
    PoolName: "bench",
    AutoVerifiedAttributes: ["phone_number"],
    SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_phone_number", Priority: 1 }] },
  });
  const poolId: string = UserPool.Id;
  const { UserPoolClient } = await call(access, "CreateUserPoolClient", {
    UserPoolId: poolId,
    ClientName: "bench",
    ExplicitAuthFlows: [
      "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      "ALLOW_USER_PASSWORD_AUTH",
      "ALLOW_USER_SRP_AUTH",
      "ALLOW_REFRESH_TOKEN_AUTH",
    ],
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid"],
    CallbackURLs: [CALLBACK_URL],
    SupportedIdentityProviders: ["COGNITO"],
  });
  const clientId: string = UserPoolClient.ClientId;
  const machineClient = await createMachineClient(access, poolId);
  const [factors, functions] = [await createFactorsPool(access), await createFunctionsPool(access)];
  await server.child.stop();
  await fill(folder, { poolId, userCount, factors, functions });
  return {
    userCount,
    start: () => startCognate(folder, options),
    target: ({ port }): Target => ({
      ...access,
      port,
      poolId,
      clientId,
      factors,
      functions,
      userCount,
      smsGatewayPort,
      machineClient,
    }),
  };
}

async function createMachineClient(access: Access, UserPoolId: string) {
  await call(access, "CreateResourceServer", {
    UserPoolId,
    Identifier: "https://api.example.com",
    Name: "API",
    Scopes: [{ ScopeName: "read", ScopeDescription: "Read" }],
  });
  const { UserPoolClient } = await call(access, "CreateUserPoolClient", {
    UserPoolId,
    ClientName: "machine",
    GenerateSecret: true,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["client_credentials"],
    AllowedOAuthScopes: ["https://api.example.com/read"],
  });
  return { id: UserPoolClient.ClientId as string, secret: UserPoolClient.ClientSecret as string };
}

/** Of the administrator, as the server wrote them. */
export async function readCredentials(
  folder: string,
): Promise<{ accessKeyId: string; secretAccessKey: string }> {
  const file = await readFile(join(folder, "credentials"), "utf8");
  const accessKeyId = /^aws_access_key_id\s*=\s*(\S+)/m.exec(file)?.[1];
  const secretAccessKey = /^aws_secret_access_key\s*=\s*(\S+)/m.exec(file)?.[1];
  if (!accessKeyId || !secretAccessKey) throw new Error(`No key in ${join(folder, "credentials")}.`);
  return { accessKeyId, secretAccessKey };
}

interface Pools {
  readonly poolId: string;
  readonly userCount: number;
  readonly factors: SidePool;
  readonly functions: SidePool;
}

/** Writes the users through the storage layer, which is what their operations do once everything is checked. */
async function fill(folder: string, { poolId, userCount, factors, functions }: Pools): Promise<void> {
  const masterKeys = readMasterKeys(join(folder, "master.key"));
  if (masterKeys === undefined) throw new Error(`The server made no master key in ${folder}.`);
  const crypto = createCrypto({ random: systemRandom, masterKeys });
  const store = await openSqliteStore({
    file: join(folder, "cognate.db"),
    sealer: crypto.sealer,
    clock: systemClock,
  });
  const now = systemClock.now();
  const withPassword = new Set(passwordUsers(userCount));

  async function insert(
    pool: string,
    number: number,
    hasPassword: boolean,
    more: Partial<UserRecord> = {},
  ): Promise<void> {
    const { username, sub, email } = person(number);
    const verifier = hasPassword
      ? await crypto.srp.makeVerifier({ poolName: pool.slice(pool.indexOf("_") + 1), username }, PASSWORD)
      : { saltHex: SRP_SALT_HEX, verifier: srpVerifier };
    const password: PasswordRecord = { ...verifier, setAt: now, temporary: false };
    await store.users.insert({
      poolId: pool,
      sub,
      username,
      status: "CONFIRMED",
      enabled: true,
      attributes: { email, email_verified: "true" },
      signInNames: [{ kind: "username", key: username }],
      password,
      createdAt: now,
      lastModifiedAt: now,
      ...more,
    } satisfies UserRecord);
  }

  async function insertFactorUser(number: number): Promise<void> {
    await insert(factors.poolId, number, hasApp(number), hasApp(number) ? withApp() : {});
    if (!hasApp(number)) await store.passkeys.insert(passkeyOf(factors.poolId, number, now));
  }

  try {
    await inChunks(userCount, (number) => insert(poolId, number, withPassword.has(number)));
    await inChunks(2 * FACTOR_USERS, insertFactorUser);
    await inChunks(FUNCTION_USERS, (number) => insert(functions.poolId, number, true));
  } finally {
    await store.close();
    await crypto.close();
  }
}

async function inChunks(count: number, work: (number: number) => Promise<void>): Promise<void> {
  for (let first = 0; first < count; first += CHUNK) {
    const length = Math.min(CHUNK, count - first);
    await Promise.all(Array.from({ length }, (_, index) => work(first + index)));
  }
}
