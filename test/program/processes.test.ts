import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { administratorClient } from "../support/administrator.ts";
import { type CognateProcess, program } from "../support/cognate-process.ts";
import { createDatabase } from "../support/database.ts";
import { listen } from "../support/listen.ts";
import { createPoolAndClient } from "../support/server.ts";
import {
  connectTo,
  entriesOf,
  portOf,
  processesOf,
  processThatAnswered,
  refusesConnections,
  startProcesses,
} from "../support/several-processes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const METRICS_TOKEN = "0123456789abcdef";

/** Posts on a connection of its own, so that the processes answer in turn. */
async function post(server: CognateProcess, path: string, headers: object, body: string): Promise<number> {
  const sent = request(`${server.url}${path}`, {
    method: "POST",
    agent: false,
    headers: { "content-length": Buffer.byteLength(body), ...headers },
  });
  sent.end(body);
  const [response] = await once(sent, "response");
  response.resume();
  return response.statusCode;
}

/** Keeps the connections of two processes open, each with one answered request. */
async function connectToBoth(server: CognateProcess): Promise<Socket[]> {
  const sockets = [await connectTo(server), await connectTo(server)];
  for (const socket of sockets) {
    socket.write("GET /_cognate/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await once(socket, "data");
  }
  return sockets;
}

describe("cognate serve with two processes", () => {
  let dataDir: string;
  let server: CognateProcess;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "cognate-processes-"));
    server = await startProcesses({
      dataDir,
      args: ["--log-level", "debug", "--trust-proxy"],
      env: {
        COGNATE_MASTER_KEY: randomBytes(32).toString("base64"),
        COGNATE_METRICS_TOKEN: METRICS_TOKEN,
      },
    });
  });
  afterAll(async () => {
    await server?.stop("SIGTERM");
    await rm(dataDir, { recursive: true, force: true });
  });

  it("says once that it is ready, when both processes answer", async () => {
    await expect.poll(server.output).toMatch(/^ {2}Processes {6}2$/m);
    expect(server.output().match(/Cognate is ready at/g)).toHaveLength(1);
    expect(processesOf(server).map(({ process: number }) => number)).toEqual([1, 2]);
  });

  it("answers a challenge in another process than the one that asked", async () => {
    const client = await administratorClient(dataDir, server.url, {
      requestHandler: { httpAgent: new Agent({ keepAlive: false }) },
    });
    onTestFinished(() => client.destroy());
    const { poolId, clientId } = await createPoolAndClient(client);
    const answeredBy: (number | undefined)[][] = [];
    for (const Username of ["hanako", "taro", "jiro", "saburo"]) {
      const given = { UserPoolId: poolId, Username, TemporaryPassword: "Temporary-1" };
      await client.send(new AdminCreateUserCommand({ ...given, MessageAction: "SUPPRESS" }));
      const asked = await client.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: "USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: Username, PASSWORD: "Temporary-1" },
        }),
      );
      const answered = await client.send(
        new RespondToAuthChallengeCommand({
          ClientId: clientId,
          ChallengeName: "NEW_PASSWORD_REQUIRED",
          ChallengeResponses: { USERNAME: Username, NEW_PASSWORD: "Permanent-1" },
          Session: asked.Session,
        }),
      );
      expect(answered.AuthenticationResult?.AccessToken).toBeDefined();
      const calls = [asked.$metadata.requestId, answered.$metadata.requestId];
      await expect.poll(() => processThatAnswered(server, calls[1])).toBeDefined();
      answeredBy.push(calls.map((id) => processThatAnswered(server, id)));
    }
    expect(answeredBy.filter(([first, second]) => first !== second)).not.toEqual([]);
  });

  it("gives metrics that are the sum of both processes, and the memory of each process", async () => {
    const read = async () => {
      const answer = await fetch(`${server.url}/_cognate/metrics`, {
        headers: { authorization: `Bearer ${METRICS_TOKEN}` },
      });
      return answer.text();
    };
    const requests = (metrics: string) =>
      Number(/^cognate_http_request_duration_seconds_count\{.*"404".*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
    const before = requests(await read());
    for (let sent = 1; sent <= 4; sent += 1) await post(server, "/nothing/here", {}, "");
    await expect.poll(async () => requests(await read())).toBe(before + 4);
    const metrics = await read();
    expect(metrics).toMatch(/^cognate_info\{.*\} 1$/m);
    for (const number of [1, 2])
      expect(metrics).toMatch(
        new RegExp(`^process_resident_memory_bytes\\{process="${number}"\\} \\d+$`, "m"),
      );
  });

  it("says in the answer of /_cognate/ready how many processes are running", async () => {
    const answer = await fetch(`${server.url}/_cognate/ready`);
    expect(await answer.json()).toEqual({ status: "ready", processes: { running: 2, wanted: 2 } });
  });

  it("counts wrong passwords at the console for all processes", async () => {
    const headers = {
      "x-cognate-console": "1",
      origin: server.url,
      "content-type": "application/json",
    };
    const body = JSON.stringify({ userName: "nobody", password: "Wrong-horse-1" });
    const attempts = Array.from({ length: 20 }, () => post(server, "/console/api/sign-in", headers, body));
    const statuses = await Promise.all(attempts);
    // Five are accepted at once, and one after each wait of 1, 2, 4 and 8 seconds. Two separate counts would accept ten at once.
    expect(statuses.filter((status) => status === 401).length).toBeLessThan(10);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
  });

  it("counts the forms of an address for all processes", async () => {
    const headers = {
      "x-forwarded-for": "198.51.100.7",
      "content-type": "application/x-www-form-urlencoded",
    };
    const statuses: number[] = [];
    const send = async () => {
      while (statuses.length < 310) statuses.push(await post(server, "/login", headers, "username=a"));
    };
    await Promise.all(Array.from({ length: 8 }, send));
    expect(statuses.filter((status) => status !== 429)).toHaveLength(300);
  });

  it("loses no acknowledged user when a process is killed, and fails no request of another process", async () => {
    const administrator = await administratorClient(dataDir, server.url);
    const { poolId } = await createPoolAndClient(administrator);
    const running = processesOf(server);
    const victim = running.find(({ process: number }) => number === 2)?.pid ?? 0;
    const acknowledged: string[] = [];
    const writers = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => ({
        index,
        // One connection each, and no second attempt.
        client: await administratorClient(dataDir, server.url, {
          maxAttempts: 1,
          requestHandler: { httpAgent: new Agent({ keepAlive: true, maxSockets: 1 }) },
        }),
        answeredBy: undefined as number | undefined,
        failures: 0,
        afterKill: 0,
      })),
    );
    let isKilled = false;
    const create = async (client: CognitoIdentityProviderClient, Username: string) => {
      const user = { UserPoolId: poolId, Username, TemporaryPassword: "Temporary-1" };
      const { $metadata } = await client.send(
        new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }),
      );
      acknowledged.push(Username);
      return $metadata.requestId;
    };
    await Promise.all(
      writers.map(async (writer) => {
        const id = await create(writer.client, `writer${writer.index}`);
        await expect.poll(() => processThatAnswered(server, id)).toBeDefined();
        writer.answeredBy = processThatAnswered(server, id);
      }),
    );
    expect(new Set(writers.map(({ answeredBy }) => answeredBy))).toEqual(new Set([1, 2]));

    await Promise.all(
      writers.map(async (writer) => {
        for (let user = 0; writer.afterKill < 5; user += 1) {
          if (acknowledged.length >= 40 && !isKilled) {
            isKilled = true;
            process.kill(victim, "SIGKILL");
          }
          const wasKilled = isKilled;
          try {
            await create(writer.client, `writer${writer.index}-${user}`);
            if (wasKilled) writer.afterKill += 1;
          } catch {
            writer.failures += 1;
          }
        }
      }),
    );
    expect(writers.filter(({ failures, answeredBy }) => failures > 0 && answeredBy !== 2)).toEqual([]);
    for (const Username of acknowledged)
      await administrator.send(new AdminGetUserCommand({ UserPoolId: poolId, Username }));
    for (const { client } of [...writers, { client: administrator }]) client.destroy();
    expect(entriesOf(server)).toContainEqual(
      expect.objectContaining({ msg: "A process ended, and is replaced", process: 2, pid: victim }),
    );
    await expect.poll(() => processesOf(server).length).toBe(running.length + 1);
    expect(processesOf(server).at(-1)).toMatchObject({ process: 2 });
  });

  it("closes a connection that it gave to a process which was killed before it accepted it", async () => {
    const running = processesOf(server);
    const victim = running.findLast(({ process: number }) => number === 1)?.pid ?? 0;
    process.kill(victim, "SIGSTOP");
    // Each process is given at least one of them.
    const answers = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const socket = (await connectTo(server)).resume().on("error", () => undefined);
        socket.write("GET /_cognate/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        // In an object, so that await does not wait for it here.
        return { closed: new Promise((close) => socket.on("close", close)) };
      }),
    );
    await Promise.race(answers.map(({ closed }) => closed));
    process.kill(victim, "SIGKILL");
    await Promise.all(answers.map(({ closed }) => closed));
    await expect.poll(() => processesOf(server).length).toBe(running.length + 1);
  });
});

