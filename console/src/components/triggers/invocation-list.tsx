import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { ifKept } from "../../api/errors.ts";
import { getInvocationContent, type Invocation, listInvocations } from "../../api/functions.ts";
import { useLoad } from "../../api/load.ts";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import { Code } from "../basics/code.tsx";
import { KeyValues } from "../basics/key-values.tsx";
import { Empty, Loading } from "../basics/loading.tsx";
import { OpenLink } from "../basics/open-link.tsx";
import { Time } from "../basics/time.tsx";
import { LoadedTable } from "../lists/loaded-table.tsx";
import { usePages } from "../lists/use-pages.tsx";

const PAGE_SIZE = 10;

/** The last invocations of a pool's functions, newest first. */
export function InvocationList({ poolId }: { readonly poolId: string }) {
  const text = useText().functions;
  const common = useText().common;
  const loaded = useLoad(["invocations", poolId], () => listInvocations(poolId), 5000);
  const [open, setOpen] = useState<Invocation>();
  const invocations = loaded.value ?? [];
  const { shown, pagination } = usePages(invocations, PAGE_SIZE);
  return (
    <>
      <LoadedTable
        loaded={loaded}
        items={shown}
        trackBy="id"
        enableKeyboardNavigation
        wrapLines
        loading={loaded.value === undefined && loaded.error === undefined}
        ariaLabels={{ tableLabel: text.invocations }}
        header={
          <Header
            {...(loaded.value && { counter: `(${common.number(invocations.length)})` })}
            description={text.invocationsHint}
            actions={<Button iconName="refresh" ariaLabel={common.refresh} onClick={loaded.reload} />}
          >
            {text.invocations}
          </Header>
        }
        pagination={pagination}
        columnDefinitions={[
          { id: "at", header: text.time, minWidth: 140, cell: ({ at }) => <Time at={at} /> },
          {
            id: "source",
            header: text.source,
            isRowHeader: true,
            cell: (invocation) => <OpenLink onOpen={() => setOpen(invocation)}>{invocation.source}</OpenLink>,
          },
          { id: "result", header: text.result, cell: (invocation) => <Result invocation={invocation} /> },
          {
            id: "duration",
            header: text.duration,
            cell: ({ durationMilliseconds }) => (
              <span className="numbers">{text.milliseconds(durationMilliseconds)}</span>
            ),
          },
        ]}
        none={<Empty title={text.none}>{text.noneHint}</Empty>}
      />
      {open && <InvocationDialog poolId={poolId} invocation={open} onDismiss={() => setOpen(undefined)} />}
    </>
  );
}

function Result({ invocation: { error } }: { readonly invocation: Invocation }) {
  const text = useText().functions;
  return error === undefined ? (
    <StatusIndicator type="success">{text.answered}</StatusIndicator>
  ) : (
    <StatusIndicator type="error">
      <span className="wrap-anywhere">{error}</span>
    </StatusIndicator>
  );
}

interface DialogProps {
  readonly poolId: string;
  readonly invocation: Invocation;
  readonly onDismiss: () => void;
}

function InvocationDialog({ poolId, invocation, onDismiss }: DialogProps) {
  const text = useText().functions;
  const extensions = useText().extensions;
  const { me } = useSession();
  const content = useLoad(
    ["invocation", poolId, invocation.id],
    // Content that is no longer kept is no error; the dialog says so.
    me.mode === "dev" ? () => ifKept(getInvocationContent(poolId, invocation.id)) : undefined,
  );
  return (
    <Modal visible size="large" header={invocation.source} onDismiss={onDismiss}>
      <SpaceBetween size="l">
        <KeyValues
          columns={2}
          items={[
            { label: text.time, value: <Time at={invocation.at} /> },
            { label: text.duration, value: text.milliseconds(invocation.durationMilliseconds) },
            {
              label: extensions.functionArn,
              value: <span className="wrap-anywhere">{invocation.arn}</span>,
            },
            { label: text.result, value: <Result invocation={invocation} /> },
          ]}
        />
        {me.mode === "dev" && (
          <Loading loaded={content}>
            {({ event, response }: { event?: unknown; response?: unknown }) => (
              <SpaceBetween size="m">
                <Part label={text.event} value={event} />
                <Part label={text.answer} value={response} />
              </SpaceBetween>
            )}
          </Loading>
        )}
      </SpaceBetween>
    </Modal>
  );
}

function Part({ label, value }: { readonly label: string; readonly value: unknown }) {
  const text = useText().functions;
  return (
    <div>
      <Box variant="awsui-key-label">{label}</Box>
      {value === undefined ? (
        <Box color="text-body-secondary">{text.notKept}</Box>
      ) : (
        <Code wraps label={label}>
          {JSON.stringify(value, null, 2)}
        </Code>
      )}
    </div>
  );
}
