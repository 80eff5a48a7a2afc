import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { DescribeUserPoolCommand, type UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { messageOf } from "../message-of.ts";
import { isPoolId } from "../pool-ids.ts";
import { type ControlClient, controlClient, isEndpoint, notEndpoint, notPoolId } from "./control-client.ts";
import { noServerIn, takeDataDir } from "./data-dir.ts";
import { type FirebaseHashing, readHashConfig } from "./import-users/firebase.ts";
import { createMapper, type Mapping, nameSources } from "./import-users/mapping.ts";
import { createProgress } from "./import-users/progress.ts";
import { SourceProblem } from "./import-users/records.ts";
import { type Outcome, runImport } from "./import-users/run.ts";
import { ImportRefused, type ImportServer, importServer, ServerGone } from "./import-users/server.ts";
import { type Format, fingerprintOf, formats, type Source, sizeOf } from "./import-users/source.ts";
import { settleHeap } from "./memory.ts";

export const importUsersHelp = `cognate import-users --user-pool-id ID --format FORMAT FILE… [options]

Imports users of another identity server, with their password hashes, into a user pool of a running server. There is no
limit of rows. An import that was killed or lost its server goes on where it was when the same command runs again.

  --user-pool-id ID       The user pool.
  --format FORMAT         keycloak     a realm export: a file, or the folder of one (its *-users-*.json)
                          auth0        an export in lines of JSON, with or without password hashes
                          firebase     the JSON of firebase auth:export; with --hash-config
                          logto        rows of the table users, or users of the Management API, as JSON
                          cognito-json what aws cognito-idp list-users writes; keeps sub, status and dates
                          cognito-csv  columns as GetCSVHeader names them, and password_hash and sub
  --hash-config FILE      Firebase: the project's password hash parameters, as its console shows them.
  --username-from WHAT    What names the users: username, email, phone or id. [what the source and the pool suggest]
  --id-attribute NAME     An attribute of the pool that keeps the user's id in the source, such as custom:old_id.
  --keep-ids              The user's id in the source, which must be a UUID, becomes the sub.
  --reset-unusable-hashes Import users whose hash cannot be used here without it: they have to reset their password.
                          Otherwise they are not imported, and reported.
  --dry-run               Check everything, and import nobody.
  --again                 Import anew what was imported to its end before. Users who exist are skipped.
  --report FILE           Where to write who was not imported, and why. [import-users-report.ndjson]
  --wait SECONDS          How long to wait for a server that does not answer. [60]

  --data-dir DIR          The server's data folder. [.cognate, or COGNATE_DATA_DIR]
  --profile NAME          Who asks: a profile of the AWS config file in that folder, whose policies allow
                          cognate:ImportUsers, cognate:ReadUserImports and cognito-idp:DescribeUserPool on the
                          pool. [cognate, an administrator]
  --endpoint-url URL      The server, where its data folder is not at hand; the profile is then one of your own.

Exit status: 0 all done, users who exist already are skipped; 1 not done to the end; 2 the call was wrong;
3 done, but records could not be imported: see the report; 130 interrupted.
`;

const options = {
  "user-pool-id": { type: "string" },
  format: { type: "string" },
  "hash-config": { type: "string" },
  "username-from": { type: "string" },
  "id-attribute": { type: "string" },
  "keep-ids": { type: "boolean" },
  "reset-unusable-hashes": { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  again: { type: "boolean", default: false },
  report: { type: "string", default: "import-users-report.ndjson" },
  wait: { type: "string", default: "60" },
  profile: { type: "string" },
  "endpoint-url": { type: "string" },
} as const;

const [DONE, NOT_DONE, WRONG_CALL, SOME_FAILED, INTERRUPTED] = [0, 1, 2, 3, 130];

class WrongCall extends Error {}

interface Call {
  readonly poolId: string;
  readonly source: Source;
  readonly mapping: Mapping;
  readonly isDryRun: boolean;
  readonly isAgain: boolean;
  readonly reportFile: string;
  readonly patienceMilliseconds: number;
}

/** `cognate import-users`: @returns the exit status, as the help lists it */
export async function importUsersCommand(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  const { dataDir, rest } = takeDataDir(args, environment);
  let client: ControlClient | undefined;
  try {
    const { values, positionals } = readArguments(rest);
    const call = readCall(values, positionals);
    const { profile, "endpoint-url": endpoint } = values;
    if (endpoint !== undefined && !isEndpoint(endpoint)) throw new WrongCall(notEndpoint(endpoint));
    client = controlClient({ dataDir, poolId: call.poolId, endpoint, profile }, environment);
    if (client === undefined) return fail(noServerIn(join(dataDir, "config")), NOT_DONE);
    return await importInto(client, call);
  } catch (error) {
    if (error instanceof WrongCall)
      return fail(`${error.message} cognate import-users --help tells more.`, WRONG_CALL);
    if (error instanceof SourceProblem || error instanceof ImportRefused)
      return fail(error.message, NOT_DONE);
    if (error instanceof ServerGone)
      return fail(
        `${error.message}\nWhat was acknowledged is kept: run the same command again to go on.`,
        NOT_DONE,
      );
    const { code, name, message } = error as NodeJS.ErrnoException;
    const isAnswer = (error as { $metadata?: unknown }).$metadata !== undefined;
    if (code === undefined && !isAnswer && name !== "CredentialsProviderError") throw error;
    const hint = code === "ECONNREFUSED" ? "The server does not answer; start it first: " : "";
    return fail(hint + message, NOT_DONE);
  } finally {
    client?.close();
  }
}

function readArguments(args: string[]) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true });
  } catch (error) {
    // What follows is advice for arguments that begin with a dash.
    throw new WrongCall(messageOf(error).replace(/\. To specify .*/s, "."));
  }
}

