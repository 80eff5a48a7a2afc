import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
} from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { loadPolicies } from "../../api/iam.ts";
import { inIam } from "../../api/iam-client.ts";
import { deleteInlinePolicy, type PolicyHolder } from "../../api/inline-policies.ts";
import { useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { CellText } from "../basics/cell-text.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { Empty } from "../basics/loading.tsx";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import { LoadedTable } from "../lists/loaded-table.tsx";
import { InlinePolicyDialog } from "./inline-policy.tsx";
import { PolicyChoice } from "./policy-choice.tsx";

function attach({ kind, name }: PolicyHolder, PolicyArn: string): Promise<unknown> {
  return inIam(async (client) => {
    if (kind === "user") await client.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }));
    else await client.send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }));
  });
}

function detach({ kind, name }: PolicyHolder, PolicyArn: string): Promise<unknown> {
  return inIam(async (client) => {
    if (kind === "user") await client.send(new DetachUserPolicyCommand({ UserName: name, PolicyArn }));
    else await client.send(new DetachRolePolicyCommand({ RoleName: name, PolicyArn }));
  });
}

/** Attaches each of `policyArns`. */
export async function attachAll(holder: PolicyHolder, policyArns: readonly string[]): Promise<void> {
  for (const policyArn of policyArns) await attach(holder, policyArn);
}

interface Row {
  readonly name: string;
  /** Absent for an inline policy. */
  readonly arn?: string;
}

export function AttachedPolicies({ holder }: { readonly holder: PolicyHolder }) {
  const text = useText().iam;
  const common = useText().common;
  const show = useFlash();
  const policyText = useText().policies;
  const [open, setOpen] = useState<"attach" | Row>();
  const [edited, setEdited] = useState<{ readonly name: string | undefined }>();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const loaded = useLoad(["policiesOn", holder.kind, holder.name], () => loadPolicies(holder));
  const onChanged = loaded.reload;
  const { attached = [], inline = [] } = loaded.value ?? {};
  const rows: Row[] = [
    ...attached.map(({ PolicyName = "", PolicyArn = "" }) => ({ name: PolicyName, arn: PolicyArn })),
    ...inline.map((name) => ({ name })),
  ];
  return (
    <>
      <LoadedTable
        loaded={loaded}
        items={rows}
        enableKeyboardNavigation
        loading={loaded.isLoading && loaded.value === undefined}
        ariaLabels={{ tableLabel: text.policies }}
        header={
          <Header
            {...(loaded.value && { counter: `(${rows.length})` })}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={() => setEdited({ name: undefined })}>{policyText.create}</Button>
                <Button
                  onClick={() => {
                    setChosen([]);
                    setOpen("attach");
                  }}
                >
                  {text.attachPolicies}
                </Button>
              </SpaceBetween>
            }
          >
            {text.policies}
          </Header>
        }
        columnDefinitions={[
          {
            id: "name",
            header: text.policyName,
            isRowHeader: true,
            cell: ({ name }) => <CellText>{name}</CellText>,
          },
          {
            id: "arn",
            header: text.arn,
            cell: ({ arn }) => arn ?? text.inlinePolicy,
          },
          {
            id: "detach",
            header: common.actions,
            cell: (row) =>
              row.arn === undefined ? (
                <SpaceBetween direction="horizontal" size="s">
                  <Button
                    variant="inline-link"
                    ariaLabel={policyText.editWhat(row.name)}
                    onClick={() => setEdited(row)}
                  >
                    {common.edit}
                  </Button>
                  <Button
                    variant="inline-link"
                    ariaLabel={policyText.deleteWhat(row.name)}
                    onClick={() => setOpen(row)}
                  >
                    {common.delete}
                  </Button>
                </SpaceBetween>
              ) : (
                <Button variant="inline-link" onClick={() => setOpen(row)}>
                  {text.detach}
                </Button>
              ),
          },
        ]}
        none={<Empty title={text.noPolicies}>{text.noPoliciesHint}</Empty>}
      />
      {open === "attach" && (
        <ActionDialog
          title={text.attachPolicies}
          confirmLabel={text.attach}
          values={{ chosen }}
          isValid={chosen.length > 0}
          onDismiss={() => setOpen(undefined)}
          onConfirm={async () => {
            await attachAll(holder, chosen);
            show("success", text.attached(holder.name, chosen.length));
            onChanged();
          }}
        >
          {(wasTried) => (
            <PolicyChoice
              chosen={chosen}
              errorText={wasTried && chosen.length === 0 ? text.choosePolicies : undefined}
              onChange={setChosen}
              except={attached.map(({ PolicyArn = "" }) => PolicyArn)}
            />
          )}
        </ActionDialog>
      )}
      {edited && (
        <InlinePolicyDialog
          holder={holder}
          name={edited.name}
          onDismiss={() => setEdited(undefined)}
          onSaved={onChanged}
        />
      )}
      {open !== undefined && open !== "attach" && open.arn === undefined && (
        <DeleteDialog
          title={policyText.delete}
          question={policyText.deleteQuestion(holder.name, open.name)}
          deleted={policyText.deleted(open.name)}
          onDelete={() => deleteInlinePolicy(holder, open.name)}
          onDismiss={() => setOpen(undefined)}
          onDeleted={onChanged}
        />
      )}
      {open !== undefined && open !== "attach" && open.arn !== undefined && (
        <ActionDialog
          title={text.detachPolicy}
          confirmLabel={text.detach}
          onDismiss={() => setOpen(undefined)}
          onConfirm={async () => {
            await detach(holder, open.arn ?? "");
            show("success", text.detached(holder.name, open.name));
            onChanged();
          }}
        >
          {text.detachQuestion(holder.name, open.name)}
        </ActionDialog>
      )}
    </>
  );
}
