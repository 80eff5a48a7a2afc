/**
 * `npm run bench -- --import`: how fast `cognate import-users` brings in a million users, and how much memory it and the server
 * take. No hash is computed: those of the source are kept as they are.
 */
import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { adopt, type Child } from "./children.ts";
import { call } from "./load/call.ts";
import { say } from "./say.ts";
import { readCredentials, startCognate } from "./subjects/cognate.ts";

const root = join(import.meta.dirname, "..");
const REGION = "us-east-1";
const WANTED_PER_SECOND = 10_000;
const ALLOWED_MIB = 200;
const SAMPLE_MILLISECONDS = 100;

interface Row {
  readonly title: string;
  readonly users: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly commandMiB: number;
  readonly serverMiB: number;
  /** Processor time of a thousand users, in milliseconds. */
  readonly commandMilliseconds: number;
  readonly serverMilliseconds: number;
}

const sources = {
  "cognito-csv": {
    title: "CSV without hashes",
    head: "cognito:username,email,email_verified,name\n",
    user: (n: number) => `user${n},user${n}@example.com,true,User Number ${n}\n`,
    tail: "",
  },
  keycloak: {
    title: "Keycloak with PBKDF2 hashes",
    head: '{"realm":"bench","users":[{"username":"first"}',
    user: (n: number) => `,\n${JSON.stringify(keycloakUser(n))}`,
    tail: "]}",
  },
} as const;

function keycloakUser(n: number) {
  const secret = { value: Buffer.alloc(64, n % 251).toString("base64"), salt: "AAECAwQFBgcICQoLDA0ODw==" };
  return {
    id: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
    username: `user${n}`,
    email: `user${n}@example.com`,
    emailVerified: true,
    enabled: true,
    firstName: "User",
    lastName: `Number ${n}`,
    credentials: [
      {
        type: "password",
        secretData: JSON.stringify({ ...secret, additionalParameters: {} }),
        credentialData: JSON.stringify({ hashIterations: 210_000, algorithm: "pbkdf2-sha512" }),
      },
    ],
  };
}

/** @returns the figures as Markdown, and whether they are as wanted */
export async function measureImport(args: readonly string[]): Promise<{ text: string; isMet: boolean }> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      import: { type: "boolean" },
      write: { type: "boolean" },
      users: { type: "string", default: "1000000" },
      only: { type: "string", default: Object.keys(sources).join() },
      profile: { type: "string" },
    },
  });
  const rows = [];
  for (const format of values.only.split(",")) {
    if (!Object.hasOwn(sources, format)) throw new TypeError(`There is no source ${format}.`);
    rows.push(await measure(format as keyof typeof sources, Number(values.users), values.profile));
  }
  const lines = rows.map((row) => {
    const times = `${row.commandMilliseconds.toFixed(0)} ms | ${row.serverMilliseconds.toFixed(0)} ms`;
    const memory = `${row.commandMiB.toFixed(0)} MiB | ${row.serverMiB.toFixed(0)} MiB`;
    const rate = Math.round(row.perSecond).toLocaleString("en");
    return `| ${row.title} | ${row.users.toLocaleString("en")} | ${row.seconds.toFixed(0)} s | ${rate} | ${times} | ${memory} |`;
  });
  return {
    text: [
      "| Import | users | time | users/s | processor time of 1,000 users: command | server | resident at most: command | server |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
      ...lines,
    ].join("\n"),
    isMet: rows.every(
      (row) =>
        row.perSecond >= WANTED_PER_SECOND && row.commandMiB <= ALLOWED_MIB && row.serverMiB <= ALLOWED_MIB,
    ),
  };
}

/** @param profileFolder where the server writes a CPU profile; none when undefined */
async function measure(
  format: keyof typeof sources,
  users: number,
  profileFolder: string | undefined,
): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), "cognate-import-"));
  const server = await startCognate(folder, { profileFolder });
  try {
    const { title, head, user, tail } = sources[format];
    const file = join(folder, "source");
    say(`${title}: writing ${users.toLocaleString("en")} users`);
    await pipeline(Readable.from(shuffled(users, head, user, tail)), createWriteStream(file));
    const access = { subject: "Cognate", port: server.port, region: REGION } as const;
    const { UserPool } = await call({ ...access, ...(await readCredentials(folder)) }, "CreateUserPool", {
      PoolName: "import",
    });
    say(`${title}: importing them`);
    const from = server.child.processorSeconds() ?? 0;
    const startedAt = performance.now();
    const command = adopt(
      spawn(
        process.execPath,
        [
          ...[join(root, "bin", "cognate.mjs"), "import-users", "--data-dir", folder],
          ...["--user-pool-id", UserPool.Id, "--format", format, file],
        ],
        { cwd: folder, env: { PATH: process.env.PATH }, stdio: "inherit" },
      ),
    );
    const most = await watch(command, server.child);
    const seconds = (performance.now() - startedAt) / 1000;
    return {
      title,
      users,
      seconds,
      perSecond: users / seconds,
      commandMiB: most.commandMiB,
      serverMiB: most.serverMiB,
      commandMilliseconds: (most.commandSeconds * 1e6) / users,
      serverMilliseconds: (((server.child.processorSeconds() ?? 0) - from) * 1e6) / users,
    };
  } finally {
    await server.child.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The users in an order of their own: sorted names would be written to the same pages one after another. */
function* shuffled(users: number, head: string, user: (n: number) => string, tail: string) {
  yield head;
  // A step that has no divisor in common with the number of users meets each of them once.
  const step = stepFor(users);
  let text = "";
  for (let index = 0; index < users; index++) {
    text += user((index * step) % users);
    if (text.length > 60_000) {
      yield text;
      text = "";
    }
  }
  yield text + tail;
}

function stepFor(users: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  let step = Math.floor(users * 0.618);
  while (divisor(step, users) !== 1) step += 1;
  return step;
}

/** Until the command ends. @throws Error it failed */
async function watch(command: Child, server: Child) {
  const most = { commandMiB: 0, serverMiB: 0, commandSeconds: 0 };
  const sample = () => {
    most.commandMiB = Math.max(most.commandMiB, command.residentMiB() ?? 0);
    most.serverMiB = Math.max(most.serverMiB, server.residentMiB() ?? 0);
    most.commandSeconds = command.processorSeconds() ?? most.commandSeconds;
  };
  const timer = setInterval(sample, SAMPLE_MILLISECONDS);
  const status = await new Promise((done) => command.process.once("exit", done));
  clearInterval(timer);
  if (status !== 0) throw new Error(`cognate import-users ended with ${status}.`);
  return most;
}
