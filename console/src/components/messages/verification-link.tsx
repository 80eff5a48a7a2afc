import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { usePool } from "../../app/pool.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  defaultLinkTexts,
  linkChanges,
  linkFaults,
  linkValuesOf,
} from "../../rules/messages/verification-link.ts";
import { KeyValues } from "../basics/key-values.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { WrittenText } from "../basics/written-text.tsx";
import { UpdatePoolDialog } from "../pools/pool-choices.tsx";
import { EmailFields } from "./message-fields.tsx";

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
          // The message with a code is the verification message.
          ...(isLink
            ? [
                { label: text.subject, value: <WrittenText>{subject}</WrittenText> },
                { label: text.email, value: <WrittenText>{email}</WrittenText> },
              ]
            : []),
        ]}
      />
    </SettingPanel>
  );
}

function LinkDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool } = usePool();
  const text = useText().messageTemplates;
  const { title, type, types, rule, fault, saved } = useText().verificationLink;
  const common = useText().common;
  const { values, change, mergedWith } = useFormValues(
    () => linkValuesOf(pool),
    { isLink: types.link.label, subject: text.subject, email: text.email },
    { kinds: [{ field: "isLink", off: false, parts: ["subject", "email"] }] },
  );
  const faults = linkFaults(values);
  return (
    <UpdatePoolDialog
      title={common.editWhat(title)}
      saved={saved}
      values={values}
      changes={(current) => linkChanges(current, mergedWith(linkValuesOf(current)))}
      isValid={!faults.subject && !faults.email}
      size="large"
      onDismiss={onDismiss}
    >
      <FormField label={type}>
        <RadioGroup
          value={values.isLink ? "link" : "code"}
          items={(["code", "link"] as const).map((value) => ({ value, ...types[value] }))}
          onChange={({ detail }) => change({ isLink: detail.value === "link" })}
        />
      </FormField>
      {values.isLink && (
        <EmailFields texts={values} faults={faults} rule={rule} fault={fault} onChange={change} />
      )}
      {values.isLink && (
        <Button formAction="none" onClick={() => change(defaultLinkTexts)}>
          {text.reset}
        </Button>
      )}
    </UpdatePoolDialog>
  );
}
