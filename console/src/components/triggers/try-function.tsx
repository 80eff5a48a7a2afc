import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import type { InvocationOutcome } from "../../../../src/lambda/outcome.ts";
import { getSampleEvent, invokeFunction, type PoolFunction } from "../../api/functions.ts";
import { useAction, useLoad } from "../../api/load.ts";
import { useText } from "../../i18n/text.tsx";
import { objectOf, prettyJson } from "../../rules/json.ts";
import { Code } from "../basics/code.tsx";
import { CodeInput } from "../basics/code-input.tsx";
import { Loading } from "../basics/loading.tsx";
import { ProblemAlert } from "../basics/problem.tsx";

interface Props {
  readonly poolId: string;
  readonly tried: PoolFunction;
  readonly title: string;
  readonly onDismiss: () => void;
}

/** Invokes the function of a trigger with an event about a made-up user. */
export function TryFunctionDialog({ poolId, tried, title, onDismiss }: Props) {
  const text = useText().functions;
  const [source, setSource] = useState(tried.sources[0] ?? "");
  const sample = useLoad(["sampleEvent", poolId, source], () => getSampleEvent(poolId, source));
  return (
    <Modal visible size="large" header={title} onDismiss={onDismiss}>
      <SpaceBetween size="l">
        <FormField label={text.source}>
          <Select
            selectedOption={{ value: source }}
            options={tried.sources.map((value) => ({ value }))}
            onChange={({ detail }) => setSource(detail.selectedOption.value ?? source)}
          />
        </FormField>
        <Loading loaded={sample}>
          {(event) => <Trial key={source} poolId={poolId} source={source} sample={event} />}
        </Loading>
      </SpaceBetween>
    </Modal>
  );
}

interface TrialProps {
  readonly poolId: string;
  readonly source: string;
  readonly sample: object;
}

function Trial({ poolId, source, sample }: TrialProps) {
  const text = useText().functions;
  const action = useAction();
  const [json, setJson] = useState(() => JSON.stringify(sample, null, 2));
  const [outcome, setOutcome] = useState<InvocationOutcome>();
  const event = objectOf(json);
  return (
    <SpaceBetween size="m">
      <FormField
        label={text.event}
        description={text.eventHint}
        errorText={event === undefined ? text.eventFault : undefined}
        stretch
      >
        <CodeInput value={json} onChange={setJson} />
      </FormField>
      <Button
        variant="primary"
        loading={action.isRunning}
        disabled={event === undefined}
        onClick={() =>
          void action.run(async () => setOutcome(await invokeFunction(poolId, source, event ?? {})))
        }
      >
        {text.invoke}
      </Button>
      <ProblemAlert error={action.error} />
      {outcome && <Outcome outcome={outcome} />}
    </SpaceBetween>
  );
}

function Outcome({ outcome }: { readonly outcome: InvocationOutcome }) {
  const text = useText().functions;
  switch (outcome.kind) {
    case "answered":
      return (
        <SpaceBetween size="xs">
          <StatusIndicator type="success">{text.answered}</StatusIndicator>
          <Code wraps label={text.answer}>
            {prettyJson(outcome.payload)}
          </Code>
        </SpaceBetween>
      );
    case "failed":
      return (
        <StatusIndicator type="error">
          <span className="wrap-anywhere">{`${outcome.errorType}: ${outcome.errorMessage}`}</span>
        </StatusIndicator>
      );
    case "timed out":
      return <StatusIndicator type="error">{text.timedOut}</StatusIndicator>;
    case "not invoked":
      return (
        <StatusIndicator type="error">
          <span className="wrap-anywhere">{`${outcome.reason}: ${outcome.detail}`}</span>
        </StatusIndicator>
      );
  }
}
