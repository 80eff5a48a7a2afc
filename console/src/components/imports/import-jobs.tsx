import type { UserImportJobType } from "@aws-sdk/client-cognito-identity-provider";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { getJobLog, jobsOf, startJob, stopJob } from "../../api/imports.ts";
import { useLoad } from "../../api/load.ts";
import { type PagedList, usePages } from "../../api/pages.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { Empty } from "../basics/loading.tsx";
import { Time } from "../basics/time.tsx";
import { type Column, PagedTable } from "../lists/paged-table.tsx";
import { UploadImportFile } from "./import-job-form.tsx";
import { ImportLogDialog } from "./import-log.tsx";

const PAGE_SIZE = 10;
const REFRESH_MILLISECONDS = 1500;

type Status = NonNullable<UserImportJobType["Status"]>;

const typeOf: Readonly<Record<Status, StatusIndicatorProps.Type>> = {
  Created: "pending",
  Pending: "pending",
  InProgress: "in-progress",
  Stopping: "in-progress",
  Stopped: "stopped",
  Succeeded: "success",
  Failed: "error",
  Expired: "stopped",
};

export const useImportJobs = (poolId: string) =>
  usePages(["importJobs", poolId], jobsOf(poolId), PAGE_SIZE, { refreshMilliseconds: REFRESH_MILLISECONDS });

interface Props {
  readonly poolId: string;
  readonly list: PagedList<UserImportJobType>;
}

/** A pool's import jobs, the newest first. */
export function ImportJobs({ poolId, list }: Props) {
  const text = useText().imports;
  const common = useText().common;
  const show = useFlash();
  const [dialog, setDialog] = useState<{ kind: "log" | "stop" | "upload"; job: UserImportJobType }>();
  const start = (job: UserImportJobType) =>
    startJob(poolId, job.JobId ?? "").then(
      () => {
        show("success", text.started(job.JobName ?? ""));
        list.reload();
      },
      // The job has no file yet.
      (error: Error) =>
        error.name === "PreconditionNotMetException" && error.message.startsWith("No csv file")
          ? setDialog({ kind: "upload", job })
          : show("error", String(error)),
    );
  const count = (value = 0) => <span className="numbers">{common.number(value)}</span>;
  const columns: Column<UserImportJobType>[] = [
    {
      id: "name",
      header: text.name,
      isRowHeader: true,
      cell: ({ JobName, JobId }) => (
        <>
          <div className="wrap-anywhere">{JobName}</div>
          <Box variant="small" display="block" color="text-body-secondary">
            {JobId}
          </Box>
        </>
      ),
    },
    {
      id: "status",
      header: text.status,
      minWidth: 160,
      cell: (job) => <JobStatus poolId={poolId} job={job} />,
    },
    { id: "imported", header: text.imported, cell: ({ ImportedUsers }) => count(ImportedUsers) },
    { id: "skipped", header: text.skipped, cell: ({ SkippedUsers }) => count(SkippedUsers) },
    { id: "failed", header: text.failed, cell: ({ FailedUsers }) => count(FailedUsers) },
    { id: "created", header: common.created, cell: ({ CreationDate }) => <Time at={CreationDate} /> },
    {
      id: "actions",
      header: common.actions,
      cell: (job) => {
        const { Status = "Created", JobName = "" } = job;
        return (
          <SpaceBetween direction="horizontal" size="s">
            {Status === "Created" && (
              <Button
                variant="inline-link"
                ariaLabel={text.startWhat(JobName)}
                onClick={() => void start(job)}
              >
                {text.start}
              </Button>
            )}
            {(Status === "Pending" || Status === "InProgress") && (
              <Button
                variant="inline-link"
                ariaLabel={text.stopWhat(JobName)}
                onClick={() => setDialog({ kind: "stop", job })}
              >
                {text.stop}
              </Button>
            )}
            {job.StartDate && (
              <Button
                variant="inline-link"
                ariaLabel={text.logWhat(JobName)}
                onClick={() => setDialog({ kind: "log", job })}
              >
                {text.log}
              </Button>
            )}
          </SpaceBetween>
        );
      },
    },
  ];
  const onDismiss = () => setDialog(undefined);
  const named = { jobId: dialog?.job.JobId ?? "", name: dialog?.job.JobName ?? "" };
  return (
    <>
      <PagedTable
        variant="container"
        list={list}
        columns={columns}
        keyOf={({ JobId = "" }) => JobId}
        nameOf={({ JobName = "" }) => JobName}
        label={text.jobs}
        header={<Header description={text.jobsHint}>{text.jobs}</Header>}
        empty={<Empty title={text.noJobs}>{text.noJobsHint}</Empty>}
      />
      {dialog?.kind === "log" && <ImportLogDialog poolId={poolId} {...named} onDismiss={onDismiss} />}
      {dialog?.kind === "upload" && (
        <UploadImportFile poolId={poolId} {...named} onChanged={list.reload} onDismiss={onDismiss} />
      )}
      {dialog?.kind === "stop" && (
        <ActionDialog
          title={text.stopWhat(named.name)}
          confirmLabel={text.stop}
          onDismiss={onDismiss}
          onConfirm={async () => {
            await stopJob(poolId, named.jobId);
            show("success", text.stopped(named.name));
            list.reload();
          }}
        >
          <div>{text.stopQuestion(named.name)}</div>
        </ActionDialog>
      )}
    </>
  );
}

function JobStatus({ poolId, job }: { readonly poolId: string; readonly job: UserImportJobType }) {
  const text = useText().imports;
  const { Status = "Created", CompletionMessage } = job;
  if (Status === "InProgress") return <JobProgress poolId={poolId} job={job} />;
  return (
    <>
      <StatusIndicator type={typeOf[Status]}>{text.statuses[Status]}</StatusIndicator>
      {CompletionMessage && (
        <Box variant="small" display="block" color="text-body-secondary">
          {CompletionMessage}
        </Box>
      )}
    </>
  );
}

function JobProgress({ poolId, job }: { readonly poolId: string; readonly job: UserImportJobType }) {
  const text = useText().imports;
  const { JobId = "", JobName = "" } = job;
  const { value } = useLoad(
    ["importProgress", poolId, JobId],
    // The first part exists as soon as there is a log.
    () => getJobLog(poolId, JobId, 0),
    REFRESH_MILLISECONDS,
  );
  const share = value === undefined || value.totalBytes === 0 ? 0 : value.bytes / value.totalBytes;
  return (
    <ProgressBar
      variant="key-value"
      value={share * 100}
      ariaLabel={text.progressOf(JobName)}
      label={text.statuses.InProgress}
    />
  );
}