describe("the end of a server with two processes", () => {
  it("comes with status 0 after SIGTERM, when the requests under way are answered", async () => {
    const server = await startProcesses();
    const body = JSON.stringify({ ClientId: "none", AuthFlow: "USER_PASSWORD_AUTH" });
    const open = request(server.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
        "content-length": body.length,
        // The server says when it has the headers; a request that it gets later is refused with status 503.
        expect: "100-continue",
      },
    });
    const answered = once(open, "response");
    open.flushHeaders();
    await once(open, "continue");
    open.write(body.slice(0, 5));
    server.signal("SIGTERM");
    await expect.poll(() => refusesConnections(server)).toBe(true);
    open.end(body.slice(5));
    const [response] = await answered;
    expect([response.statusCode, await text(response)]).toEqual([
      400,
      expect.stringContaining("ResourceNotFoundException"),
    ]);
    expect(await server.stop("SIGTERM")).toBe(0);
    expect(server.output()).not.toContain("A process ended");
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "comes with status 0 when the whole process group gets %s, as from a terminal",
    async (signal) => {
      const server = await startProcesses({ detached: true });
      process.kill(-server.pid, signal);
      expect(await server.stop("SIGTERM")).toBe(0);
      expect(() => process.kill(-server.pid, 0)).toThrow("ESRCH");
    },
  );

  it("leaves no process behind when the program is killed", async () => {
    const server = await startProcesses();
    const sockets = await connectToBoth(server);
    const closed = sockets.map((socket) => once(socket, "close"));
    await server.stop("SIGKILL");
    await Promise.all(closed);
    const other = createServer().listen(portOf(server), "127.0.0.1");
    await once(other, "listening");
    other.close();
  });

  it("does not come when one process gets SIGTERM, which is replaced", async () => {
    const server = await startProcesses();
    const [first] = processesOf(server);
    process.kill(first?.pid ?? 0, "SIGTERM");
    await expect.poll(() => processesOf(server).map(({ process: number }) => number)).toEqual([1, 2, 1]);
    expect(await server.stop("SIGTERM")).toBe(0);
  });
});

