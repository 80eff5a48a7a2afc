/** Imports of users: AWS's jobs, the upload of their files, and the facts that only the control API has. */
import {
  CreateUserImportJobCommand,
  DescribeUserImportJobCommand,
  GetCSVHeaderCommand,
  ListUserImportJobsCommand,
  type PasswordHashingAlgorithmType,
  StartUserImportJobCommand,
  StopUserImportJobCommand,
  type UserImportJobType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { JobLog, UserImports } from "../../../src/user-pools/import/reports.ts";
import { inPool } from "./aws.ts";
import { control, ofPool } from "./control.ts";
import type { LoadPage } from "./pages.ts";

export const getUserImports = (poolId: string) => control<UserImports>("GET", ofPool(poolId, "user-imports"));

export const getJobLog = (poolId: string, jobId: string, part: number) =>
  control<JobLog>("GET", ofPool(poolId, `import-jobs/${encodeURIComponent(jobId)}/log?part=${part}`));

/** Of the users with these `sub`s, the algorithm of each one's imported hash that is still there. */
export const getImportedHashes = async (poolId: string, subs: readonly string[]) =>
  (
    await control<{ kinds: Readonly<Record<string, string>> }>(
      "GET",
      ofPool(poolId, `imported-hashes?${new URLSearchParams({ subs: subs.join() })}`),
    )
  ).kinds;

export const jobsOf =
  (poolId: string): LoadPage<UserImportJobType> =>
  async (MaxResults, PaginationToken) => {
    const page = await inPool(poolId, (client) =>
      client.send(new ListUserImportJobsCommand({ UserPoolId: poolId, MaxResults, PaginationToken })),
    );
    return { items: page.UserImportJobs ?? [], next: page.PaginationToken };
  };

export async function csvHeader(poolId: string): Promise<readonly string[]> {
  const { CSVHeader = [] } = await inPool(poolId, (client) =>
    client.send(new GetCSVHeaderCommand({ UserPoolId: poolId })),
  );
  return CSVHeader;
}

export interface NewJob {
  readonly name: string;
  readonly roleArn: string;
  readonly algorithm: PasswordHashingAlgorithmType | undefined;
}

export async function createJob(poolId: string, { name, roleArn, algorithm }: NewJob) {
  const { UserImportJob } = await inPool(poolId, (client) =>
    client.send(
      new CreateUserImportJobCommand({
        UserPoolId: poolId,
        JobName: name,
        CloudWatchLogsRoleArn: roleArn,
        ...(algorithm === undefined ? {} : { PasswordHashingAlgorithm: algorithm }),
      }),
    ),
  );
  return UserImportJob ?? {};
}

export const startJob = (poolId: string, JobId: string) =>
  inPool(poolId, (client) => client.send(new StartUserImportJobCommand({ UserPoolId: poolId, JobId })));

export const stopJob = (poolId: string, JobId: string) =>
  inPool(poolId, (client) => client.send(new StopUserImportJobCommand({ UserPoolId: poolId, JobId })));

/** A job's upload URL, which any later answer shows again. */
export async function uploadUrlOf(poolId: string, JobId: string): Promise<string> {
  const { UserImportJob } = await inPool(poolId, (client) =>
    client.send(new DescribeUserImportJobCommand({ UserPoolId: poolId, JobId })),
  );
  return UserImportJob?.PreSignedUrl ?? "";
}

/**
 * Uploads a job's file. Not by `fetch`, which does not tell how much of a body has been sent.
 *
 * @param onProgress is given the share that has been sent, from 0 to 1
 * @throws Error with the server's words
 */
export function upload(url: string, file: File, onProgress: (share: number) => void): Promise<void> {
  const { pathname, search } = new URL(url);
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    // On the console's own origin: its policy allows no other, and the URL's signature does not depend on it.
    request.open("PUT", `${pathname}${search}`);
    request.setRequestHeader("x-amz-server-side-encryption", "aws:kms");
    request.setRequestHeader("content-type", "text/csv");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 1 : loaded / total);
    request.onload = () => {
      if (request.status === 200) done();
      else
        failed(new Error(/<Message>(.*?)<\/Message>/.exec(request.responseText)?.[1] ?? request.statusText));
    };
    request.onerror = () => failed(new Error("The upload was cut off."));
    request.send(file);
  });
}
