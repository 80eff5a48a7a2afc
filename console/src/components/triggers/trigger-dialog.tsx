import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { useState } from "react";
import { regionOf } from "../../api/aws.ts";
import { getFunctionTarget } from "../../api/functions.ts";
import { useLoad } from "../../api/load.ts";
import { usePool } from "../../app/pool.tsx";
import { useSession } from "../../app/session.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  isFunctionArn,
  isKeyArn,
  isSender,
  newKeyArn,
  type TriggerName,
  type TriggerValues,
  tokenEventVersions,
  triggerValues,
  withTrigger,
} from "../../rules/triggers/lambda-triggers.ts";
import { useFormValues } from "../basics/use-form-values.ts";
import { UpdatePoolDialog } from "../pools/pool-choices.tsx";

interface Props {
  readonly name: TriggerName;
  readonly onDismiss: () => void;
}

/** Sets the function of a trigger, or removes it. */
export function TriggerDialog({ name, onDismiss }: Props) {
  const { pool } = usePool();
  const { me } = useSession();
  const text = useText().extensions;
  const functionText = useText().functions;
  const common = useText().common;
  const poolId = pool.Id ?? "";
  const [newKey] = useState(() => newKeyArn(regionOf(poolId), me.accountId));
  const valuesOf = ({ LambdaConfig }: UserPoolType): TriggerValues => {
    const current = triggerValues(LambdaConfig, name);
    return { ...current, keyArn: current.keyArn || newKey };
  };
  const { values, change, mergedWith } = useFormValues(
    () => valuesOf(pool),
    { arn: text.functionArn, version: text.eventVersion, keyArn: text.keyArn },
    { kinds: [{ field: "arn", off: "", parts: ["version", "keyArn"] }] },
  );
  const { arn, version, keyArn } = values;
  const isArnValid = arn === "" || isFunctionArn(arn);
  const asksForKey = isSender(name) && arn !== "";
  const isKeyValid = !asksForKey || isKeyArn(keyArn);
  const { value: target } = useLoad(
    ["functionTarget", poolId, arn],
    isFunctionArn(arn) ? () => getFunctionTarget(poolId, arn) : undefined,
  );
  return (
    <UpdatePoolDialog
      title={text.triggers[name]}
      saved={text.saved(text.triggers[name])}
      values={values}
      changes={(current) => ({
        LambdaConfig: withTrigger(current.LambdaConfig, name, mergedWith(valuesOf(current))),
      })}
      isValid={isArnValid && isKeyValid}
      onDismiss={onDismiss}
    >
      <FormField
        label={text.functionArn}
        description={text.functionArnHint}
        errorText={isArnValid ? undefined : text.functionArnFault}
      >
        <Input
          value={arn}
          placeholder={`arn:aws:lambda:${regionOf(poolId)}:${me.accountId}:function:name`}
          autoComplete={false}
          onChange={({ detail }) => change({ arn: detail.value.trim() })}
        />
      </FormField>
      {target?.kind === "nothing" && (
        <Alert type="warning" statusIconAriaLabel={common.warning} header={functionText.leadsNowhere}>
          <span className="wrap-anywhere">{functionText.leadsNowhereHint(target.lookedFor)}</span>
        </Alert>
      )}
      {name === "PreTokenGeneration" && arn !== "" && (
        <FormField label={text.eventVersion}>
          <RadioGroup
            value={version}
            items={tokenEventVersions.map((value) => ({ value, ...text.eventVersions[value] }))}
            onChange={({ detail }) =>
              change({ version: tokenEventVersions.find((known) => known === detail.value) ?? version })
            }
          />
        </FormField>
      )}
      {asksForKey && (
        <FormField
          label={text.keyArn}
          description={text.keyArnHint}
          errorText={isKeyValid ? undefined : text.keyArnFault}
        >
          <Input
            value={keyArn}
            autoComplete={false}
            onChange={({ detail }) => change({ keyArn: detail.value.trim() })}
          />
        </FormField>
      )}
    </UpdatePoolDialog>
  );
}
