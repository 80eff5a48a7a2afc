import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { updateAppClient } from "../../api/app-clients.ts";
import { useAppClient } from "../../api/described.ts";
import { describePool } from "../../api/pools.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { FormPage } from "../../components/basics/form-page.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  type AttributePermission,
  permissionChanges,
  permissionsOf,
} from "../../rules/app-clients/attribute-permissions.ts";

interface Props {
  readonly poolId: string;
  readonly clientId: string;
}

export default function EditAttributePermissions({ poolId, clientId }: Props) {
  const text = useText().appClients;
  return (
    <Loading loaded={useAppClient(poolId, clientId)} title={text.editPermissions}>
      {(client) => <PermissionsForm poolId={poolId} client={client} />}
    </Loading>
  );
}

function PermissionsForm({
  poolId,
  client,
}: {
  readonly poolId: string;
  readonly client: UserPoolClientType;
}) {
  const { pool } = usePool();
  const text = useText().appClients;
  const common = useText().common;
  const show = useFlash();
  const [before] = useState(() => permissionsOf(pool, client));
  const [permissions, setPermissions] = useState(before);
  const clientId = client.ClientId ?? "";
  const change = (name: string, changes: Partial<AttributePermission>) =>
    setPermissions((current) =>
      current.map((permission) => (permission.name === name ? { ...permission, ...changes } : permission)),
    );

  return (
    <FormPage
      title={text.editPermissions}
      description={client.ClientName}
      submitLabel={common.saveChanges}
      cancelHref={paths.appClient(poolId, clientId, "attributes")}
      values={permissions}
      isValid
      onSubmit={async () => {
        // Somebody else may have added attributes.
        const currentPool = await describePool(poolId);
        await updateAppClient(client, (current) =>
          permissionChanges(permissions, before, permissionsOf(currentPool, current)),
        );
        show("success", text.saved(client.ClientName ?? ""));
        return paths.appClient(poolId, clientId, "attributes");
      }}
    >
      {() => (
        <Table
          items={permissions}
          trackBy="name"
          ariaLabels={{ tableLabel: text.attributePermissions }}
          columnDefinitions={[
            { id: "name", header: text.attribute, isRowHeader: true, cell: ({ name }) => name },
            {
              id: "read",
              header: text.read,
              cell: ({ name, canRead }) => (
                <Checkbox
                  checked={canRead}
                  ariaLabel={text.readWhat(name)}
                  onChange={({ detail }) => change(name, { canRead: detail.checked })}
                />
              ),
            },
            {
              id: "write",
              header: text.write,
              cell: ({ name, canWrite, isNeverWritten, isRequired }) => (
                <Checkbox
                  checked={canWrite}
                  disabled={isNeverWritten || (isRequired && canWrite)}
                  ariaLabel={text.writeWhat(name)}
                  onChange={({ detail }) => change(name, { canWrite: detail.checked })}
                />
              ),
            },
          ]}
        />
      )}
    </FormPage>
  );
}
