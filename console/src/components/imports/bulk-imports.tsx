import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import type { BulkImport, UserImports } from "../../../../src/user-pools/import/reports.ts";
import type { Loaded } from "../../api/load.ts";
import { useText } from "../../i18n/text.tsx";
import { Code } from "../basics/code.tsx";
import { Empty } from "../basics/loading.tsx";
import { Time } from "../basics/time.tsx";
import { LoadedTable } from "../lists/loaded-table.tsx";

/** A command that has sent nothing for so long was ended, or waits for its server. */
const QUIET_MILLISECONDS = 15_000;

interface Props {
  readonly poolId: string;
  readonly loaded: Loaded<UserImports>;
}

/** The imports of `cognate import-users`, as they run. */
export function BulkImports({ poolId, loaded }: Props) {
  const text = useText().imports;
  const common = useText().common;
  const [open, setOpen] = useState<BulkImport>();
  const count = (value: number) => <span className="numbers">{common.number(value)}</span>;
  return (
    <>
      <LoadedTable<BulkImport>
        loaded={loaded}
        items={loaded.value?.bulk ?? []}
        trackBy="id"
        enableKeyboardNavigation
        loading={loaded.value === undefined && loaded.error === undefined}
        ariaLabels={{ tableLabel: text.bulk }}
        header={<Header description={text.bulkHint}>{text.bulk}</Header>}
        columnDefinitions={[
          {
            id: "source",
            header: text.source,
            isRowHeader: true,
            cell: ({ source }) => <span className="wrap-anywhere">{source}</span>,
          },
          {
            id: "status",
            header: text.status,
            minWidth: 180,
            cell: (one) => <BulkStatus one={one} all={loaded.value} />,
          },
          { id: "records", header: text.records, cell: ({ position }) => count(position) },
          { id: "imported", header: text.imported, cell: ({ imported }) => count(imported) },
          { id: "skipped", header: text.skipped, cell: ({ skipped }) => count(skipped) },
          { id: "failed", header: text.failed, cell: ({ failed }) => count(failed) },
          { id: "last", header: text.lastActivity, cell: ({ lastAt }) => <Time at={lastAt} /> },
          {
            id: "problems",
            header: text.problems,
            cell: (one) =>
              one.problems.length === 0 ? (
                "–"
              ) : (
                <Button
                  variant="inline-link"
                  ariaLabel={text.showWhat(one.source)}
                  onClick={() => setOpen(one)}
                >
                  {text.show}
                </Button>
              ),
          },
        ]}
        none={
          <Empty title={text.noBulk}>
            {text.noBulkHint}
            <Code label="cognate import-users" wraps>
              {`npx cognate import-users --user-pool-id ${poolId} --format keycloak realm.json`}
            </Code>
          </Empty>
        }
      />
      {open && <ProblemsDialog one={open} onDismiss={() => setOpen(undefined)} />}
    </>
  );
}

function BulkStatus({ one, all }: { readonly one: BulkImport; readonly all: UserImports | undefined }) {
  const text = useText().imports;
  if (one.isFinished) return <StatusIndicator type="success">{text.bulkStatuses.finished}</StatusIndicator>;
  const now = Math.max(Date.now(), ...(all?.bulk ?? []).map(({ lastAt }) => lastAt));
  const isQuiet = now - one.lastAt > QUIET_MILLISECONDS;
  return (
    <ProgressBar
      variant="key-value"
      value={(one.bytes / Math.max(1, one.totalBytes)) * 100}
      ariaLabel={text.progressOf(one.source)}
      label={isQuiet ? text.bulkStatuses.waiting : text.bulkStatuses.running}
    />
  );
}

function ProblemsDialog({ one, onDismiss }: { readonly one: BulkImport; readonly onDismiss: () => void }) {
  const text = useText().imports;
  const common = useText().common;
  return (
    <Modal visible size="large" header={text.problemsWhat(one.source)} onDismiss={onDismiss}>
      <Box variant="p" color="text-body-secondary">
        {text.problemsHint}
      </Box>
      <Table
        variant="embedded"
        items={[...one.problems]}
        trackBy={({ position }) => String(position)}
        wrapLines
        ariaLabels={{ tableLabel: text.problemsWhat(one.source) }}
        columnDefinitions={[
          {
            id: "record",
            header: text.record,
            isRowHeader: true,
            cell: ({ position }) => <span className="numbers">{common.number(position + 1)}</span>,
          },
          {
            id: "username",
            header: text.username,
            cell: ({ username }) => <span className="wrap-anywhere">{username ?? "–"}</span>,
          },
          { id: "reason", header: text.logReason, cell: ({ reason }) => reason },
        ]}
      />
    </Modal>
  );
}
