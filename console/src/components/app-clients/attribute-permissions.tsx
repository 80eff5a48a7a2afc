import type { UserPoolClientType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { paths } from "../../app/paths.ts";
import { useText } from "../../i18n/text.tsx";
import { permissionsOf } from "../../rules/app-clients/attribute-permissions.ts";

/** Which attributes tokens of this client may read and write. */
export function AttributePermissions({
  pool,
  client,
}: {
  readonly pool: UserPoolType;
  readonly client: UserPoolClientType;
}) {
  const text = useText().appClients;
  const common = useText().common;
  const tick = (isAllowed: boolean) => (
    <StatusIndicator type={isAllowed ? "success" : "stopped"}>
      {isAllowed ? common.allowed : common.notAllowed}
    </StatusIndicator>
  );
  return (
    <Table
      items={permissionsOf(pool, client)}
      trackBy="name"
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: text.attributePermissions }}
      header={
        <Header
          description={text.attributePermissionsHint}
          actions={
            <Button href={paths.editAttributePermissions(pool.Id ?? "", client.ClientId ?? "")}>
              {common.edit}
            </Button>
          }
        >
          {text.attributePermissions}
        </Header>
      }
      columnDefinitions={[
        { id: "name", header: text.attribute, isRowHeader: true, cell: ({ name }) => name },
        { id: "read", header: text.read, cell: ({ canRead }) => tick(canRead) },
        { id: "write", header: text.write, cell: ({ canWrite }) => tick(canWrite) },
      ]}
    />
  );
}
