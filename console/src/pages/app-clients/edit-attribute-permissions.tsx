import type { UserPoolClientType } from "@aws-sdk/client-cognito-identity-provider";
import Checkbox from "@cloudscape-design/components/checkbox";
import Table from "@cloudscape-design/components/table";
import { updateAppClient } from "../../api/app-clients.ts";
import { useAppClient } from "../../api/described.ts";
import { describePool } from "../../api/pools.ts";
import { useFlash } from "../../app/flashes.tsx";
import { paths } from "../../app/paths.ts";
import { usePool } from "../../app/pool.tsx";
import { FormPage } from "../../components/basics/form-page.tsx";
import { Loading } from "../../components/basics/loading.tsx";
import { useFormValues } from "../../components/basics/use-form-values.ts";
import { useText } from "../../i18n/text.tsx";
import {
  type AttributePermission,
  permissionChanges,
  permissionsByName,
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
  const {
    values: permissions,
    change: changeAll,
    mergedWith,
  } = useFormValues(
    () => permissionsByName(pool, client),
    ([name = "", part]) => (part === "canRead" ? text.readWhat(name) : text.writeWhat(name)),
  );
  const clientId = client.ClientId ?? "";
  const change = (permission: AttributePermission) => changeAll({ [permission.name]: permission });

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
          permissionChanges(mergedWith(permissionsByName(currentPool, current))),
        );
        show("success", text.saved(client.ClientName ?? ""));
        return paths.appClient(poolId, clientId, "attributes");
      }}
    >
      {() => (
        <Table
          items={Object.values(permissions)}
          trackBy="name"
          ariaLabels={{ tableLabel: text.attributePermissions }}
          columnDefinitions={[
            { id: "name", header: text.attribute, isRowHeader: true, cell: ({ name }) => name },
            {
              id: "read",
              header: text.read,
              cell: (permission) => (
                <Checkbox
                  checked={permission.canRead}
                  ariaLabel={text.readWhat(permission.name)}
                  onChange={({ detail }) => change({ ...permission, canRead: detail.checked })}
                />
              ),
            },
            {
              id: "write",
              header: text.write,
              cell: (permission) => (
                <Checkbox
                  checked={permission.canWrite}
                  disabled={permission.isNeverWritten || (permission.isRequired && permission.canWrite)}
                  ariaLabel={text.writeWhat(permission.name)}
                  onChange={({ detail }) => change({ ...permission, canWrite: detail.checked })}
                />
              ),
            },
          ]}
        />
      )}
    </FormPage>
  );
}
