import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import {
  findInlinePolicy,
  getInlinePolicy,
  type PolicyHolder,
  putInlinePolicy,
} from "../../api/inline-policies.ts";
import { useLoad } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { examplePolicy, policyFinding } from "../../rules/iam/policy-document.ts";
import { isPolicyName } from "../../rules/names.ts";
import { CloseDialog } from "../basics/close-dialog.tsx";
import { ActionDialog } from "../basics/confirm.tsx";
import { Loading } from "../basics/loading.tsx";
import { useMerge } from "../basics/use-form-values.ts";
import { PolicyEditor } from "./policy-editor.tsx";

interface Props {
  readonly holder: PolicyHolder;
  /** Undefined for a new one. */
  readonly name: string | undefined;
  readonly onDismiss: () => void;
  readonly onSaved: () => void;
}

/** Writes a policy into a user or role. */
export function InlinePolicyDialog({ holder, name, onDismiss, onSaved }: Props) {
  const loaded = useLoad(
    ["inlinePolicy", holder.kind, holder.name, name],
    name === undefined ? undefined : () => getInlinePolicy(holder, name),
  );
  const text = useText().policies;
  if (name !== undefined && loaded.value === undefined)
    return (
      <CloseDialog title={text.edit} size="large" onDismiss={onDismiss}>
        <Loading loaded={loaded}>{() => null}</Loading>
      </CloseDialog>
    );
  return (
    <Form
      holder={holder}
      name={name}
      document={loaded.value ?? examplePolicy}
      onDismiss={onDismiss}
      onSaved={onSaved}
    />
  );
}

function Form({ holder, name, document, onDismiss, onSaved }: Props & { readonly document: string }) {
  const text = useText().policies;
  const iam = useText().iam;
  const common = useText().common;
  const show = useFlash();
  const [policyName, setPolicyName] = useState(name ?? "");
  const [json, setJson] = useState(document);
  const merge = useMerge(
    { json: name === undefined ? "" : document },
    { json: text.document },
    (withSaved) => setJson((current) => withSaved({ json: current }).json),
    name === undefined ? { question: text.exists } : {},
  );
  const isNameValid = isPolicyName(policyName);
  return (
    <ActionDialog
      title={name === undefined ? text.create : text.edit}
      size="large"
      confirmLabel={name === undefined ? text.create : common.saveChanges}
      values={{ policyName, json }}
      isValid={isNameValid && policyFinding(json, "identity") === undefined}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const saved =
          name === undefined
            ? ((await findInlinePolicy(holder, policyName)) ?? "")
            : await getInlinePolicy(holder, name);
        await putInlinePolicy(holder, policyName, merge({ json }, { json: saved }).json);
        show("success", text.saved(policyName));
        onSaved();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <FormField
            label={iam.policyName}
            constraintText={text.nameRule}
            errorText={!isNameValid && (wasTried || policyName !== "") ? iam.nameFault : undefined}
          >
            <Input
              value={policyName}
              disabled={name !== undefined}
              autoComplete={false}
              onChange={({ detail }) => setPolicyName(detail.value)}
            />
          </FormField>
          <PolicyEditor
            label={text.document}
            description={text.documentHint}
            kind="identity"
            value={json}
            onChange={setJson}
          />
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}
