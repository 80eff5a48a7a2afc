import Button from "@cloudscape-design/components/button";
import Modal from "@cloudscape-design/components/modal";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { getJobLog } from "../../api/imports.ts";
import { useAction, useLoad } from "../../api/load.ts";
import { download } from "../../download.ts";
import { useText } from "../../i18n/text.tsx";
import { type LogLine, readLogLine } from "../../rules/imports/import-log.ts";
import { Empty, Loading } from "../basics/loading.tsx";
import { ProblemAlert } from "../basics/problem.tsx";

const REFRESH_MILLISECONDS = 3000;

const types = { SUCCEEDED: "success", SKIPPED: "info", FAILED: "error" } as const;

interface Props {
  readonly poolId: string;
  readonly jobId: string;
  readonly name: string;
  readonly onDismiss: () => void;
}

/** The log of a job, part by part: a row for each row of its file, or for each that was not imported. */
export function ImportLogDialog({ poolId, jobId, name, onDismiss }: Props) {
  const text = useText().imports;
  const common = useText().common;
  const [onlyProblems, setOnlyProblems] = useState(true);
  const [page, setPage] = useState(1);
  const saving = useAction();
  // Every part lists all parts of the log. The first one exists as soon as there is a log.
  const overview = useLoad(
    ["importLog", poolId, jobId, 0],
    () => getJobLog(poolId, jobId, 0),
    REFRESH_MILLISECONDS,
  );
  const all = Array.from({ length: overview.value?.parts ?? 0 }, (_, part) => part);
  const parts = onlyProblems ? (overview.value?.problemParts ?? []) : all;
  const part = parts[Math.min(page, parts.length) - 1];
  const loaded = useLoad(
    ["importLogPart", poolId, jobId, part],
    part === undefined ? undefined : () => getJobLog(poolId, jobId, part),
  );
  const lines = (loaded.value?.lines ?? []).flatMap((line) => readLogLine(line) ?? []);
  const shown = onlyProblems ? lines.filter(({ result }) => result !== "SUCCEEDED") : lines;
  const save = async () => {
    const texts: string[] = [];
    for (const one of all) texts.push(...(await getJobLog(poolId, jobId, one)).lines);
    download(`${jobId}.log`, `${texts.join("\n")}\n`, "text/plain");
  };
  return (
    <Modal visible size="large" header={text.logWhat(name)} onDismiss={onDismiss}>
      <SpaceBetween size="m">
        <SpaceBetween direction="horizontal" size="m" alignItems="center">
          <Toggle
            checked={onlyProblems}
            onChange={({ detail }) => {
              setOnlyProblems(detail.checked);
              setPage(1);
            }}
          >
            {text.logOnlyProblems}
          </Toggle>
          <Button
            iconName="download"
            loading={saving.isRunning}
            disabled={all.length === 0}
            onClick={() => void saving.run(save)}
          >
            {text.logDownload}
          </Button>
        </SpaceBetween>
        <ProblemAlert error={saving.error ?? loaded.error} />
        <Loading loaded={overview}>
          {() => (
            <Table<LogLine>
              variant="embedded"
              items={shown}
              trackBy={({ number }) => String(number)}
              loading={part !== undefined && loaded.value === undefined && loaded.error === undefined}
              loadingText={common.loading}
              wrapLines
              ariaLabels={{ tableLabel: text.logWhat(name) }}
              columnDefinitions={[
                {
                  id: "line",
                  header: text.logLine,
                  isRowHeader: true,
                  cell: ({ number }) => <span className="numbers">{common.number(number)}</span>,
                },
                {
                  id: "result",
                  header: text.logResult,
                  minWidth: 130,
                  cell: ({ result }) => (
                    <StatusIndicator type={types[result]}>{text.logResults[result]}</StatusIndicator>
                  ),
                },
                { id: "reason", header: text.logReason, cell: ({ reason }) => reason },
              ]}
              pagination={
                <Pagination
                  currentPageIndex={Math.max(1, Math.min(page, parts.length))}
                  pagesCount={Math.max(1, parts.length)}
                  onChange={({ detail }) => setPage(detail.currentPageIndex)}
                />
              }
              empty={
                onlyProblems && all.length > 0 ? (
                  <Empty title={text.logNoProblems} />
                ) : (
                  <Empty title={text.logEmpty}>{text.logEmptyHint}</Empty>
                )
              }
            />
          )}
        </Loading>
      </SpaceBetween>
    </Modal>
  );
}
