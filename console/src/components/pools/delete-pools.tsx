import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import { useState } from "react";
import { wasDeletedBefore } from "../../api/errors.ts";
import { useLoad } from "../../api/load.ts";
import { deletePool, describePool } from "../../api/pools.ts";
import { useText } from "../../i18n/text.tsx";
import { ActionDialog, Warning } from "../basics/confirm.tsx";
import { Loading } from "../basics/loading.tsx";
import { BulkDialog } from "../lists/bulk-dialog.tsx";
import type { DeleteAnswers } from "../lists/list-page.tsx";

interface Props extends DeleteAnswers {
  readonly poolIds: readonly string[];
}

/** Deletes several pools, and says how many users go with each. */
export function DeletePoolsDialog({ poolIds, ...answers }: Props) {
  const text = useText().bulkDelete.pools;
  const common = useText().common;
  const loaded = useLoad(["pools to delete", ...poolIds], () => Promise.all(poolIds.map(describePool)));
  if (loaded.value !== undefined) return <Confirmation pools={loaded.value} {...answers} />;
  return (
    <ActionDialog
      title={text.title}
      confirmLabel={common.delete}
      isLoading
      onDismiss={answers.onDismiss}
      onConfirm={async () => {}}
    >
      <Loading loaded={loaded}>{() => null}</Loading>
    </ActionDialog>
  );
}

/** Pools under deletion protection stay, unless the person turns the protection off here. */
function Confirmation({ pools, onDismiss, onDeleted }: DeleteAnswers & { pools: readonly UserPoolType[] }) {
  const text = useText().bulkDelete.pools;
  const common = useText().common;
  const [willUnprotect, setWillUnprotect] = useState(false);
  const isProtected = ({ DeletionProtection }: UserPoolType) => DeletionProtection === "ACTIVE";
  const guarded = pools.filter(isProtected);
  const deleted = pools.filter((pool) => willUnprotect || !isProtected(pool));
  const users = deleted.reduce((sum, { EstimatedNumberOfUsers = 0 }) => sum + EstimatedNumberOfUsers, 0);
  return (
    <BulkDialog
      title={text.title}
      confirmLabel={common.delete}
      items={deleted}
      labelOf={({ Id = "", Name = "", EstimatedNumberOfUsers = 0 }) =>
        text.item(Name, Id, EstimatedNumberOfUsers)
      }
      question={(count) => <Warning>{count === 0 ? text.allProtected : text.lost(count, users)}</Warning>}
      isTyped
      act={(pool) => wasDeletedBefore(() => deletePool(pool))}
      done={text.done}
      onDismiss={onDismiss}
      onDone={onDeleted}
    >
      {(wasTried) =>
        guarded.length > 0 && (
          <FormField errorText={wasTried && deleted.length === 0 ? text.allProtected : undefined}>
            <Checkbox
              checked={willUnprotect}
              description={text.protectedHint}
              onChange={({ detail }) => setWillUnprotect(detail.checked)}
            >
              {text.unprotect(guarded.map(({ Name = "" }) => Name))}
            </Checkbox>
          </FormField>
        )
      }
    </BulkDialog>
  );
}
