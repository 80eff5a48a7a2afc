import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDatabase } from "../../../test/support/database.ts";
import { openPostgresStore, type Store } from "../../storage/index.ts";
import { openTestStore, transparentSealer } from "../../storage/testing.ts";
import { caller } from "../operations/testing.ts";
import { type TestContext, testContext } from "../testing.ts";
import { claimJob, runJob } from "./run-job.ts";
import { storeUpload } from "./upload.ts";

const ROWS = 2500;
const LEASE_MILLISECONDS = 10_000;

async function* bytes(text: string) {
  yield Buffer.from(text);
}

describe.each(["SQLite", "Postgres"] as const)("a job whose node has stopped, on %s", (engine) => {
  let context: TestContext;
  let store: Store;
  beforeEach(async () => {
    const clock = { now: () => context?.clock.now() ?? 0 };
    store =
      engine === "SQLite"
        ? await openTestStore({ clock })
        : await openPostgresStore({ url: await createDatabase(), sealer: transparentSealer, clock });
    context = await testContext({ store });
  });
  afterEach(() => store.close());

  /** @returns the job's id, once it waits to be run */
  async function startedJob(poolId: string): Promise<string> {
    const { call } = caller(context);
    const CloudWatchLogsRoleArn = "arn:aws:iam::123456789012:role/logs";
    const { UserImportJob } = await call("CreateUserImportJob", {
      UserPoolId: poolId,
      JobName: "job",
      CloudWatchLogsRoleArn,
    });
    const jobId = UserImportJob?.JobId ?? "";
    const rows = Array.from({ length: ROWS }, (_, n) => `user${n},user${n}@example.com,true`);
    const text = ["cognito:username,email,email_verified", ...rows].join("\n");
    await storeUpload({ poolId, jobId }, bytes(text), context);
    await call("StartUserImportJob", { UserPoolId: poolId, JobId: jobId });
    return jobId;
  }

  it("is continued by another node when its lease ends, and the first node writes no more", async () => {
    const { call, pool } = caller(context);
    const poolId = await pool({ AutoVerifiedAttributes: ["email"] });
    const jobId = await startedJob(poolId);

    // The first node writes two batches and then hangs.
    let transactions = 0;
    const resumed = Promise.withResolvers<void>();
    const hung = Promise.withResolvers<void>();
    const hanging: Store = Object.create(store, {
      transaction: {
        value: async (work: Parameters<Store["transaction"]>[0]) => {
          if (++transactions > 2) {
            hung.resolve();
            await resumed.promise;
          }
          return store.transaction(work);
        },
      },
    });
    const first = await claimJob(context, "first");
    expect(first?.id).toBe(jobId);
    const firstRun = first && runJob(first, "first", { ...context, store: hanging }, () => false);
    await hung.promise;

    context.clock.advance(LEASE_MILLISECONDS - 1);
    expect(await claimJob(context, "second")).toBeUndefined();
    context.clock.advance(1);
    const second = await claimJob(context, "second");
    // The header, and two batches of 200 rows.
    expect(second?.progress?.lines).toBe(401);
    if (second) await runJob(second, "second", context, () => false);
    resumed.resolve();
    await firstRun;

    const { UserImportJob: job } = await call("DescribeUserImportJob", { UserPoolId: poolId, JobId: jobId });
    expect(job).toMatchObject({ Status: "Succeeded", ImportedUsers: ROWS, SkippedUsers: 0, FailedUsers: 0 });
    expect(await store.users.count(poolId)).toBe(ROWS);
    expect(await claimJob(context, "first")).toBeUndefined();
  });

  it("is continued soon by another node after the clock was set back by an hour", async () => {
    const poolId = await caller(context).pool({ AutoVerifiedAttributes: ["email"] });
    const jobId = await startedJob(poolId);
    expect((await claimJob(context, "first"))?.id).toBe(jobId);
    context.clock.advance(-60 * 60_000);
    const second = await claimJob(context, "second");
    expect(second?.id).toBe(jobId);
    if (second) await runJob(second, "second", context, () => false);
    context.clock.advance(60 * 60_000);
  });

  it("is claimed by one of two nodes that look concurrently", async () => {
    const poolId = await caller(context).pool({ AutoVerifiedAttributes: ["email"] });
    const jobId = await startedJob(poolId);
    const claims = await Promise.all([claimJob(context, "first"), claimJob(context, "second")]);
    expect(claims.filter((job) => job?.id === jobId)).toHaveLength(1);
  });
});