describe("the start of a server with two processes", () => {
  /** @returns what a program that cannot start says, and its status */
  async function outcomeOf(args: readonly string[]): Promise<[status: unknown, said: string]> {
    const child = spawn(process.execPath, [program, "serve", "--processes", "2", ...args]);
    const [[status], said] = await Promise.all([once(child, "exit"), text(child.stderr)]);
    return [status, said];
  }

  it("fails with one message when the port is taken", async () => {
    const other = createServer((socket) => socket.destroy());
    onTestFinished(() => void other.close());
    const port = await listen(other);
    const database = ["--database-url", await createDatabase(), "--log-level", "error"];
    expect(await outcomeOf([...database, "--data-dir", temporaryFolder(), "--port", `${port}`])).toEqual([
      1,
      `cognate serve: 127.0.0.1:${port} is taken; stop what listens there, or give another --port (0 takes a free one).\n`,
    ]);
  });

  it("fails with one message when the database does not answer", async () => {
    const database = ["--database-url", "postgres://cognate@127.0.0.1:1/cognate"];
    expect(await outcomeOf([...database, "--data-dir", temporaryFolder(), "--port", "0"])).toEqual([
      1,
      expect.stringMatching(/^cognate serve: Postgres cannot be used: .*\n$/),
    ]);
  });

  it("fails with one message when the data folder cannot be used", async () => {
    const database = ["--database-url", "postgres://cognate@127.0.0.1:1/cognate"];
    expect(await outcomeOf([...database, "--data-dir", program])).toEqual([
      1,
      `cognate serve: ${program} is not a folder. Give another --data-dir.\n`,
    ]);
  });

  it("writes the address and the administrator's key into the data folder", async () => {
    const folder = temporaryFolder();
    const server = await startProcesses({ dataDir: folder });
    expect(await readFile(join(folder, "config"), "utf8")).toContain(server.url);
    const client = await administratorClient(folder, server.url);
    onTestFinished(() => client.destroy());
    expect((await createPoolAndClient(client)).poolId).toMatch(/^us-east-1_/);
    expect(await server.stop("SIGTERM")).toBe(0);
  });
});
