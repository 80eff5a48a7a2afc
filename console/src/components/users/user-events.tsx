import {
  AdminListUserAuthEventsCommand,
  AdminUpdateAuthEventFeedbackCommand,
  type AuthEventType,
  type FeedbackValueType,
} from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { inPool } from "../../api/aws.ts";
import { useAction } from "../../api/load.ts";
import { usePages } from "../../api/pages.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { Empty } from "../basics/loading.tsx";
import { ProblemAlert } from "../basics/problem.tsx";
import { Time, useTimeText } from "../basics/time.tsx";
import { PagedTable } from "../lists/paged-table.tsx";

interface Props {
  readonly poolId: string;
  readonly username: string;
}

/** The events of a user in a pool with threat protection, with buttons for an administrator's feedback. */
export function UserEvents({ poolId, username }: Props) {
  const text = useText().userEvents;
  const show = useFlash();
  const action = useAction();
  const list = usePages(
    ["userEvents", poolId, username],
    async (limit, token) => {
      const command = new AdminListUserAuthEventsCommand({
        UserPoolId: poolId,
        Username: username,
        MaxResults: limit,
        NextToken: token,
      });
      const answer = await inPool(poolId, (client) => client.send(command));
      return { items: answer.AuthEvents ?? [], next: answer.NextToken };
    },
    10,
  );
  const give = (event: AuthEventType, FeedbackValue: FeedbackValueType) =>
    action.run(async () => {
      const command = new AdminUpdateAuthEventFeedbackCommand({
        UserPoolId: poolId,
        Username: username,
        EventId: event.EventId,
        FeedbackValue,
      });
      await inPool(poolId, (client) => client.send(command));
      show("success", text.given);
      list.reload();
    });
  return (
    <SpaceBetween size="s">
      <ProblemAlert error={action.error} />
      <PagedTable
        variant="container"
        list={list}
        label={text.title}
        keyOf={({ EventId = "" }) => EventId}
        nameOf={({ EventId = "" }) => EventId}
        header={<Header description={text.description}>{text.title}</Header>}
        columns={[
          {
            id: "time",
            header: text.time,
            isRowHeader: true,
            cell: ({ CreationDate }) => <Time at={CreationDate} />,
          },
          {
            id: "event",
            header: text.event,
            cell: ({ EventType }) => (EventType === undefined ? "–" : text.events[EventType]),
          },
          { id: "result", header: text.result, cell: (event) => <Result event={event} /> },
          { id: "risk", header: text.risk, cell: (event) => <Risk event={event} /> },
          { id: "ip", header: text.ip, cell: ({ EventContextData }) => EventContextData?.IpAddress ?? "–" },
          {
            id: "device",
            header: text.device,
            cell: ({ EventContextData }) => EventContextData?.DeviceName ?? "–",
          },
          { id: "id", header: text.id, isExtra: true, cell: ({ EventId }) => EventId },
          {
            id: "feedback",
            header: text.feedback,
            minWidth: 170,
            cell: (event) => <Feedback event={event} onGive={(value) => void give(event, value)} />,
          },
        ]}
        empty={<Empty title={text.none} />}
      />
    </SpaceBetween>
  );
}

const RESULTS = { Pass: "success", Fail: "error", InProgress: "in-progress" } as const satisfies Record<
  string,
  StatusIndicatorProps.Type
>;

function Result({ event: { EventResponse } }: { readonly event: AuthEventType }) {
  const text = useText().userEvents;
  if (EventResponse === undefined) return "–";
  return <StatusIndicator type={RESULTS[EventResponse]}>{text.results[EventResponse]}</StatusIndicator>;
}

function Risk({ event: { EventRisk } }: { readonly event: AuthEventType }) {
  const text = useText().userEvents;
  const { levels } = useText().threatProtection;
  const { RiskDecision = "NoRisk", RiskLevel, CompromisedCredentialsDetected } = EventRisk ?? {};
  const decision =
    CompromisedCredentialsDetected && RiskLevel === undefined
      ? text.compromised
      : text.decisions[RiskDecision];
  if (RiskDecision === "NoRisk" && !CompromisedCredentialsDetected) return decision;
  return (
    <StatusIndicator type={RiskDecision === "Block" ? "error" : "warning"}>
      {RiskLevel === undefined ? decision : text.withLevel(decision, levels[RiskLevel])}
    </StatusIndicator>
  );
}

interface FeedbackProps {
  readonly event: AuthEventType;
  readonly onGive: (value: FeedbackValueType) => void;
}

function Feedback({ event: { EventFeedback, CreationDate }, onGive }: FeedbackProps) {
  const text = useText().userEvents;
  const timeText = useTimeText();
  const labels = { Valid: text.markValid, Invalid: text.markInvalid } as const;
  const given = EventFeedback?.FeedbackValue;
  const provider = EventFeedback?.Provider === "User" ? text.providers.User : text.providers.Admin;
  return (
    <SpaceBetween size="xxs">
      {given !== undefined && text.by(text.feedbacks[given], provider)}
      {(["Valid", "Invalid"] as const)
        .filter((value) => value !== given)
        .map((value) => (
          <Button
            key={value}
            variant="inline-link"
            ariaLabel={`${labels[value]}: ${timeText(CreationDate)}`}
            onClick={() => onGive(value)}
          >
            {labels[value]}
          </Button>
        ))}
    </SpaceBetween>
  );
}
