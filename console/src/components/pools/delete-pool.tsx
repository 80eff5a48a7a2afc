import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useLoad } from "../../api/load.ts";
import { deletePool, describePool } from "../../api/pools.ts";
import { useText } from "../../i18n/text.tsx";
import { ActionDialog, Warning } from "../basics/confirm.tsx";
import { Loading } from "../basics/loading.tsx";
import { useDeletion } from "../lists/deletion.ts";

interface Props {
  readonly poolId: string;
  readonly name: string;
  readonly onDismiss: () => void;
  readonly onDeleted: () => void;
}

/** Deletes a pool once its name is typed; the same dialog first turns off deletion protection. */
export function DeletePoolDialog({ poolId, name, onDismiss, onDeleted }: Props) {
  const text = useText().userPools;
  const common = useText().common;
  const remove = useDeletion();
  const [willUnprotect, setWillUnprotect] = useState(false);
  const loaded = useLoad(["pool", poolId], () => describePool(poolId));
  const isProtected = loaded.value?.DeletionProtection === "ACTIVE";

  return (
    <ActionDialog
      title={text.deleteTitle}
      confirmLabel={common.delete}
      typed={name}
      isLoading={loaded.value === undefined}
      values={undefined}
      isValid={!isProtected || willUnprotect}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const pool = loaded.value;
        if (pool === undefined) return;
        await remove(() => deletePool(pool), text.deleted(name));
        onDeleted();
      }}
    >
      {(wasTried) => (
        <Loading loaded={loaded}>
          {(pool) => (
            <SpaceBetween size="m">
              <Warning>{text.deleteWarning(name, pool.EstimatedNumberOfUsers ?? 0)}</Warning>
              {isProtected && (
                <FormField
                  errorText={wasTried && !willUnprotect ? text.deactivateProtectionFault : undefined}
                >
                  <Checkbox
                    checked={willUnprotect}
                    onChange={({ detail }) => setWillUnprotect(detail.checked)}
                  >
                    {text.deactivateProtection}
                  </Checkbox>
                </FormField>
              )}
            </SpaceBetween>
          )}
        </Loading>
      )}
    </ActionDialog>
  );
}
