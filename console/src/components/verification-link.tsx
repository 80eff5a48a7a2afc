import { UpdateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { useFlash } from "../app/flashes.tsx";
import { usePool } from "../app/pool.tsx";
import { useText } from "../i18n/text.tsx";
import { defaultLinkTexts, linkFaults, linkUpdate, linkValuesOf } from "../rules/verification-link.ts";
import { ActionDialog } from "./confirm.tsx";
import { KeyValues } from "./key-values.tsx";
import { SettingPanel } from "./setting-panel.tsx";

/** Whether an e-mail of a sign-up has a code or a link, and the message with the link. */
export function VerificationLink() {
  const { pool } = usePool();
  const text = useText().messageTemplates;
  const { title, hint, type, types } = useText().verificationLink;
  const { isLink, subject, email } = linkValuesOf(pool);
  return (
    <SettingPanel
      title={title}
      description={hint}
      dialog={(onDismiss) => <LinkDialog onDismiss={onDismiss} />}
    >
      <KeyValues
        items={[
          { label: type, value: types[isLink ? "link" : "code"].label },
          { label: text.subject, value: isLink ? <span className="as-written">{subject}</span> : "–" },
          { label: text.email, value: isLink ? <span className="as-written">{email}</span> : "–" },
        ]}
      />
    </SettingPanel>
  );
}

function LinkDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool, reload } = usePool();
  const text = useText().messageTemplates;
  const { title, type, types, rule, fault, saved } = useText().verificationLink;
  const common = useText().common;
  const show = useFlash();
  const [values, setValues] = useState(() => linkValuesOf(pool));
  const faults = linkFaults(values);
  return (
    <ActionDialog
      title={common.editWhat(title)}
      size="large"
      confirmLabel={common.saveChanges}
      isDisabled={faults.subject || faults.email}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const update = new UpdateUserPoolCommand(linkUpdate(pool, values));
        await inPool(pool.Id ?? "", (client) => client.send(update));
        show("success", saved);
        reload();
      }}
    >
      <FormField label={type}>
        <RadioGroup
          value={values.isLink ? "link" : "code"}
          items={(["code", "link"] as const).map((value) => ({ value, ...types[value] }))}
          onChange={({ detail }) => setValues({ ...values, isLink: detail.value === "link" })}
        />
      </FormField>
      {values.isLink && (
        <FormField stretch label={text.subject} errorText={faults.subject ? text.subjectRule : undefined}>
          <Input
            value={values.subject}
            onChange={({ detail }) => setValues({ ...values, subject: detail.value })}
          />
        </FormField>
      )}
      {values.isLink && (
        <FormField
          stretch
          label={text.email}
          constraintText={`${rule} ${text.htmlHint}`}
          errorText={faults.email ? fault : undefined}
        >
          <Textarea
            value={values.email}
            rows={5}
            onChange={({ detail }) => setValues({ ...values, email: detail.value })}
          />
        </FormField>
      )}
      {values.isLink && (
        <Button formAction="none" onClick={() => setValues({ ...values, ...defaultLinkTexts })}>
          {text.reset}
        </Button>
      )}
    </ActionDialog>
  );
}
