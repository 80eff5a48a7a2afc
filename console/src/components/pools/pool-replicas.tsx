import {
  CreateUserPoolReplicaCommand,
  DeleteUserPoolReplicaCommand,
  ListUserPoolReplicasCommand,
  UpdateUserPoolReplicaCommand,
  type UserPoolReplicaType,
} from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { inPool, regionOf } from "../../api/aws.ts";
import { useAction, useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { regions } from "../../app/regions.ts";
import { useText } from "../../i18n/text.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { ProblemAlert } from "../basics/problem.tsx";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import { LoadedTable } from "../lists/loaded-table.tsx";

/** The regions that answer for the pool. */
export function PoolReplicas({ poolId }: { readonly poolId: string }) {
  const text = useText().poolFeatures.replicas;
  const common = useText().common;
  const show = useFlash();
  const [isCreating, setCreating] = useState(false);
  const [deleted, setDeleted] = useState<string>();
  const action = useAction();
  const loaded = useLoad(["replicas", poolId], async () => {
    const answer = await inPool(poolId, (client) =>
      client.send(new ListUserPoolReplicasCommand({ UserPoolId: poolId })),
    );
    return answer.UserPoolReplicas ?? [];
  });
  const setStatus = (RegionName: string, Status: "ACTIVE" | "INACTIVE") =>
    action.run(async () => {
      await inPool(poolId, (client) =>
        client.send(new UpdateUserPoolReplicaCommand({ UserPoolId: poolId, RegionName, Status })),
      );
      show("success", text.changed(RegionName));
      loaded.reload();
    });
  const actions = ({ RegionName = "", Role, Status }: UserPoolReplicaType) =>
    Role === "PRIMARY" ? (
      "–"
    ) : (
      <SpaceBetween direction="horizontal" size="s">
        {Status === "ACTIVE" ? (
          <Button
            variant="inline-link"
            ariaLabel={text.deactivateWhat(RegionName)}
            onClick={() => void setStatus(RegionName, "INACTIVE")}
          >
            {text.deactivate}
          </Button>
        ) : (
          <Button
            variant="inline-link"
            ariaLabel={text.activateWhat(RegionName)}
            onClick={() => void setStatus(RegionName, "ACTIVE")}
          >
            {text.activate}
          </Button>
        )}
        <Button
          variant="inline-link"
          ariaLabel={text.deleteWhat(RegionName)}
          onClick={() => setDeleted(RegionName)}
        >
          {common.delete}
        </Button>
      </SpaceBetween>
    );
  return (
    <SpaceBetween size="s">
      <LoadedTable
        loaded={loaded}
        items={loaded.value ?? []}
        trackBy={({ RegionName = "" }) => RegionName}
        enableKeyboardNavigation
        loading={loaded.isLoading && loaded.value === undefined}
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header
            description={text.description}
            actions={<Button onClick={() => setCreating(true)}>{text.create}</Button>}
          >
            {text.title}
          </Header>
        }
        columnDefinitions={[
          { id: "region", header: text.region, isRowHeader: true, cell: ({ RegionName }) => RegionName },
          { id: "role", header: text.role, cell: ({ Role = "SECONDARY" }) => text.roles[Role] },
          {
            id: "status",
            header: text.status,
            cell: ({ Status = "INACTIVE" }) => (
              <StatusIndicator type={Status === "ACTIVE" ? "success" : "stopped"}>
                {text.statuses[Status]}
              </StatusIndicator>
            ),
          },
          {
            id: "arn",
            header: text.arn,
            cell: ({ UserPoolArn }) => <span className="wrap-anywhere">{UserPoolArn}</span>,
          },
          { id: "actions", header: common.actions, cell: actions },
        ]}
        none={null}
      />
      <ProblemAlert error={action.error} />
      {isCreating && (
        <CreateDialog poolId={poolId} onDismiss={() => setCreating(false)} onCreated={loaded.reload} />
      )}
      {deleted !== undefined && (
        <DeleteDialog
          title={text.deleteWhat(deleted)}
          question={text.deleteQuestion}
          deleted={text.deleted(deleted)}
          typed={deleted}
          onDelete={() =>
            inPool(poolId, (client) =>
              client.send(new DeleteUserPoolReplicaCommand({ UserPoolId: poolId, RegionName: deleted })),
            )
          }
          onDismiss={() => setDeleted(undefined)}
          onDeleted={loaded.reload}
        />
      )}
    </SpaceBetween>
  );
}

interface DialogProps {
  readonly poolId: string;
  readonly onDismiss: () => void;
  readonly onCreated: () => void;
}

function CreateDialog({ poolId, onDismiss, onCreated }: DialogProps) {
  const text = useText().poolFeatures.replicas;
  const show = useFlash();
  const own = regionOf(poolId);
  const others = regions(own).filter((region) => region !== own);
  const [region, setRegion] = useState(others[0] ?? "");
  return (
    <ActionDialog
      title={text.create}
      confirmLabel={text.create}
      isValid
      values={{ region }}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inPool(poolId, (client) =>
          client.send(new CreateUserPoolReplicaCommand({ UserPoolId: poolId, RegionName: region })),
        );
        show("success", text.created(region));
        onCreated();
      }}
    >
      <FormField label={text.region} description={text.description}>
        <Select
          selectedOption={{ value: region }}
          options={others.map((value) => ({ value }))}
          onChange={({ detail }) => setRegion(detail.selectedOption.value ?? "")}
        />
      </FormField>
    </ActionDialog>
  );
}
