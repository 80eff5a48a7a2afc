import { spawn } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { adopt } from "../children.ts";
import { call } from "../load/call.ts";
import { PASSWORD, person } from "./population.ts";
import { type StartedServer, type Subject, untilHealthy } from "./subject.ts";
import type { Access, Target } from "./target.ts";

const program = join(import.meta.dirname, "..", "node_modules", "cognito-local", "lib", "bin", "start.js");
/** It reads the whole database first. */
const START_MILLISECONDS = 60_000;

/** It does not look at signatures; any key will do. */
const access: Omit<Access, "port"> = { region: "local", accessKeyId: "local", secretAccessKey: "local" };

async function startCognitoLocal(folder: string): Promise<StartedServer> {
  const port = await freePort();
  const spawned = performance.now();
  const child = adopt(
    spawn(process.execPath, [program], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOST: "127.0.0.1", PORT: String(port) },
      stdio: "ignore",
    }),
  );
  await untilHealthy(`http://127.0.0.1:${port}/health`, child, START_MILLISECONDS);
  return { child, port, healthyAfter: performance.now() - spawned };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Makes a folder whose database, a file of JSON for each pool, holds a pool of `userCount` users.
 *
 * Left to itself it makes pools in which the user name is an e-mail address, and finds users in them by looking at all of
 * them; the pool here is one with user names, as Cognate's, which suits it better.
 */
export async function prepareCognitoLocal(folder: string, userCount: number): Promise<Subject> {
  await mkdir(folder, { recursive: true });
  const server = await startCognitoLocal(folder);
  const { UserPool } = await call({ ...access, port: server.port }, "CreateUserPool", { PoolName: "bench" });
  const poolId: string = UserPool.Id;
  const { UserPoolClient } = await call({ ...access, port: server.port }, "CreateUserPoolClient", {
    UserPoolId: poolId,
    ClientName: "bench",
  });
  const clientId: string = UserPoolClient.ClientId;
  await server.child.stop();

  const file = join(folder, ".cognito", "db", `${poolId}.json`);
  const { Options } = JSON.parse(await readFile(file, "utf8"));
  const database = { Users: users(userCount), Options: { ...Options, UsernameAttributes: [] } };
  await writeFile(file, JSON.stringify(database, undefined, 2));
  const used = `${folder}-used`;
  return {
    userCount,
    async start() {
      await rm(used, { recursive: true, force: true });
      await cp(folder, used, { recursive: true });
      return startCognitoLocal(used);
    },
    target: ({ port }): Target => ({
      ...access,
      subject: "cognito-local",
      port,
      poolId,
      clientId,
      userCount,
    }),
  };
}

function users(userCount: number): Record<string, object> {
  const now = new Date().toISOString();
  const entries = Array.from({ length: userCount }, (_, number) => {
    const { username, sub, email } = person(number);
    const user = {
      Username: username,
      Password: PASSWORD,
      Attributes: [
        { Name: "email", Value: email },
        { Name: "email_verified", Value: "true" },
        { Name: "sub", Value: sub },
      ],
      Enabled: true,
      UserStatus: "CONFIRMED",
      UserCreateDate: now,
      UserLastModifiedDate: now,
      RefreshTokens: [],
    };
    return [username, user] as const;
  });
  return Object.fromEntries(entries);
}
