import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Modal from "@cloudscape-design/components/modal";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { type Call, decisionOf, useActivity } from "../api/activity.ts";
import { Copyable } from "../components/copyable.tsx";
import { KeyValues } from "../components/key-values.tsx";
import { Empty } from "../components/loading.tsx";
import { useTitle } from "../components/page-header.tsx";
import { ProblemAlert } from "../components/problem.tsx";
import { Time } from "../components/time.tsx";
import { useText } from "../i18n/text.tsx";

const PAGE_SIZE = 50;

export default function Activity() {
  const text = useText().activity;
  const common = useText().common;
  const [isListening, setListening] = useState(true);
  const [search, setSearch] = useState("");
  const [page, setPage] = useState(1);
  const [open, setOpen] = useState<Call>();
  const feed = useActivity(isListening);
  useTitle(text.title);

  const wanted = search.trim().toLowerCase();
  const found = feed.calls.filter((call) =>
    [call.service, call.operation, call.caller, call.error, call.requestId]
      .join("\n")
      .toLowerCase()
      .includes(wanted),
  );
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const current = Math.min(page, pages);
  const shown = found.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE);

  return (
    <>
      <Table
        variant="full-page"
        stickyHeader
        enableKeyboardNavigation
        items={shown}
        trackBy="requestId"
        loading={feed.state === "connecting" && feed.calls.length === 0}
        loadingText={text.connecting}
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header
            variant="awsui-h1-sticky"
            counter={`(${common.number(found.length)})`}
            description={text.description}
            info={<FeedState state={isListening ? feed.state : "paused"} />}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={feed.clear} disabled={feed.calls.length === 0}>
                  {text.clear}
                </Button>
                <Button iconName={isListening ? "pause" : "play"} onClick={() => setListening(!isListening)}>
                  {isListening ? text.pause : text.resume}
                </Button>
              </SpaceBetween>
            }
          >
            {text.title}
          </Header>
        }
        filter={
          <TextFilter
            filteringText={search}
            filteringPlaceholder={text.find}
            filteringAriaLabel={text.find}
            onChange={({ detail }) => setSearch(detail.filteringText)}
          />
        }
        pagination={
          <Pagination
            currentPageIndex={current}
            pagesCount={pages}
            onChange={({ detail }) => setPage(detail.currentPageIndex)}
          />
        }
        columnDefinitions={[
          { id: "at", header: text.time, cell: ({ at }) => <Time at={at} /> },
          { id: "service", header: text.service, cell: ({ service }) => service },
          {
            id: "operation",
            header: text.operation,
            isRowHeader: true,
            cell: (call) => (
              <Link
                href="#"
                onFollow={(event) => {
                  event.preventDefault();
                  setOpen(call);
                }}
              >
                {call.operation ?? "–"}
              </Link>
            ),
          },
          { id: "caller", header: text.caller, cell: ({ caller }) => shortName(caller) ?? text.nobody },
          { id: "decision", header: text.decision, cell: (call) => <DecisionLabel call={call} /> },
          { id: "status", header: text.status, cell: (call) => <StatusLabel call={call} /> },
          {
            id: "duration",
            header: text.duration,
            cell: ({ durationMilliseconds }) => (
              <span className="numbers">{text.milliseconds(durationMilliseconds)}</span>
            ),
          },
        ]}
        empty={
          feed.state === "broken" ? (
            <ProblemAlert error={feed.error} />
          ) : (
            <Empty title={wanted === "" ? text.none : common.noMatches}>
              {wanted === "" && text.noneHint}
            </Empty>
          )
        }
      />
      {open && <CallDetail call={open} onDismiss={() => setOpen(undefined)} />}
    </>
  );
}

/** `user/cognate` of an ARN. */
function shortName(arn: string | undefined): string | undefined {
  return arn?.split(":").slice(5).join(":") || arn;
}

function FeedState({ state }: { readonly state: "connecting" | "live" | "broken" | "paused" }) {
  const text = useText().activity;
  const types = { connecting: "pending", live: "success", broken: "error", paused: "stopped" } as const;
  return <StatusIndicator type={types[state]}>{text.states[state]}</StatusIndicator>;
}

function DecisionLabel({ call }: { readonly call: Call }) {
  const text = useText().activity;
  const decision = decisionOf(call);
  const types = { allowed: "success", denied: "error", open: "info", unknown: "warning" } as const;
  return <StatusIndicator type={types[decision]}>{text.decisions[decision]}</StatusIndicator>;
}

function StatusLabel({ call }: { readonly call: Call }) {
  return (
    <span className="wrap-anywhere">
      {call.error === undefined ? call.status : `${call.status} ${call.error}`}
    </span>
  );
}

function CallDetail({ call, onDismiss }: { readonly call: Call; readonly onDismiss: () => void }) {
  const text = useText().activity;
  return (
    <Modal visible size="large" header={call.operation ?? text.title} onDismiss={onDismiss}>
      <KeyValues
        columns={2}
        items={[
          { label: text.time, value: <Time at={call.at} /> },
          { label: text.service, value: call.service },
          {
            label: text.caller,
            value:
              call.caller === undefined ? text.nobody : <Copyable value={call.caller} label={text.caller} />,
          },
          { label: text.decision, value: <DecisionLabel call={call} /> },
          { label: text.status, value: <StatusLabel call={call} /> },
          { label: text.duration, value: text.milliseconds(call.durationMilliseconds) },
          { label: text.requestId, value: <Copyable value={call.requestId} label={text.requestId} /> },
        ]}
      />
    </Modal>
  );
}
