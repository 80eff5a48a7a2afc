import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { type ClockState, commandClock, getClock, resetClock } from "../../api/control.ts";
import { useAction, useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePreferences } from "../../app/preferences.tsx";
import { useSession } from "../../app/session.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { ProblemAlert } from "../../components/basics/problem.tsx";
import { formatTime } from "../../components/basics/time.tsx";
import { TimeChoice } from "../../components/tools/time-choice.tsx";
import { Unavailable } from "../../components/tools/unavailable.tsx";
import { useText } from "../../i18n/text.tsx";
import { localTimeOf, momentOf } from "../../rules/tools/local-time.ts";

/** How far the buttons move the clock, in seconds: common lifetimes of Cognito. */
const steps = [
  { id: "minutes3", seconds: 3 * 60 },
  { id: "hour", seconds: 3600 },
  { id: "day", seconds: 24 * 3600 },
  { id: "week", seconds: 7 * 24 * 3600 },
  { id: "month", seconds: 30 * 24 * 3600 },
] as const;

export default function Clock() {
  const { me } = useSession();
  const { title, devOnly } = useText().clock;
  return me.mode === "dev" ? <MovableClock /> : <Unavailable title={title}>{devOnly}</Unavailable>;
}

function MovableClock() {
  const text = useText().clock;
  const loaded = useLoad(["clock"], getClock);
  return (
    <ContentLayout header={<PageHeader title={text.title} description={text.description} />}>
      <Loading loaded={loaded}>
        {(state) => <ClockControls initial={state} onMoved={loaded.reload} />}
      </Loading>
    </ContentLayout>
  );
}

interface ControlsProps {
  readonly initial: ClockState;
  /** Updates the frame, which shows that the clock was moved. */
  readonly onMoved: () => void;
}

function ClockControls({ initial, onMoved }: ControlsProps) {
  const text = useText().clock;
  const show = useFlash();
  const { language } = usePreferences();
  const action = useAction();
  const [state, setState] = useState(() => ({ ...initial, readAt: Date.now() }));
  const [wanted, setWanted] = useState(() => localTimeOf(new Date(initial.now)));
  const moment = momentOf(wanted);

  const apply = (command: () => Promise<ClockState>) =>
    action.run(async () => {
      const changed = await command();
      setState({ ...changed, readAt: Date.now() });
      onMoved();
      const time = formatTime(new Date(changed.now), language);
      show("success", changed.stopped ? text.stoppedAt(time) : text.moved(time));
    });

  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header
            actions={
              <Button
                disabled={action.isRunning}
                onClick={() => void apply(() => commandClock({ stopped: !state.stopped }))}
              >
                {state.stopped ? text.resume : text.stop}
              </Button>
            }
          >
            {text.now}
          </Header>
        }
      >
        <ColumnLayout columns={2} variant="text-grid">
          <div>
            <Box variant="awsui-key-label">{text.serverTime}</Box>
            <ClockFace startsAt={Date.parse(state.now)} readAt={state.readAt} isStopped={state.stopped} />
          </div>
          <div>
            <Box variant="awsui-key-label">{state.stopped ? text.title : text.offset}</Box>
            <div className="clock-face">
              {state.stopped ? text.stopped : text.offsetBy(state.offsetMilliseconds)}
            </div>
          </div>
        </ColumnLayout>
      </Container>
      <Container header={<Header description={text.advanceHint}>{text.advance}</Header>}>
        <SpaceBetween direction="horizontal" size="xs">
          {steps.map(({ id, seconds }) => (
            <Button
              key={id}
              disabled={action.isRunning}
              onClick={() => void apply(() => commandClock({ advanceSeconds: seconds }))}
            >
              {text.steps[id]}
            </Button>
          ))}
        </SpaceBetween>
      </Container>
      <Container header={<Header description={text.setHint}>{text.set}</Header>}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (moment !== undefined) void apply(() => commandClock({ now: moment.toISOString() }));
          }}
        >
          <SpaceBetween size="m">
            <TimeChoice value={wanted} onChange={setWanted} />
            <SpaceBetween direction="horizontal" size="xs">
              <Button disabled={moment === undefined || action.isRunning}>{text.set}</Button>
              <Button
                formAction="none"
                disabled={(state.offsetMilliseconds === 0 && !state.stopped) || action.isRunning}
                onClick={() => void apply(resetClock)}
              >
                {text.reset}
              </Button>
            </SpaceBetween>
          </SpaceBetween>
        </form>
      </Container>
      <ProblemAlert error={action.error} />
      <Alert type="info">{text.note}</Alert>
    </SpaceBetween>
  );
}

interface ClockFaceProps {
  readonly startsAt: number;
  readonly readAt: number;
  readonly isStopped: boolean;
}

/** The server's time, continued from the moment when it was read unless the clock is stopped. */
function ClockFace({ startsAt, readAt, isStopped }: ClockFaceProps) {
  const { language } = usePreferences();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (isStopped) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isStopped]);
  const at = new Date(isStopped ? startsAt : startsAt + Math.max(0, now - readAt));
  return (
    <time className="clock-face" dateTime={at.toISOString()}>
      {formatTime(at, language)}
    </time>
  );
}
