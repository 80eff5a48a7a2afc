import { afterAll, beforeAll, expect, it } from "vitest";
import { createDatabase } from "../support/database.ts";
import { type FunctionsFolder, functionsFolder } from "../support/functions-folder.ts";
import { startTestServer, type TestServer } from "../support/server.ts";
import { fuzzApi, openApiFuzz, tableOf } from "./api-fuzz.ts";
import { openEndpointFuzz } from "./endpoint-fuzz.ts";
import { openFunctionFuzz } from "./function-fuzz.ts";
import { startHostileFunctions } from "./hostile-functions.ts";
import { CLIENT, startHostileProvider } from "./hostile-provider.ts";
import { openProviderFuzz } from "./provider-fuzz.ts";
import { seededRandom } from "./random.ts";
import { captureServerLog, type ServerLog } from "./server-log.ts";

/** More can be asked for by hand, from another seed, with COGNATE_FUZZ_TABLE=1 for a table of what was answered. */
const STEPS = Number(process.env.COGNATE_FUZZ_RUNS ?? 300);
const SEED = Number(process.env.COGNATE_FUZZ_SEED ?? 20_261_129);

const FUNCTIONS = {
  define: `const { session } = event.request;
    if (session.at(-1)?.challengeName === "CUSTOM_CHALLENGE" && session.at(-1).challengeResult) event.response.issueTokens = true;
    else if (session.length > 6) event.response.failAuthentication = true;
    else event.response.challengeName = "CUSTOM_CHALLENGE";`,
  create:
    'event.response.publicChallengeParameters = { hint: "?" }; event.response.privateChallengeParameters = { answer: "42" };',
  verify: 'event.response.answerCorrect = event.request.challengeAnswer === "42";',
  claims: 'event.response.claimsOverrideDetails = { claimsToAddOrOverride: { fuzz: "1" } };',
};

/** Entries of errors, for the message of a test that failed. */
const errorsIn = (captured: ServerLog) =>
  captured
    .text()
    .match(/^.*ERROR.*(?:\n +.*){0,12}/gm)
    ?.slice(0, 20)
    .join("\n");

/** The log holds what the server and its audit log say. Neither may have a secret. */
const logged = { logLevel: "debug", auditLog: "log" } as const;

/** SQLite in memory, or Postgres where that is asked for by hand. */
const database = async () =>
  process.env.COGNATE_FUZZ_POSTGRES === undefined ? {} : { databaseUrl: await createDatabase() };

let server: TestServer;
let functions: FunctionsFolder;
let log: ServerLog;
beforeAll(async () => {
  functions = await functionsFolder(FUNCTIONS);
  log = captureServerLog();
  server = await startTestServer({ lambdaDir: functions.path, ...logged, ...(await database()) });
});
afterAll(async () => {
  await server.stop();
  log.release();
  await functions.remove();
  expect(log.text()).toContain('"eventSource":"cognito-idp.amazonaws.com"');
  expect(log.text()).not.toContain("A record of the audit log could not be made");
});

it("answers random requests to every operation with outputs or exceptions of the API model", async () => {
  const result = await fuzzApi({ url: server.url, seed: SEED, steps: STEPS });
  if (process.env.COGNATE_FUZZ_TABLE) {
    console.log(`seed ${SEED}, ${result.requests} requests\n${tableOf(result)}`);
    console.log(result.problems.join("\n"));
  }
  expect(result.problems, errorsIn(log)).toEqual([]);
  expect([...result.secrets].filter((secret) => log.text().includes(secret))).toEqual([]);
}, 3_600_000);

it("answers random requests to every other endpoint without an internal error", async () => {
  const api = await openApiFuzz({ url: server.url, seed: SEED });
  for (let count = 0; count < STEPS / 10; count++) await api.step();
  const fuzz = await openEndpointFuzz(api.world);
  for (let count = 0; count < STEPS / 2; count++) await fuzz.step();
  if (process.env.COGNATE_FUZZ_TABLE) {
    console.log(
      `seed ${SEED}\n${[...fuzz.counts].map(([name, counts]) => `| ${name} | ${[...counts].map(([status, times]) => `${status}: ${times}`).join(", ")} |`).join("\n")}`,
    );
    console.log(fuzz.problems.join("\n"));
  }
  expect(fuzz.problems, errorsIn(log)).toEqual([]);
  expect([...api.world.secrets].filter((secret) => log.text().includes(secret))).toEqual([]);
}, 3_600_000);

/** A server whose pools' functions are behind a hostile Lambda API. */
async function hookedServer() {
  const functions = await startHostileFunctions(seededRandom(SEED + 1));
  const hooked = await startTestServer({
    lambdaEndpoint: functions.endpoint,
    ...logged,
    ...(await database()),
  });
  return {
    functions,
    url: hooked.url,
    async stop() {
      await hooked.stop();
      functions.stop();
    },
  };
}

it("handles random answers of trigger functions without an internal error", async () => {
  const { functions, url, stop } = await hookedServer();
  try {
    const api = await openApiFuzz({ url, seed: SEED });
    const fuzz = await openFunctionFuzz(api);
    const problems: string[] = [];
    for (let count = 0; count < STEPS / 4; count++) problems.push(...(await fuzz.step()));
    if (process.env.COGNATE_FUZZ_TABLE) console.log(functions.invocations, tableOf(api.result()));
    expect([...api.result().problems, ...problems], errorsIn(log)).toEqual([]);
    expect([...api.world.secrets].filter((secret) => log.text().includes(secret))).toEqual([]);
  } finally {
    await stop();
  }
}, 3_600_000);

it("signs no user in with forged answers of identity providers, and handles random ones without an internal error", async () => {
  const { url, stop } = await hookedServer();
  const provider = await startHostileProvider(seededRandom(SEED + 2));
  try {
    const api = await openApiFuzz({ url, seed: SEED });
    const fuzz = await openProviderFuzz(api, provider);
    for (let count = 0; count < STEPS / 6; count++) await fuzz.step();
    await fuzz.finish();
    if (process.env.COGNATE_FUZZ_TABLE) console.log(fuzz.counts);
    expect([...api.result().problems, ...fuzz.problems], errorsIn(log)).toEqual([]);
    expect(log.text()).not.toContain(CLIENT.secret);
  } finally {
    await stop();
    provider.stop();
  }
}, 3_600_000);
