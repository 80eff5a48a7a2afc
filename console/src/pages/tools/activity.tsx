import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import {
  type Call,
  type CallContent,
  decisionOf,
  getCallContent,
  isOfConsole,
  useActivity,
} from "../../api/activity.ts";
import { ifKept } from "../../api/errors.ts";
import { useLoad } from "../../api/load.ts";
import { InfoLink } from "../../app/help.tsx";
import { paths } from "../../app/paths.ts";
import { useSession } from "../../app/session.tsx";
import { Code } from "../../components/basics/code.tsx";
import { Copyable } from "../../components/basics/copyable.tsx";
import { KeyValues } from "../../components/basics/key-values.tsx";
import { Empty, Loading } from "../../components/basics/loading.tsx";
import { OpenLink } from "../../components/basics/open-link.tsx";
import { useTitle } from "../../components/basics/page-header.tsx";
import { ProblemAlert } from "../../components/basics/problem.tsx";
import { Time } from "../../components/basics/time.tsx";
import { usePages } from "../../components/lists/use-pages.tsx";
import { AuditLogState } from "../../components/security/audit-log-state.tsx";
import { useText } from "../../i18n/text.tsx";

const PAGE_SIZE = 50;

export default function Activity() {
  const text = useText().activity;
  const common = useText().common;
  const [isListening, setListening] = useState(true);
  const [search, setSearch] = useState("");
  const [showsConsole, setShowsConsole] = useState(false);
  const [open, setOpen] = useState<Call>();
  const { me } = useSession();
  // The stream ends with the session. The next sign-in on this page starts it again.
  const feed = useActivity(isListening && me.signedIn);
  useTitle(text.title);

  const wanted = search.trim().toLowerCase();
  const found = feed.calls.filter(
    (call) =>
      (showsConsole || !isOfConsole(call)) &&
      [
        call.service,
        call.operation,
        call.caller,
        call.error,
        call.requestId,
        call.poolId,
        call.clientId,
        call.username,
      ]
        .join("\n")
        .toLowerCase()
        .includes(wanted),
  );
  const { shown, pagination } = usePages(found, PAGE_SIZE);

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
            {...((feed.state === "live" || feed.calls.length > 0) && {
              counter: `(${common.number(found.length)})`,
            })}
            description={
              <SpaceBetween size="xxs">
                <span>{text.description}</span>
                <AuditLogState />
              </SpaceBetween>
            }
            info={<InfoLink />}
            actions={
              <SpaceBetween direction="horizontal" size="xs" alignItems="center">
                <FeedState state={isListening ? feed.state : "paused"} />
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
          <div className="list-filter">
            <TextFilter
              filteringText={search}
              filteringPlaceholder={text.find}
              filteringAriaLabel={text.find}
              onChange={({ detail }) => setSearch(detail.filteringText)}
            />
            <Toggle checked={showsConsole} onChange={({ detail }) => setShowsConsole(detail.checked)}>
              {text.showConsole}
            </Toggle>
          </div>
        }
        pagination={pagination}
        columnDefinitions={[
          { id: "at", header: text.time, cell: ({ at }) => <Time at={at} /> },
          { id: "service", header: text.service, cell: ({ service }) => service },
          {
            id: "operation",
            header: text.operation,
            isRowHeader: true,
            cell: (call) => <OpenLink onOpen={() => setOpen(call)}>{call.operation ?? "–"}</OpenLink>,
          },
          {
            id: "about",
            header: text.about,
            cell: ({ username, clientId, poolId }) => (
              <span className="one-line">{username ?? clientId ?? poolId ?? "–"}</span>
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
  const { me } = useSession();
  const { poolId, clientId, username } = call;
  const content = useLoad(
    ["callContent", call.requestId],
    me.mode === "dev" ? () => ifKept(getCallContent(call.requestId)) : undefined,
  );
  const copyable = (value: string | undefined, label: string) =>
    value === undefined ? "–" : <Copyable value={value} label={label} />;
  return (
    <Modal visible size="large" header={call.operation ?? text.title} onDismiss={onDismiss}>
      <SpaceBetween size="l">
        <KeyValues
          columns={2}
          items={[
            { label: text.time, value: <Time at={call.at} /> },
            { label: text.service, value: call.service },
            {
              label: text.pool,
              value: poolId === undefined ? "–" : <Link href={paths.poolOverview(poolId)}>{poolId}</Link>,
            },
            {
              label: text.client,
              value:
                poolId === undefined || clientId === undefined ? (
                  (clientId ?? "–")
                ) : (
                  <Link href={paths.appClient(poolId, clientId)}>{clientId}</Link>
                ),
            },
            {
              label: text.user,
              value:
                poolId === undefined || username === undefined ? (
                  (username ?? "–")
                ) : (
                  <Link href={paths.user(poolId, username)}>
                    <span className="wrap-anywhere">{username}</span>
                  </Link>
                ),
            },
            {
              label: text.caller,
              value: call.caller === undefined ? text.nobody : copyable(call.caller, text.caller),
            },
            { label: text.decision, value: <DecisionLabel call={call} /> },
            { label: text.status, value: <StatusLabel call={call} /> },
            { label: text.duration, value: text.milliseconds(call.durationMilliseconds) },
            { label: text.sourceIp, value: call.sourceIp ?? "–" },
            { label: text.requestId, value: copyable(call.requestId, text.requestId) },
            { label: text.userAgent, value: <span className="wrap-anywhere">{call.userAgent ?? "–"}</span> },
          ]}
        />
        {me.mode === "dev" && (
          <Loading loaded={content}>{(carried) => <CarriedContent content={carried} />}</Loading>
        )}
      </SpaceBetween>
    </Modal>
  );
}

function CarriedContent({ content }: { readonly content: CallContent }) {
  const text = useText().activity;
  const parts = [
    [text.request, content.request],
    [text.answer, content.answer],
  ] as const;
  if (content.request === undefined && content.answer === undefined)
    return <Box color="text-body-secondary">{text.notKept}</Box>;
  return (
    <SpaceBetween size="m">
      {parts
        .filter(([, value]) => value !== undefined)
        .map(([label, value]) => (
          <div key={label}>
            <Box variant="awsui-key-label">{label}</Box>
            <Code wraps label={label}>
              {typeof value === "string" ? value : JSON.stringify(value, null, 2)}
            </Code>
          </div>
        ))}
    </SpaceBetween>
  );
}
