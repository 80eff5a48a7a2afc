import {
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { useLoad } from "../api/load.ts";
import { useFlash } from "../app/flashes.tsx";
import { useText } from "../i18n/text.tsx";
import { poolUpdate } from "../rules/update-user-pool.ts";
import { ActionDialog, Warning } from "./confirm.tsx";
import { Loading } from "./loading.tsx";

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
  const show = useFlash();
  const [willUnprotect, setWillUnprotect] = useState(false);
  const loaded = useLoad(["pool", poolId], async () => {
    const answer = await inPool(poolId, (client) =>
      client.send(new DescribeUserPoolCommand({ UserPoolId: poolId })),
    );
    return answer.UserPool ?? {};
  });
  const isProtected = loaded.value?.DeletionProtection === "ACTIVE";

  return (
    <ActionDialog
      title={text.deleteTitle}
      confirmLabel={common.delete}
      typed={name}
      isDisabled={loaded.value === undefined || (isProtected && !willUnprotect)}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const pool = loaded.value;
        await inPool(poolId, async (client) => {
          if (isProtected && pool !== undefined) {
            await client.send(
              new UpdateUserPoolCommand(poolUpdate(pool, { DeletionProtection: "INACTIVE" })),
            );
          }
          await client.send(new DeleteUserPoolCommand({ UserPoolId: poolId }));
        });
        show("success", text.deleted(name));
        onDeleted();
      }}
    >
      <Loading loaded={loaded}>
        {(pool) => (
          <SpaceBetween size="m">
            <Warning>{text.deleteWarning(name, pool.EstimatedNumberOfUsers ?? 0)}</Warning>
            {isProtected && (
              <Checkbox checked={willUnprotect} onChange={({ detail }) => setWillUnprotect(detail.checked)}>
                {text.deactivateProtection}
              </Checkbox>
            )}
          </SpaceBetween>
        )}
      </Loading>
    </ActionDialog>
  );
}
