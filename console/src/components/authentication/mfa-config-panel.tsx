import {
  GetUserPoolMfaConfigCommand,
  type GetUserPoolMfaConfigCommandOutput,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
import type { ReactNode } from "react";
import { inPool } from "../../api/aws.ts";
import { useMfaConfig } from "../../api/described.ts";
import { describePool } from "../../api/pools.ts";
import { together } from "../../api/together.ts";
import { usePool } from "../../app/pool.tsx";
import { KeyValues } from "../basics/key-values.tsx";
import { Loading } from "../basics/loading.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";

export interface MfaConfigDialogProps {
  readonly config: GetUserPoolMfaConfigCommandOutput;
  readonly onDismiss: () => void;
  /** Saves the settings that follow from those that the pool has when they are saved. */
  readonly onSave: (
    requestOf: (
      current: GetUserPoolMfaConfigCommandOutput,
      currentPool: UserPoolType,
    ) => SetUserPoolMfaConfigCommandInput,
  ) => Promise<void>;
}

interface Props {
  readonly title: string;
  readonly description: string;
  readonly items: (config: GetUserPoolMfaConfigCommandOutput) => KeyValuePairsProps["items"];
  readonly dialog: (props: MfaConfigDialogProps) => ReactNode;
}

/** A group of settings that GetUserPoolMfaConfig has: those of second factors, and those of passkeys. */
export function MfaConfigPanel({ title, description, items, dialog }: Props) {
  const { pool, reload } = usePool();
  const poolId = pool.Id ?? "";
  const loaded = useMfaConfig(poolId);
  const onSave: MfaConfigDialogProps["onSave"] = async (requestOf) => {
    await inPool(poolId, async (client) => {
      const [current, currentPool] = await together([
        client.send(new GetUserPoolMfaConfigCommand({ UserPoolId: poolId })),
        describePool(poolId),
      ]);
      await client.send(new SetUserPoolMfaConfigCommand(requestOf(current, currentPool)));
    });
    loaded.reload();
    reload();
  };
  const config = loaded.value;
  return (
    <SettingPanel
      title={title}
      description={description}
      dialog={config && ((onDismiss) => dialog({ config, onDismiss, onSave }))}
    >
      <Loading loaded={loaded}>{(value) => <KeyValues columns={2} items={items(value)} />}</Loading>
    </SettingPanel>
  );
}
