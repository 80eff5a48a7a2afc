/** Uploads, KMS, the control endpoints and the API of the console. */
import { hostileText, mutatedJson, tamperedBytes } from "../mutate.ts";
import { type Pool, poolOf, type World } from "../world.ts";
import { ask, type EndpointFuzz, ofPool, type Visit } from "./ask.ts";

/** A request of the console's own page. */
const fromConsole =
  (
    method: "GET" | "POST" | "DELETE",
    path: (world: World) => string | undefined,
    body?: (world: World) => unknown,
  ): Visit =>
  async (fuzz) => {
    const at = path(fuzz.world);
    if (at === undefined) return undefined;
    const headers = { "x-cognate-console": "1", origin: fuzz.world.url };
    return (
      await ask(fuzz, { method, path: `/console/api${at}`, headers, ...(body && { json: body(fuzz.world) }) })
    ).status;
  };
const inPool =
  (path: string) =>
  (world: World): string | undefined => {
    const pool = poolOf(world);
    return pool && `/user-pools/${pool.id}${path}`;
  };

/** A file for an import job, with faults in some of its lines and bytes. */
async function importFile(world: World, pool: Pool): Promise<Uint8Array> {
  const { random } = world;
  const { body } = await world.send("GetCSVHeader", { UserPoolId: pool.id });
  const columns: readonly string[] = body.CSVHeader;
  const value = (column: string): string => {
    if (random.chance(0.03)) return hostileText(random);
    if (column === "cognito:username" || column === "email") return `${random.word(5)}@example.com`;
    if (column === "birthdate") return "02/29/2000";
    if (column === "updated_at") return "1700000000";
    return /verified|mfa_enabled/.test(column) ? random.pick(["true", "TRUE", "false", "FALSE", ""]) : "";
  };
  const row = () => columns.map((column) => value(column).replaceAll(",", "\\,")).join(",");
  const lines = [columns.join(","), ...Array.from({ length: random.below(12) }, row)];
  const text = lines.join(random.pick(["\n", "\r\n", "\n\n"]));
  const odd = random.pickAny(ODD_FILES)?.(text) ?? text;
  return random.chance(0.3) ? tamperedBytes(Buffer.from(odd), random) : Buffer.from(odd);
}

const ODD_FILES: readonly ((text: string) => string)[] = [
  ...Array.from({ length: 8 }, () => (text: string) => text),
  (text) => `\ufeff${text}`,
  (text) => `"${text}`,
  (text) => text.replace("cognito:username", "cognito:username,cognito:username"),
  (text) => text.replaceAll(",", ";"),
  (text) => text.replace("\n", "\n\u0000"),
  (text) => text.replace("cognito:username", "__proto__"),
  (text) => `${text}\n${"x,".repeat(20_000)}`,
  (text) => `${text}${"\n".repeat(5000)}`,
  (text) => Buffer.from(text, "utf16le").toString("latin1"),
  () => "",
];

const MAX_IMPORT_MILLISECONDS = 60_000;

