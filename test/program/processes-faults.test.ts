import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { request as plainRequest } from "node:http";
import { request as tlsRequest } from "node:https";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { DeleteUserPoolCommand, ListUserPoolClientsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { Client } from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { administratorClient } from "../support/administrator.ts";
import { type CognateProcess, program } from "../support/cognate-process.ts";
import { createDatabase } from "../support/database.ts";
import { freePort } from "../support/free-port.ts";
import { listen } from "../support/listen.ts";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";
import {
  connectTo,
  entriesOf,
  processesOf,
  processThatAnswered,
  refusesConnections,
  startProcesses,
} from "../support/several-processes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const METRICS_TOKEN = "0123456789abcdef";
const UNKNOWN_CLIENT = JSON.stringify({ ClientId: "none", AuthFlow: "USER_PASSWORD_AUTH" });
const INITIATE_AUTH = {
  "content-type": "application/x-amz-json-1.1",
  "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
};

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly requestId: string;
}

/** Posts a call that is refused, on a connection of its own, so that the processes answer in turn. */
async function initiateAuth(url: string, ca?: Buffer): Promise<Answer> {
  const options = { method: "POST", agent: false, headers: INITIATE_AUTH };
  const sent = url.startsWith("https:") ? tlsRequest(url, { ...options, ca }) : plainRequest(url, options);
  sent.end(UNKNOWN_CLIENT);
  const [response] = await once(sent, "response");
  const requestId = response.headers["x-amzn-requestid"];
  return { status: response.statusCode, body: await text(response), requestId };
}

/** Which processes answer at a URL: both, if they take turns. */
async function whoAnswers(server: CognateProcess, url = server.url, ca?: Buffer): Promise<Set<unknown>> {
  const answers: Answer[] = [];
  for (let sent = 0; sent < 4; sent++) answers.push(await initiateAuth(url, ca));
  expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  const ids = answers.map(({ requestId }) => requestId);
  await expect.poll(() => ids.every((id) => processThatAnswered(server, id) !== undefined)).toBe(true);
  return new Set(ids.map((id) => processThatAnswered(server, id)));
}

/** Kills every process of a server, one right after the other. */
function killAll(server: CognateProcess): void {
  for (const { pid } of processesOf(server)) process.kill(pid, "SIGKILL");
}

describe("the port with TLS of a server with two processes", () => {
  const both = new Set([1, 2]);

  it("is one for both, shows one authority's certificates, and outlives a process", async () => {
    const dataDir = temporaryFolder();
    const server = await startProcesses({ dataDir, args: ["--tls", "local", "--tls-port", "0"] });
    await expect.poll(server.output).toMatch(/^ {2}TLS {12}https:\S+/m);
    const url = /^ {2}TLS {12}(https:\S+)/m.exec(server.output())?.[1] ?? "";
    const authority = readFileSync(join(dataDir, "tls-authority.pem"));
    expect(await whoAnswers(server, url, authority)).toEqual(both);
    process.kill(processesOf(server)[0]?.pid ?? 0, "SIGKILL");
    await expect.poll(() => processesOf(server).length).toBe(3);
    expect(await whoAnswers(server, url, authority)).toEqual(both);
    expect(await whoAnswers(server)).toEqual(both);
    expect(await server.stop("SIGTERM")).toBe(0);
  });
});

