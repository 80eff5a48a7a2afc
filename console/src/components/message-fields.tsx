import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useText } from "../i18n/text.tsx";
import type { MessageTexts } from "../rules/messages.ts";

type EmailTexts = Pick<MessageTexts, "subject" | "email">;

interface EmailProps {
  readonly texts: EmailTexts;
  readonly faults: Readonly<Record<keyof EmailTexts, boolean>>;
  /** The placeholders of the message. */
  readonly rule: string;
  /** The error of a message that breaks it. */
  readonly fault: string;
  readonly onChange: (changes: Partial<EmailTexts>) => void;
}

/** The subject and the text of an e-mail to users. */
export function EmailFields({ texts, faults, rule, fault, onChange }: EmailProps) {
  const text = useText().messageTemplates;
  return (
    <SpaceBetween size="m">
      <FormField stretch label={text.subject} errorText={faults.subject ? text.subjectRule : undefined}>
        <Input value={texts.subject} onChange={({ detail }) => onChange({ subject: detail.value })} />
      </FormField>
      <FormField
        stretch
        label={text.email}
        constraintText={`${rule} ${text.htmlHint}`}
        errorText={faults.email ? fault : undefined}
      >
        <Textarea value={texts.email} rows={5} onChange={({ detail }) => onChange({ email: detail.value })} />
      </FormField>
    </SpaceBetween>
  );
}

interface SmsProps {
  readonly sms: string;
  readonly isWrong: boolean;
  readonly rule: string;
  readonly fault: string;
  readonly onChange: (sms: string) => void;
}

/** The text of an SMS message to users. */
export function SmsField({ sms, isWrong, rule, fault, onChange }: SmsProps) {
  const text = useText().messageTemplates;
  return (
    <FormField stretch label={text.sms} constraintText={rule} errorText={isWrong ? fault : undefined}>
      <Textarea value={sms} rows={2} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
