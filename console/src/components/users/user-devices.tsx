import {
  AdminForgetDeviceCommand,
  AdminListDevicesCommand,
  AdminUpdateDeviceStatusCommand,
  type DeviceType,
} from "@aws-sdk/client-cognito-identity-provider";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { usePages } from "../../api/pages.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { CellText } from "../basics/cell-text.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { Empty } from "../basics/loading.tsx";
import { Time } from "../basics/time.tsx";
import { PagedTable } from "../lists/paged-table.tsx";

interface Props {
  readonly poolId: string;
  readonly username: string;
}

/** The devices that a user signs in with, in a pool that remembers them. */
export function UserDevices({ poolId, username }: Props) {
  const text = useText().devices;
  const common = useText().common;
  const show = useFlash();
  const [forgotten, setForgotten] = useState<DeviceType>();
  const [switched, setSwitched] = useState<DeviceType>();
  const list = usePages(
    ["devices", poolId, username],
    async (limit, token) => {
      const answer = await inPool(poolId, (client) =>
        client.send(
          new AdminListDevicesCommand({
            UserPoolId: poolId,
            Username: username,
            Limit: limit,
            PaginationToken: token,
          }),
        ),
      );
      return { items: answer.Devices ?? [], next: answer.PaginationToken };
    },
    10,
  );
  const attribute = (device: DeviceType, name: string) =>
    device.DeviceAttributes?.find(({ Name }) => Name === name)?.Value ?? "–";
  const isRemembered = (device: DeviceType | undefined) =>
    device !== undefined && attribute(device, "dev:device_remembered_status") === "remembered";
  const switchLabel = (device: DeviceType | undefined) =>
    isRemembered(device) ? text.stopRemembering : text.remember;
  return (
    <>
      <PagedTable
        variant="container"
        list={list}
        label={text.title}
        keyOf={({ DeviceKey = "" }) => DeviceKey}
        nameOf={(device) => attribute(device, "device_name")}
        header={<Header description={text.description}>{text.title}</Header>}
        columns={[
          {
            id: "name",
            header: text.name,
            isRowHeader: true,
            cell: (device) => (
              <CellText>
                {attribute(device, "device_name")}
                <Box color="text-body-secondary" fontSize="body-s">
                  {device.DeviceKey}
                </Box>
              </CellText>
            ),
          },
          { id: "ip", header: text.ip, cell: (device) => attribute(device, "last_ip_used") },
          {
            id: "used",
            header: text.lastUsed,
            cell: ({ DeviceLastAuthenticatedDate }) => <Time at={DeviceLastAuthenticatedDate} />,
          },
          {
            id: "remembered",
            header: text.remembered,
            cell: (device) => (isRemembered(device) ? common.yes : common.no),
          },
          {
            id: "actions",
            header: common.actions,
            minWidth: 170,
            cell: (device) => (
              <SpaceBetween size="xxs">
                <Button
                  variant="inline-link"
                  ariaLabel={`${switchLabel(device)}: ${device.DeviceKey}`}
                  onClick={() => setSwitched(device)}
                >
                  {switchLabel(device)}
                </Button>
                <Button
                  variant="inline-link"
                  ariaLabel={`${text.forget}: ${device.DeviceKey}`}
                  onClick={() => setForgotten(device)}
                >
                  {text.forget}
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
        empty={<Empty title={text.none} />}
      />
      {switched && (
        <ActionDialog
          title={switchLabel(switched)}
          confirmLabel={switchLabel(switched)}
          onDismiss={() => setSwitched(undefined)}
          onConfirm={async () => {
            const status = isRemembered(switched) ? "not_remembered" : "remembered";
            await inPool(poolId, (client) =>
              client.send(
                new AdminUpdateDeviceStatusCommand({
                  UserPoolId: poolId,
                  Username: username,
                  DeviceKey: switched.DeviceKey,
                  DeviceRememberedStatus: status,
                }),
              ),
            );
            show("success", text.switched);
            list.reload();
          }}
        >
          {isRemembered(switched) ? text.stopRememberingQuestion : text.rememberQuestion}
        </ActionDialog>
      )}
      {forgotten && (
        <ActionDialog
          title={text.forget}
          confirmLabel={text.forget}
          onDismiss={() => setForgotten(undefined)}
          onConfirm={async () => {
            await inPool(poolId, (client) =>
              client.send(
                new AdminForgetDeviceCommand({
                  UserPoolId: poolId,
                  Username: username,
                  DeviceKey: forgotten.DeviceKey,
                }),
              ),
            );
            show("success", text.forgotten);
            list.reload();
          }}
        >
          {text.forgetQuestion}
        </ActionDialog>
      )}
    </>
  );
}