/** Starts a job and waits for its end, whose counts must be those of its log. */
async function runImport({ world, problems }: EndpointFuzz, pool: Pool, JobId: string): Promise<void> {
  const job = { UserPoolId: pool.id, JobId };
  const { status } = await world.send("StartUserImportJob", job);
  if (status !== 200) return;
  const deadline = performance.now() + MAX_IMPORT_MILLISECONDS;
  for (;;) {
    const { body } = await world.send("DescribeUserImportJob", job);
    const { Status, CompletionMessage } = body.UserImportJob;
    if (/unexpectedly/.test(CompletionMessage ?? "")) problems.push(`import: ${CompletionMessage}`);
    if (/Succeeded|Failed/.test(Status)) return;
    if (performance.now() > deadline)
      return void problems.push(`The import job ${JobId} does not end: ${Status}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function kmsHeaders(operation: string): Record<string, string> {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  return {
    "x-amz-target": `TrentService.${operation}`,
    "x-amz-date": date,
    authorization: `AWS4-HMAC-SHA256 Credential=AKIARECORDEDANSWERS0/${date.slice(0, 8)}/us-east-1/kms/aws4_request, SignedHeaders=host;x-amz-date;x-amz-target, Signature=${"0".repeat(64)}`,
  };
}

export const programVisits: Readonly<Record<string, Visit>> = {
  upload: async (fuzz) => {
    const { world } = fuzz;
    const pool = poolOf(world);
    if (pool === undefined) return undefined;
    const { body } = await world.send("CreateUserImportJob", {
      UserPoolId: pool.id,
      JobName: "job",
      CloudWatchLogsRoleArn: "arn:aws:iam::123456789012:role/logs",
    });
    if (body.UserImportJob === undefined) return undefined;
    const url = new URL(body.UserImportJob.PreSignedUrl);
    const query = Object.fromEntries(url.searchParams);
    const headers = { "x-amz-server-side-encryption": "aws:kms" };
    const bytes = await importFile(world, pool);
    const { status } = await ask(fuzz, { method: "PUT", path: url.pathname, query, headers, bytes });
    if (status === 200) await runImport(fuzz, pool, body.UserImportJob.JobId);
    return status;
  },
  kms: async (fuzz) => {
    const { random } = fuzz.world;
    const input = {
      CiphertextBlob: Buffer.from(random.word(60)).toString("base64"),
      EncryptionContext: { "userpool-id": "us-east-1_x" },
      KeyId: "arn:aws:kms:us-east-1:123456789012:key/mrk-1",
    };
    const target = random.pick([
      "Decrypt",
      "Decrypt",
      "Decrypt",
      "Encrypt",
      "GenerateDataKey",
      "",
      "__proto__",
    ]);
    const json = mutatedJson(input, random);
    const { status } = await ask(fuzz, { path: "/", json, headers: kmsHeaders(target) });
    if (status === 200) fuzz.problems.push(`KMS decrypted ${JSON.stringify(json).slice(0, 200)}`);
    return status;
  },
  "control: inbox": ofPool(({ id }, { random }) => ({
    path: "/_cognate/inbox",
    query: { poolId: id, limit: String(1 + random.below(200)) },
  })),
  "control: clock": async (fuzz) => (await ask(fuzz, { path: "/_cognate/clock" })).status,
  "control: activity": async (fuzz) => (await ask(fuzz, { path: "/_cognate/activity" })).status,
  "control: signing-keys": ofPool(({ id }) => ({
    method: "POST",
    path: "/_cognate/signing-keys",
    query: { poolId: id },
  })),
  "control: identity-provider-test": ofPool(({ id, providers }) => ({
    method: "POST",
    path: "/_cognate/identity-provider-test",
    query: { poolId: id, provider: [...providers].find((name) => name.startsWith("Saml")) ?? "none" },
  })),
  "control: import-log": ofPool(({ id, jobs }, { random }) => ({
    path: "/_cognate/import-log",
    query: { poolId: id, jobId: [...jobs.keys()][0] ?? "import-none", part: String(random.below(3)) },
  })),
  "control: user-imports": ofPool(({ id }) => ({ path: "/_cognate/user-imports", query: { poolId: id } })),
  "control: a batch of users": ofPool((pool, { random }) => ({
    path: "/_cognate/user-imports",
    query: { poolId: pool.id },
    json: {
      id: random.chance(0.9) ? random.word(6) : hostileText(random),
      source: "fuzz",
      totalBytes: 10,
      position: 0,
      bytes: 10,
      isLast: true,
      isDryRun: random.chance(0.5),
      users: [
        {
          username: random.pick([random.word(6), "", "\u0000", "a b", "__proto__"]),
          attributes: random.pick([
            { email: `${random.word(4)}@example.com` },
            { ["__proto__"]: "x" },
            { sub: "x" },
            { email: "" },
          ]),
        },
        { problem: "unreadable" },
      ],
    },
  })),
  "console: me": fromConsole("GET", () => "/me"),
  "console: sign-in": fromConsole(
    "POST",
    () => "/sign-in",
    ({ random }) =>
      random.pick<unknown>([
        { userName: random.word(8), password: "x" },
        { userName: "__proto__", password: "" },
        { accessKeyId: "x", secretAccessKey: "y" },
        null,
        [],
      ]),
  ),
  "console: credentials": fromConsole(
    "POST",
    () => "/credentials",
    () => ({}),
  ),
  "console: activity": fromConsole("GET", () => "/activity"),
  "console: inbox": fromConsole("GET", () => "/inbox"),
  "console: clock": fromConsole("GET", () => "/clock"),
  "console: functions": fromConsole("GET", inPool("/functions")),
  "console: invocations": fromConsole("GET", inPool("/invocations")),
  "console: an invocation": fromConsole("POST", inPool("/invocations"), () => ({
    source: "PreSignUp_SignUp",
    event: {},
  })),
  "console: user-imports": fromConsole("GET", inPool("/user-imports")),
  "console: sign-ins": fromConsole("GET", inPool("/sign-ins")),
  "console: login-preview": fromConsole(
    "POST",
    () => "/login-preview",
    ({ random }) =>
      random.pick<unknown>([
        {},
        { settings: { categories: [] } },
        { page: "login", settings: {}, assets: [{}] },
      ]),
  ),
};
