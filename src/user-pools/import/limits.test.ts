import { beforeEach, describe, expect, it } from "vitest";
import { type Caller, caller } from "../operations/testing.ts";
import { type TestContext, testContext } from "../testing.ts";
import { claimJob, runJob } from "./run-job.ts";
import { storeUpload } from "./upload.ts";

const CloudWatchLogsRoleArn = "arn:aws:iam::123456789012:role/logs";
const HOUR_MILLISECONDS = 60 * 60 * 1000;
const EXPIRY_MILLISECONDS = 24.5 * HOUR_MILLISECONDS;

let context: TestContext;
let api: Caller;
beforeEach(async () => {
  context = await testContext();
  api = caller(context);
});

async function newJob(poolId: string) {
  const { UserImportJob } = await api.call("CreateUserImportJob", {
    UserPoolId: poolId,
    JobName: "job",
    CloudWatchLogsRoleArn,
  });
  return { UserPoolId: poolId, JobId: UserImportJob?.JobId ?? "" };
}

async function* csvOf(rows: number) {
  yield Buffer.from("cognito:username,email,email_verified\n");
  for (let row = 0; row < rows; row++) yield Buffer.from(`user${row},user${row}@example.com,true\n`);
}

async function uploadedJob(poolId: string, rows = 1) {
  const job = await newJob(poolId);
  await storeUpload({ poolId, jobId: job.JobId }, csvOf(rows), context);
  return job;
}

const newPool = () => api.pool({ AutoVerifiedAttributes: ["email"] });

describe("an import job's file", () => {
  // The limit of 500,000 rows, scaled down; ROWS_PER_BATCH is 200.
  it.each([
    ["succeeds with as many rows as are allowed", 1000, 1000, "Succeeded"],
    ["fails at the first row beyond the limit, between two batches", 1000, 1001, "Failed"],
    ["fails at the first row beyond the limit, in a batch", 1100, 1101, "Failed"],
  ] as const)("%s", async (_what, limit, rows, status) => {
    const poolId = await newPool();
    const job = await uploadedJob(poolId, rows);
    await api.call("StartUserImportJob", job);
    const claimed = await claimJob(context, "node");
    if (claimed) await runJob(claimed, "node", context, () => false, limit);
    const { UserImportJob } = await api.call("DescribeUserImportJob", job);
    expect(UserImportJob).toMatchObject({
      Status: status,
      ImportedUsers: limit,
      CompletionMessage:
        status === "Failed"
          ? `The CSV file has more than ${limit} rows.`
          : "Import Job Completed Successfully.",
    });
    expect(await context.store.users.count(poolId)).toBe(limit);
  });
});

describe("a line of an import job's file that is longer than a row may be", () => {
  async function* linesOf(...lines: readonly string[]) {
    yield Buffer.from(lines.join("\n"));
  }
  async function jobOf(...lines: readonly string[]) {
    const poolId = await newPool();
    const job = await newJob(poolId);
    await storeUpload({ poolId, jobId: job.JobId }, linesOf(...lines), context);
    await api.call("StartUserImportJob", job);
    const claimed = await claimJob(context, "node");
    if (claimed) await runJob(claimed, "node", context, () => false);
    const { UserImportJob } = await api.call("DescribeUserImportJob", job);
    return UserImportJob;
  }

  it.each([16_001, 1_000_000])("fails the job if it is the header, of %d characters", async (length) => {
    expect(await jobOf(",".repeat(length))).toMatchObject({
      Status: "Failed",
      CompletionMessage: "The header has more than 16000 characters.",
    });
  });

  it("fails alone if it is another", async () => {
    const header = "cognito:username,email,email_verified";
    const row = (name: string) => `${name},${name}@example.com,true`;
    const long = "a".repeat(1_000_000);
    expect(await jobOf(header, row("one"), row(long), row("two"), long)).toMatchObject({
      Status: "Succeeded",
      ImportedUsers: 2,
      FailedUsers: 2,
    });
  });
});

describe("import jobs", () => {
  it("are at most 1,000 in a pool", async () => {
    const poolId = await newPool();
    const { JobId: id } = await newJob(poolId);
    const first = await context.store.importJobs.get(poolId, id);
    if (first === undefined) throw new Error("The job was not stored.");
    for (let count = 1; count < 1000; count++)
      await context.store.importJobs.insert({ ...first, id: `import-${count}` });
    expect(
      await api.refusal("CreateUserImportJob", { UserPoolId: poolId, JobName: "job", CloudWatchLogsRoleArn }),
    ).toEqual(["LimitExceededException", "A user pool cannot have more than 1000 import jobs."]);
    expect((await newJob(await newPool())).JobId).toMatch(/^import-\w{10}$/);
  });

  it("run one at a time, whatever their pools", async () => {
    const [running, waiting] = [await uploadedJob(await newPool()), await uploadedJob(await newPool())];
    await api.call("StartUserImportJob", running);
    expect(await api.refusal("StartUserImportJob", waiting)).toEqual([
      "PreconditionNotMetException",
      "Another user import job is active.",
    ]);
    const claimed = await claimJob(context, "node");
    if (claimed) await runJob(claimed, "node", context, () => false);
    expect((await api.call("StartUserImportJob", waiting)).UserImportJob?.Status).toBe("Pending");
  });

  it("start within 24.5 hours", async () => {
    const job = await uploadedJob(await newPool());
    context.clock.advance(EXPIRY_MILLISECONDS - 1);
    expect((await api.call("StartUserImportJob", job)).UserImportJob?.Status).toBe("Pending");
    context.clock.advance(HOUR_MILLISECONDS);
    expect((await api.call("DescribeUserImportJob", job)).UserImportJob?.Status).toBe("Pending");
  });

  it("expire after 24.5 hours", async () => {
    const job = await uploadedJob(await newPool());
    const createdAt = context.clock.now();
    context.clock.advance(EXPIRY_MILLISECONDS);
    expect((await api.call("DescribeUserImportJob", job)).UserImportJob).toMatchObject({
      Status: "Expired",
      CompletionMessage: "The user import job has expired.",
      CompletionDate: createdAt + EXPIRY_MILLISECONDS,
    });
    expect(await api.refusal("StartUserImportJob", job)).toEqual([
      "PreconditionNotMetException",
      "The user import job is Expired.",
    ]);
  });
});
