import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useText } from "../../i18n/text.tsx";
import type { MessageKind, MessageTexts } from "../../rules/messages/messages.ts";
import { MessagePreview } from "./message-preview.tsx";

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

interface MessageProps {
  /** Names the rule of the placeholders, and the errors. */
  readonly kind: MessageKind;
  readonly message: MessageTexts;
  readonly faults: Readonly<Record<keyof MessageTexts, boolean>>;
  readonly defaults: MessageTexts;
  /** Whether the message is also sent as an e-mail. */
  readonly hasEmail?: boolean;
  readonly onChange: (message: MessageTexts) => void;
}

/** The texts of a message with a button that resets them, and its preview. */
export function MessageFields({ kind, message, faults, defaults, hasEmail = true, onChange }: MessageProps) {
  const text = useText().messageTemplates;
  const { rule, emailFault, smsFault } = text.kinds[kind];
  const change = (changes: Partial<MessageTexts>) => onChange({ ...message, ...changes });
  return (
    <SpaceBetween size="m">
      {hasEmail && (
        <EmailFields texts={message} faults={faults} rule={rule} fault={emailFault} onChange={change} />
      )}
      <SmsField
        sms={message.sms}
        isWrong={faults.sms}
        rule={rule}
        fault={smsFault}
        onChange={(sms) => change({ sms })}
      />
      <Button formAction="none" onClick={() => onChange(defaults)}>
        {text.reset}
      </Button>
      {hasEmail && <MessagePreview message={message} />}
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
function SmsField({ sms, isWrong, rule, fault, onChange }: SmsProps) {
  const text = useText().messageTemplates;
  return (
    <FormField stretch label={text.sms} constraintText={rule} errorText={isWrong ? fault : undefined}>
      <Textarea value={sms} rows={2} onChange={({ detail }) => onChange(detail.value)} />
    </FormField>
  );
}
