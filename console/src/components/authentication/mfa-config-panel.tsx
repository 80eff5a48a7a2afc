import {
  type GetUserPoolMfaConfigCommandOutput,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import type { KeyValuePairsProps } from "@cloudscape-design/components/key-value-pairs";
import type { ReactNode } from "react";
import { inPool } from "../../api/aws.ts";
import { useMfaConfig } from "../../api/described.ts";
import { usePool } from "../../app/pool.tsx";
import { KeyValues } from "../basics/key-values.tsx";
import { Loading } from "../basics/loading.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";

export interface MfaConfigDialogProps {
  readonly config: GetUserPoolMfaConfigCommandOutput;
  readonly onDismiss: () => void;
  readonly onSave: (request: SetUserPoolMfaConfigCommandInput) => Promise<void>;
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
  const onSave = async (request: SetUserPoolMfaConfigCommandInput) => {
    await inPool(poolId, (client) => client.send(new SetUserPoolMfaConfigCommand(request)));
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