describe("request rates of two processes with --quotas aws", () => {
  it("are those of one server", async () => {
    const dataDir = temporaryFolder();
    const server = await startProcesses({ dataDir, args: ["--quotas", "aws"] });
    const client = await administratorClient(dataDir, server.url);
    onTestFinished(() => client.destroy());
    const { poolId } = await createPoolAndClient(client);
    // The rate of UserPoolClientRead, and what has been saved up of it.
    const perSecond = 15;
    const began = Date.now();
    const reader = await administratorClient(dataDir, server.url, { maxAttempts: 1 });
    onTestFinished(() => reader.destroy());
    const calls = Array.from({ length: 150 }, () =>
      reader.send(new ListUserPoolClientsCommand({ UserPoolId: poolId, MaxResults: 1 })),
    );
    const outcomes = await Promise.allSettled(calls);
    const seconds = (Date.now() - began) / 1000;
    const answered = outcomes.filter(({ status }) => status === "fulfilled");
    // With a count for each process it would be twice as many.
    expect(answered.length).toBeLessThanOrEqual(perSecond * (1 + seconds));
    expect(answered.length).toBeGreaterThanOrEqual(perSecond);
  });
});

describe("a server whose processes are lost", () => {
  it("ends with status 1 and the reason when they end soon after each start", async () => {
    const server = await startProcesses({ args: ["--port", String(await freePort())] });
    const killed = new Set<number>();
    const killNew = () => {
      for (const { pid } of processesOf(server)) {
        if (killed.has(pid)) continue;
        killed.add(pid);
        process.kill(pid, "SIGKILL");
      }
      return server.output();
    };
    const reason = "cognate serve: Its processes end soon after their start, the last one by SIGKILL.\n";
    await expect.poll(killNew, { timeout: 80_000, interval: 10 }).toContain(reason);
    expect(await server.ended).toBe(1);
    expect(await refusesConnections(server)).toBe(true);
    expect(
      entriesOf(server).filter(({ msg }) => msg === "A process ended, and is replaced").length,
    ).toBeGreaterThan(5);
  });

  it("ends with status 1 and the reason when none is left and the database is gone", async () => {
    const url = await createDatabase();
    const server = await startProcesses({ env: { COGNATE_DATABASE_URL: url } });
    await dropDatabase(url);
    killAll(server);
    expect(await server.ended).toBe(1);
    expect(server.output()).toMatch(/^cognate serve: database "\w+" does not exist\. Create it, or/m);
  });

  it("answers at the same port when all were killed at once, if the port is not 0", async () => {
    const port = await freePort();
    const server = await startProcesses({ args: ["--port", String(port)] });
    expect(server.url).toBe(`http://127.0.0.1:${port}`);
    killAll(server);
    await expect.poll(() => processesOf(server).length).toBe(4);
    expect(await whoAnswers(server)).toEqual(new Set([1, 2]));
    expect(await server.stop("SIGTERM")).toBe(0);
  });

  it("ends with status 1 and the reason when all were killed at once, if the port is 0", async () => {
    const server = await startProcesses();
    killAll(server);
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain(`cognate serve: The port of ${server.url} was lost.\n`);
  });
});

/** Ends all connections to a database, and deletes it. */
async function dropDatabase(url: string): Promise<void> {
  const { pathname } = new URL(url);
  const client = new Client({ connectionString: url.replace(pathname, "/postgres") });
  await client.connect();
  await client.query(`drop database ${pathname.slice(1)} with (force)`);
  await client.end();
}

describe("SIGTERM to a server with two processes", () => {
  it("lets each process answer the requests that are under way", async () => {
    const server = await startProcesses();
    const sockets = await Promise.all(Array.from({ length: 6 }, () => connectTo(server)));
    const half = UNKNOWN_CLIENT.length / 2;
    const head = [
      "POST / HTTP/1.1",
      "Host: localhost",
      ...Object.entries(INITIATE_AUTH).map(([name, value]) => `${name}: ${value}`),
      `Content-Length: ${UNKNOWN_CLIENT.length}`,
      // The server says when it has the headers; a request that it gets later is refused with status 503.
      "Expect: 100-continue",
    ];
    for (const socket of sockets) {
      socket.write(`${head.join("\r\n")}\r\n\r\n${UNKNOWN_CLIENT.slice(0, half)}`);
      await once(socket, "data");
    }
    const answers = sockets.map((socket) => text(socket));
    server.signal("SIGTERM");
    await expect.poll(() => refusesConnections(server)).toBe(true);
    for (const socket of sockets) socket.write(UNKNOWN_CLIENT.slice(half));
    for (const answer of answers) expect(await answer).toContain("ResourceNotFoundException");
    expect(await server.stop("SIGTERM")).toBe(0);
  });
});

