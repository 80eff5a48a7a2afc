import type { ExplicitAuthFlowsType } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useText } from "../../i18n/text.tsx";
import {
  CLIENT_TOKEN_FLOW,
  type Lifetimes,
  lifetimeFault,
  offeredFlows,
  units,
} from "../../rules/app-clients/app-client.ts";

interface FlowProps {
  readonly flows: readonly ExplicitAuthFlowsType[];
  readonly onChange: (flows: readonly ExplicitAuthFlowsType[]) => void;
  /** A client with one can get tokens of its own. */
  readonly hasSecret: boolean;
}

/** The ways to sign in that a client may use. Those that it has and this console does not offer are kept. */
export function FlowFields({ flows, onChange, hasSecret }: FlowProps) {
  const text = useText().appClients;
  const tokenText = useText().clientFeatures.clientToken;
  const isForTokens = flows.includes(CLIENT_TOKEN_FLOW);
  const labels: Readonly<Record<string, string>> = text.flows;
  const kept = flows.filter(
    (flow) => flow !== CLIENT_TOKEN_FLOW && !offeredFlows.some((offered) => offered === flow),
  );
  const shown: readonly ExplicitAuthFlowsType[] = [...offeredFlows, ...kept];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame and margins of its own
    <div role="group" aria-label={text.authFlows}>
      <SpaceBetween size="xs">
        {shown.map((flow) => (
          <Checkbox
            key={flow}
            checked={flows.includes(flow)}
            disabled={isForTokens}
            description={<span className="monospace">{flow}</span>}
            onChange={({ detail }) =>
              onChange(shown.filter((other) => (other === flow ? detail.checked : flows.includes(other))))
            }
          >
            {labels[flow] ?? flow}
          </Checkbox>
        ))}
        {(hasSecret || isForTokens) && (
          <Checkbox
            checked={isForTokens}
            description={
              <>
                <span className="monospace">{CLIENT_TOKEN_FLOW}</span> – {tokenText.flowHint}
              </>
            }
            onChange={({ detail }) => onChange(detail.checked ? [CLIENT_TOKEN_FLOW] : [])}
          >
            {tokenText.flow}
          </Checkbox>
        )}
      </SpaceBetween>
    </div>
  );
}

interface LifetimeProps {
  readonly lifetimes: Lifetimes;
  readonly onChange: (lifetimes: Lifetimes) => void;
}

export function LifetimeFields({ lifetimes, onChange }: LifetimeProps) {
  const text = useText().appClients;
  const unitOptions = units.map((unit) => ({ value: unit, label: text.units[unit] }));
  return (
    <SpaceBetween size="l">
      {(["refresh", "access", "id"] as const).map((token) => {
        const lifetime = lifetimes[token];
        const fault = lifetimeFault(lifetimes, token);
        return (
          <FormField
            key={token}
            label={text.lifetimes[token]}
            constraintText={text.lifetimeRules[token]}
            errorText={fault && text.lifetimeFaults[fault]}
          >
            <div className="lifetime">
              <Input
                value={lifetime.value}
                inputMode="numeric"
                autoComplete={false}
                onChange={({ detail }) =>
                  onChange({ ...lifetimes, [token]: { ...lifetime, value: detail.value } })
                }
              />
              <Select
                ariaLabel={text.unitOf(text.lifetimes[token])}
                options={unitOptions}
                selectedOption={unitOptions.find(({ value }) => value === lifetime.unit) ?? null}
                onChange={({ detail }) => {
                  const unit = units.find((known) => known === detail.selectedOption.value);
                  if (unit !== undefined) onChange({ ...lifetimes, [token]: { ...lifetime, unit } });
                }}
              />
            </div>
          </FormField>
        );
      })}
    </SpaceBetween>
  );
}
