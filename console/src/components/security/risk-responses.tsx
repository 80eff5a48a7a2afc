/** The responses to compromised passwords and risky sign-ins. */
import Box from "@cloudscape-design/components/box";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useText } from "../../i18n/text.tsx";
import {
  type PasswordValues,
  passwordEvents,
  passwordPart,
  passwordValuesOf,
  riskLevels,
  type TakeoverValues,
  takeoverActions,
  takeoverPart,
  takeoverValuesOf,
} from "../../rules/security/risk-configuration.ts";
import { Choices } from "../basics/choices.tsx";
import { KeyValues, ValueList } from "../basics/key-values.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { RiskDialog, type RiskScope } from "./risk-dialog.tsx";

interface Props {
  readonly scope: RiskScope;
}

interface DialogProps extends Props {
  readonly onDismiss: () => void;
}

export function CompromisedPasswords({ scope }: Props) {
  const text = useText().threatProtection;
  const { action, events } = passwordValuesOf(scope.current);
  const isSet = scope.current.CompromisedCredentialsRiskConfiguration !== undefined;
  return (
    <SettingPanel
      title={text.passwords}
      description={text.passwordsDescription}
      dialog={(onDismiss) => <PasswordDialog scope={scope} onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={2}
        items={[
          { label: text.response, value: text.passwordActions[action] },
          {
            label: text.events,
            value: isSet ? <ValueList values={events.map((event) => text.eventNames[event])} /> : "–",
          },
        ]}
      />
    </SettingPanel>
  );
}

function PasswordDialog({ scope, onDismiss }: DialogProps) {
  const text = useText().threatProtection;
  const { values, change, mergedWith } = useFormValues<PasswordValues>(
    () => passwordValuesOf(scope.current),
    { action: text.response, events: text.events },
    // Two changes that are right by themselves can leave no event, which would mean all.
    { whole: ["events"] },
  );
  const { action, events } = values;
  return (
    <RiskDialog
      scope={scope}
      title={text.passwords}
      values={values}
      changes={(current) => passwordPart(mergedWith(passwordValuesOf(current)))}
      isValid={events.length > 0}
      onDismiss={onDismiss}
    >
      <FormField label={text.response}>
        <RadioGroup
          value={action}
          items={(["NO_ACTION", "BLOCK"] as const).map((value) => ({
            value,
            label: text.passwordActions[value],
          }))}
          onChange={({ detail }) => change({ action: detail.value === "BLOCK" ? "BLOCK" : "NO_ACTION" })}
        />
      </FormField>
      <FormField label={text.events} errorText={events.length === 0 ? text.noEvent : undefined}>
        <Choices
          values={passwordEvents}
          chosen={events}
          nameOf={(event) => text.eventNames[event]}
          onChange={(chosen) => change({ events: chosen })}
        />
      </FormField>
    </RiskDialog>
  );
}

export function RiskySignIns({ scope }: Props) {
  const text = useText().threatProtection;
  const values = takeoverValuesOf(scope.current);
  const hasSender = scope.current.AccountTakeoverRiskConfiguration?.NotifyConfiguration !== undefined;
  return (
    <SettingPanel
      title={text.takeover}
      description={text.takeoverDescription}
      dialog={(onDismiss) => <TakeoverDialog scope={scope} onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={3}
        items={riskLevels.map((level) => {
          const { action, notifies } = values[level];
          return {
            label: `${text.level}: ${text.levels[level]}`,
            value: (
              <>
                {text.actions[action]}
                {notifies && (
                  <Box variant="small" display="block">
                    {hasSender ? (
                      text.notifies
                    ) : (
                      <StatusIndicator type="warning">{text.needsSender}</StatusIndicator>
                    )}
                  </Box>
                )}
              </>
            ),
          };
        })}
      />
    </SettingPanel>
  );
}

function TakeoverDialog({ scope, onDismiss }: DialogProps) {
  const text = useText().threatProtection;
  const { values, setValues, mergedWith } = useFormValues<TakeoverValues>(
    () => takeoverValuesOf(scope.current),
    ([level, part]) => {
      const name = text.levels[riskLevels.find((one) => one === level) ?? "Low"];
      return part === "notifies" ? text.notifyOf(name) : text.actionOf(name);
    },
  );
  const options = takeoverActions.map((value) => ({
    value,
    label: text.actions[value],
    description: text.actionHints[value],
  }));
  return (
    <RiskDialog
      scope={scope}
      title={text.takeover}
      values={values}
      changes={(current) => takeoverPart(current, mergedWith(takeoverValuesOf(current)))}
      onDismiss={onDismiss}
    >
      {riskLevels.map((level) => {
        const { action, notifies } = values[level];
        const change = (part: Partial<(typeof values)[typeof level]>) =>
          setValues({ ...values, [level]: { ...values[level], ...part } });
        return (
          <SpaceBetween key={level} size="xs">
            <FormField label={text.actionOf(text.levels[level])}>
              <Select
                options={options}
                selectedOption={options.find(({ value }) => value === action) ?? null}
                onChange={({ detail }) =>
                  change({
                    action: takeoverActions.find((one) => one === detail.selectedOption.value) ?? action,
                  })
                }
              />
            </FormField>
            <Checkbox checked={notifies} onChange={({ detail }) => change({ notifies: detail.checked })}>
              {text.notifyOf(text.levels[level])}
            </Checkbox>
          </SpaceBetween>
        );
      })}
    </RiskDialog>
  );
}