function readCall(values: ReturnType<typeof readArguments>["values"], files: readonly string[]): Call {
  const { "user-pool-id": poolId, format, "username-from": usernameFrom, wait } = values;
  if (poolId === undefined) throw new WrongCall("--user-pool-id is missing.");
  if (!isPoolId(poolId)) throw new WrongCall(notPoolId(poolId));
  if (!isOneOf(formats, format)) throw new WrongCall(`--format must be one of ${formats.join(", ")}.`);
  if (usernameFrom !== undefined && !isOneOf(nameSources, usernameFrom))
    throw new WrongCall(`--username-from must be one of ${nameSources.join(", ")}.`);
  if (!(Number(wait) >= 0)) throw new WrongCall("--wait must be a number of seconds.");
  if (files.length === 0) throw new WrongCall("The file to import is missing.");
  const missing = files.find((file) => !existsSync(file));
  if (missing !== undefined) throw new WrongCall(`There is no file ${missing}.`);
  return {
    poolId,
    source: {
      format,
      files: files.flatMap((file) => filesIn(file, format)),
      firebaseHashing: hashingIn(values["hash-config"]),
    },
    mapping: {
      usernameFrom,
      idAttribute: values["id-attribute"],
      keepsIds: values["keep-ids"],
      resetsUnusableHashes: values["reset-unusable-hashes"],
    },
    isDryRun: values["dry-run"],
    isAgain: values.again,
    reportFile: values.report,
    patienceMilliseconds: Number(wait) * 1000,
  };
}

function isOneOf<T extends string>(known: readonly T[], given: string | undefined): given is T {
  return known.some((one) => one === given);
}

/** A folder means the files of users that `kc.sh export --dir` has written into it. */
function filesIn(path: string, format: Format): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const files = readdirSync(path).filter((name) => format === "keycloak" && /-users-\d+\.json$/.test(name));
  if (files.length === 0) throw new WrongCall(`The folder ${path} has no files named *-users-*.json.`);
  return files.toSorted(new Intl.Collator("en", { numeric: true }).compare).map((name) => join(path, name));
}

function hashingIn(file: string | undefined): FirebaseHashing | undefined {
  if (file === undefined) return undefined;
  if (!existsSync(file)) throw new WrongCall(`There is no file ${file}.`);
  const hashing = readHashConfig(readFileSync(file, "utf8"));
  if (hashing === undefined)
    throw new WrongCall(
      `${file} has no base64_signer_key, rounds and mem_cost, as the Firebase console shows them.`,
    );
  return hashing;
}

