import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { useText } from "../../i18n/text.tsx";
import {
  type EmailValues,
  isEmailValid,
  isSenderArn,
  type NotificationEmail,
  notificationEmails,
  notificationPart,
  notificationValuesOf,
} from "../../rules/security/risk-configuration.ts";
import { KeyValues } from "../basics/key-values.tsx";
import { SettingPanel } from "../basics/setting-panel.tsx";
import { useFormValues } from "../basics/use-form-values.ts";
import { RiskDialog, type RiskScope } from "./risk-dialog.tsx";

/** The e-mails that notify users of risky sign-ins. */
export function RiskNotifications({ scope }: { readonly scope: RiskScope }) {
  const text = useText().threatProtection;
  const { sourceArn, from, replyTo, emails } = notificationValuesOf(scope.current);
  return (
    <SettingPanel
      title={text.notifications}
      description={text.notificationsDescription}
      dialog={(onDismiss) => <NotificationDialog scope={scope} onDismiss={onDismiss} />}
    >
      <KeyValues
        columns={3}
        items={[
          { label: text.sender, value: <span className="wrap-anywhere">{sourceArn || text.none}</span> },
          { label: text.from, value: from || "–" },
          { label: text.replyTo, value: replyTo || "–" },
          ...notificationEmails.map((name) => ({
            label: text.emails[name],
            value: emails[name].subject === "" ? text.isDefault : text.isCustom,
          })),
        ]}
      />
    </SettingPanel>
  );
}

function NotificationDialog({
  scope,
  onDismiss,
}: {
  readonly scope: RiskScope;
  readonly onDismiss: () => void;
}) {
  const text = useText().threatProtection;
  const { values, change, mergedWith } = useFormValues(
    () => notificationValuesOf(scope.current),
    ([field, email, part]) => {
      const name = notificationEmails.find((one) => one === email);
      if (name === undefined)
        return { sourceArn: text.sender, from: text.from, replyTo: text.replyTo }[field ?? ""] ?? "";
      const parts = { subject: text.subject, html: text.html, text: text.text };
      return `${text.emails[name]} › ${parts[part as keyof EmailValues]}`;
    },
    { kinds: [{ field: "sourceArn", off: "", parts: ["from", "replyTo", "emails"] }] },
  );
  const { sourceArn, from, replyTo, emails } = values;
  const isOn = sourceArn !== "";
  const isSenderValid = !isOn || isSenderArn(sourceArn);
  const setEmail = (name: NotificationEmail, email: EmailValues) =>
    change({ emails: { ...emails, [name]: email } });
  return (
    <RiskDialog
      scope={scope}
      title={text.notifications}
      values={values}
      changes={(current) => notificationPart(current, mergedWith(notificationValuesOf(current)))}
      isValid={isSenderValid && (!isOn || Object.values(emails).every(isEmailValid))}
      onDismiss={onDismiss}
    >
      <FormField
        label={text.sender}
        description={text.senderHint}
        errorText={isSenderValid ? undefined : text.senderFault}
      >
        <Input
          value={sourceArn}
          autoComplete={false}
          onChange={({ detail }) => change({ sourceArn: detail.value.trim() })}
        />
      </FormField>
      {isOn && (
        <SpaceBetween size="m">
          <FormField label={text.from}>
            <Input value={from} onChange={({ detail }) => change({ from: detail.value })} />
          </FormField>
          <FormField label={text.replyTo}>
            <Input value={replyTo} onChange={({ detail }) => change({ replyTo: detail.value })} />
          </FormField>
          {notificationEmails.map((name) => (
            <EmailSection
              key={name}
              title={text.emails[name]}
              email={emails[name]}
              onChange={(email) => setEmail(name, email)}
            />
          ))}
        </SpaceBetween>
      )}
    </RiskDialog>
  );
}

/** An e-mail in a section that stays open while it has an error. */
function EmailSection({ title, ...props }: EmailProps & { readonly title: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <ExpandableSection
      headerText={title}
      expanded={isOpen || !isEmailValid(props.email)}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      <EmailFields {...props} />
    </ExpandableSection>
  );
}

interface EmailProps {
  readonly email: EmailValues;
  readonly onChange: (email: EmailValues) => void;
}

function EmailFields({ email, onChange }: EmailProps) {
  const text = useText().threatProtection;
  return (
    <SpaceBetween size="s">
      <FormField
        label={text.subject}
        description={text.subjectHint}
        errorText={isEmailValid(email) ? undefined : text.emailFault}
      >
        <Input
          value={email.subject}
          onChange={({ detail }) => onChange({ ...email, subject: detail.value })}
        />
      </FormField>
      <FormField label={text.html} description={text.placeholders}>
        <Textarea value={email.html} onChange={({ detail }) => onChange({ ...email, html: detail.value })} />
      </FormField>
      <FormField label={text.text}>
        <Textarea value={email.text} onChange={({ detail }) => onChange({ ...email, text: detail.value })} />
      </FormField>
    </SpaceBetween>
  );
}