describe("the metrics of a pool that is deleted", () => {
  it("end, also those that an ended process had counted", async () => {
    const dataDir = temporaryFolder();
    const server = await startProcesses({ dataDir, env: { COGNATE_METRICS_TOKEN: METRICS_TOKEN } });
    const client = await administratorClient(dataDir, server.url);
    onTestFinished(() => client.destroy());
    const metrics = async () => {
      const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
      return (await fetch(`${server.url}/_cognate/metrics`, { headers })).text();
    };
    const { poolId } = await createPoolAndClient(client);
    const { poolId: kept } = await createPoolAndClient(client);
    for (const UserPoolId of [poolId, kept])
      await createConfirmedUser(client, { UserPoolId, Username: "hanako", Password: "Permanent-1" });
    const users = (id: string) =>
      `cognate_users_created_total{user_pool="${id}",occasion="AdminCreateUser"} 1`;
    expect(await metrics()).toContain(users(poolId));
    for (const [index, { pid }] of processesOf(server).entries()) {
      process.kill(pid, "SIGKILL");
      await expect.poll(() => processesOf(server).length).toBe(3 + index);
    }
    expect(await metrics()).toContain(users(poolId));
    await client.send(new DeleteUserPoolCommand({ UserPoolId: poolId }));
    await expect.poll(metrics).not.toContain(poolId);
    expect(await metrics()).toContain(users(kept));
  });
});

/** A module that lets the program take itself for process 1. Being it takes rights that not every machine gives to tests. */
const FIRST = 'data:text/javascript,Object.defineProperty(process, "pid", { value: 1 })';

describe("a server that is process 1, as in a container", () => {
  it.each([
    ["one process", []],
    ["two processes", ["--processes", "2"]],
  ])("ends at once when it gets SIGTERM while it starts %s", async (_, processes) => {
    // Accepts connections and says nothing, so that the start waits for its database.
    const silent = createServer();
    onTestFinished(() => void silent.close());
    const port = await listen(silent);
    const connected = once(silent, "connection");
    const database = `postgres://cognate@127.0.0.1:${port}/cognate`;
    const options = ["--database-url", database, "--data-dir", temporaryFolder(), ...processes];
    const command = ["--import", FIRST, program, "serve", ...options];
    const child = spawn(process.execPath, command, { stdio: "ignore" });
    onTestFinished(() => void child.kill("SIGKILL"));
    const ended = once(child, "exit");
    await connected;
    child.kill("SIGTERM");
    expect(await ended).toEqual([143, null]);
  });

  it("ends at once at the second SIGINT", async () => {
    const options = ["--in-memory", "--no-demo", "--port", "0", "--data-dir", temporaryFolder()];
    const child = spawn(process.execPath, ["--import", FIRST, program, "dev", ...options], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const ended = once(child, "exit");
    const [ready] = (await once(child.stdout, "data")) as [Buffer];
    const { port = "" } = /:(?<port>\d+)/.exec(ready.toString())?.groups ?? {};
    // A request whose body does not end is what the server waits for.
    const request = connect(Number(port), "127.0.0.1");
    onTestFinished(() => void request.destroy());
    request
      .on("error", () => undefined)
      .write("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{");
    await fetch(`http://127.0.0.1:${port}/_cognate/health`);
    child.kill("SIGINT");
    await expect
      .poll(() => fetch(`http://127.0.0.1:${port}/_cognate/health`).catch(() => "stopped"), {
        timeout: 10_000,
      })
      .toBe("stopped");
    child.kill("SIGINT");
    expect(await ended).toEqual([130, null]);
  });
});
