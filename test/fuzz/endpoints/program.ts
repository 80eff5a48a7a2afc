/** Uploads, the control endpoints and the API of the console. */
import { hostileText } from "../mutate.ts";
import { poolOf, type World } from "../world.ts";
import { ask, ofPool, type Visit } from "./ask.ts";

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
    const file = world.random.pick([
      "",
      "a",
      "\u0000",
      '"',
      'cognito:username\n"',
      "\n".repeat(5000),
      `${"x,".repeat(20_000)}`,
    ]);
    const query = Object.fromEntries(url.searchParams);
    const headers = { "x-amz-server-side-encryption": "aws:kms" };
    const { status } = await ask(fuzz, { method: "PUT", path: url.pathname, query, headers, json: file });
    if (status === 200)
      await world.send("StartUserImportJob", { UserPoolId: pool.id, JobId: body.UserImportJob.JobId });
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
