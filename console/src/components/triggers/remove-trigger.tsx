import { updatePool } from "../../api/pools.ts";
import { useFlash } from "../../app/flashes.tsx";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import { type TriggerName, triggerValues, withTrigger } from "../../rules/triggers/lambda-triggers.ts";
import { ActionDialog } from "../basics/confirm.tsx";

interface Props {
  readonly name: TriggerName;
  readonly onDismiss: () => void;
}

export function RemoveTriggerDialog({ name, onDismiss }: Props) {
  const { pool, reload } = usePool();
  const text = useText().extensions;
  const show = useFlash();
  const label = text.triggers[name];
  return (
    <ActionDialog
      title={text.removeWhat(label)}
      confirmLabel={text.remove}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await updatePool(pool.Id ?? "", ({ LambdaConfig }) => ({
          LambdaConfig: withTrigger(LambdaConfig, name, { ...triggerValues(LambdaConfig, name), arn: "" }),
        }));
        show("success", text.removed(label));
        reload();
      }}
    >
      {text.removeQuestion(label)}
    </ActionDialog>
  );
}