async function importInto(client: ControlClient, call: Call): Promise<number> {
  const { poolId, source, mapping, isDryRun } = call;
  const { UserPool: pool = {} } = await client.cognito.send(
    new DescribeUserPoolCommand({ UserPoolId: poolId }),
  );
  requireAttribute(pool, mapping.idAttribute);
  const server = importServer(client, poolId, call.patienceMilliseconds);
  const chosen = await chooseImport(server, call);
  if (chosen === undefined) return DONE;
  const { id, former } = chosen;
  if (former) say(`Going on after ${former.position.toLocaleString("en")} records.`);

  settleHeap();
  let isInterrupted = false;
  const interrupt = () => {
    isInterrupted = true;
  };
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const totalBytes = await sizeOf(source);
  const mapper = createMapper(pool, mapping);
  const progress = createProgress(totalBytes, former?.position ?? 0, process.stderr);
  const startedAt = performance.now();
  let outcome: Outcome;
  try {
    outcome = await runImport({
      header: {
        id,
        source: source.files
          .map((file) => basename(file))
          .join(", ")
          .slice(0, 300),
        totalBytes,
        isDryRun,
        resetsUnusableHashes: mapping.resetsUnusableHashes,
      },
      source,
      mapper,
      server,
      former,
      reportFile: call.reportFile,
      progress,
      isInterrupted: () => isInterrupted,
    });
  } finally {
    progress.stop();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  summarize(outcome, { isDryRun, seconds, from: former?.position ?? 0, reportFile: call.reportFile });
  for (const [name, count] of mapper.leftOut)
    say(
      `The pool has no attribute ${name}, which ${count.toLocaleString("en")} users have: it was left out.`,
    );
  if (!outcome.isFinished) {
    say("Interrupted. Run the same command again to go on.");
    return INTERRUPTED;
  }
  return outcome.failed > 0 ? SOME_FAILED : DONE;
}

function requireAttribute({ SchemaAttributes = [] }: UserPoolType, name: string | undefined): void {
  if (name !== undefined && !SchemaAttributes.some(({ Name }) => Name === name))
    throw new WrongCall(`The user pool has no attribute ${name}.`);
}

/** @returns the import to begin or to go on with; undefined when the source was imported to its end */
async function chooseImport(server: ImportServer, { source, mapping, isDryRun, isAgain }: Call) {
  const fingerprint = await fingerprintOf(source, mapping);
  const runs = (await server.imports()).filter(({ id }) => id.split(".")[0] === fingerprint);
  const numbers = runs.map(({ id }) => Number(id.split(".")[1]));
  const nextId = `${fingerprint}.${Math.max(0, ...numbers) + 1}`;
  if (isDryRun) return { id: nextId, former: undefined };
  const [last] = runs;
  if (last && !last.isFinished) return { id: last.id, former: last };
  if (last === undefined || isAgain) return { id: nextId, former: undefined };
  say(
    `These records were imported before: ${countsOf(last)}. Nothing was done; --again imports them anew and skips users who exist.`,
  );
  return undefined;
}

const countsOf = ({ imported, skipped, failed }: Pick<Outcome, "imported" | "skipped" | "failed">) =>
  `${imported.toLocaleString("en")} imported, ${skipped.toLocaleString("en")} skipped because they exist, ` +
  `${failed.toLocaleString("en")} failed`;

function summarize(
  outcome: Outcome,
  run: { isDryRun: boolean; seconds: number; from: number; reportFile: string },
): void {
  const rate = Math.round((outcome.records - run.from) / Math.max(run.seconds, 0.001));
  const what = run.isDryRun ? "Dry run, nobody was imported. It would be" : "Users";
  process.stdout.write(
    `${what}: ${countsOf(outcome)}. ${run.seconds.toFixed(1)} s, ${rate.toLocaleString("en")} records/s.\n`,
  );
  if (outcome.skipped + outcome.failed > 0) say(`Who was not imported, and why: ${run.reportFile}`);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function fail(reason: string, status: number): number {
  process.stderr.write(`cognate import-users: ${reason.trimEnd()}\n`);
  return status;
}
