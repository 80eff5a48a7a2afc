import { GetRoleCommand, type Role, UpdateAssumeRolePolicyCommand } from "@aws-sdk/client-iam";
import { inIam } from "../../api/iam-client.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { policyFinding, readablePolicy } from "../../rules/iam/policy-document.ts";
import { Code } from "../basics/code.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { PolicyEditor } from "./policy-editor.tsx";

interface Props {
  readonly role: Role;
  readonly onChanged: () => void;
}

/** The trust policy of a role. */
export function TrustPolicy({ role, onChanged }: Props) {
  const text = useText().iam;
  const document = readablePolicy(role.AssumeRolePolicyDocument);
  return (
    <SettingPanel
      title={text.trustPolicy}
      description={text.trustPolicyHint}
      dialog={(onDismiss) => (
        <TrustPolicyDialog
          roleName={role.RoleName ?? ""}
          document={document}
          onDismiss={onDismiss}
          onSaved={onChanged}
        />
      )}
    >
      <Code label={text.trustPolicy}>{document}</Code>
    </SettingPanel>
  );
}

interface DialogProps {
  readonly roleName: string;
  readonly document: string;
  readonly onDismiss: () => void;
  readonly onSaved: () => void;
}

function TrustPolicyDialog({ roleName, document, onDismiss, onSaved }: DialogProps) {
  const text = useText().iam;
  const common = useText().common;
  const policies = useText().policies;
  const show = useFlash();
  const { values, setValues, mergedWith } = useFormValues(() => ({ json: document }), {
    json: text.trustPolicy,
  });
  const { json } = values;
  return (
    <ActionDialog
      title={policies.editTrust}
      size="large"
      confirmLabel={common.saveChanges}
      values={values}
      isValid={policyFinding(json, "trust") === undefined}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inIam(async (client) => {
          const { Role } = await client.send(new GetRoleCommand({ RoleName: roleName }));
          const merged = mergedWith({ json: readablePolicy(Role?.AssumeRolePolicyDocument) });
          const command = { RoleName: roleName, PolicyDocument: merged.json };
          await client.send(new UpdateAssumeRolePolicyCommand(command));
        });
        show("success", policies.trustSaved(roleName));
        onSaved();
      }}
    >
      <PolicyEditor
        label={text.trustPolicy}
        description={text.trustPolicyHint}
        kind="trust"
        value={json}
        onChange={(changed) => setValues({ json: changed })}
      />
    </ActionDialog>
  );
}
