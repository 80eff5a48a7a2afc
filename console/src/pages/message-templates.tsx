import { UpdateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { useFlash } from "../app/flashes.tsx";
import { usePool } from "../app/pool.tsx";
import { ActionDialog } from "../components/confirm.tsx";
import { KeyValues } from "../components/key-values.tsx";
import { MessagePreview } from "../components/message-preview.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { SignInMessage } from "../components/sign-in-message.tsx";
import { VerificationLink } from "../components/verification-link.tsx";
import { useText } from "../i18n/text.tsx";
import {
  defaultTexts,
  type MessageKind,
  type MessageTexts,
  messageUpdate,
  textFaults,
  textsOf,
} from "../rules/messages.ts";

const kinds: readonly MessageKind[] = ["verification", "invitation"];

export default function MessageTemplates() {
  const { pool } = usePool();
  const text = useText().messageTemplates;
  const navigation = useText().navigation;
  const common = useText().common;
  const [edited, setEdited] = useState<MessageKind>();
  return (
    <ContentLayout header={<PageHeader title={navigation.messageTemplates} description={text.description} />}>
      <SpaceBetween size="l">
        {kinds.map((kind) => {
          const { subject, email, sms } = textsOf(pool, kind);
          return (
            <Container
              key={kind}
              header={
                <Header
                  description={text.kinds[kind].hint}
                  actions={
                    <Button ariaLabel={text.kinds[kind].edit} onClick={() => setEdited(kind)}>
                      {common.edit}
                    </Button>
                  }
                >
                  {text.kinds[kind].title}
                </Header>
              }
            >
              <KeyValues
                items={[
                  { label: text.subject, value: <span className="as-written">{subject}</span> },
                  { label: text.email, value: <span className="as-written">{email}</span> },
                  { label: text.sms, value: <span className="as-written">{sms}</span> },
                ]}
              />
            </Container>
          );
        })}
        <SignInMessage />
        <VerificationLink />
      </SpaceBetween>
      {edited && <MessageDialog kind={edited} onDismiss={() => setEdited(undefined)} />}
    </ContentLayout>
  );
}

interface DialogProps {
  readonly kind: MessageKind;
  readonly onDismiss: () => void;
}

function MessageDialog({ kind, onDismiss }: DialogProps) {
  const { pool, reload } = usePool();
  const text = useText().messageTemplates;
  const common = useText().common;
  const show = useFlash();
  const [message, setMessage] = useState(() => textsOf(pool, kind));
  const change = (changes: Partial<MessageTexts>) => setMessage({ ...message, ...changes });
  const faults = textFaults(kind, message);
  const { edit, rule, emailFault, smsFault, saved } = text.kinds[kind];
  return (
    <ActionDialog
      title={edit}
      size="large"
      confirmLabel={common.saveChanges}
      isDisabled={Object.values(faults).includes(true)}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const update = new UpdateUserPoolCommand(messageUpdate(pool, kind, message));
        await inPool(pool.Id ?? "", (client) => client.send(update));
        show("success", saved);
        reload();
      }}
    >
      <FormField stretch label={text.subject} errorText={faults.subject ? text.subjectRule : undefined}>
        <Input value={message.subject} onChange={({ detail }) => change({ subject: detail.value })} />
      </FormField>
      <FormField
        stretch
        label={text.email}
        constraintText={`${rule} ${text.htmlHint}`}
        errorText={faults.email ? emailFault : undefined}
      >
        <Textarea value={message.email} rows={5} onChange={({ detail }) => change({ email: detail.value })} />
      </FormField>
      <FormField stretch label={text.sms} constraintText={rule} errorText={faults.sms ? smsFault : undefined}>
        <Textarea value={message.sms} rows={2} onChange={({ detail }) => change({ sms: detail.value })} />
      </FormField>
      <Button formAction="none" onClick={() => setMessage(defaultTexts[kind])}>
        {text.reset}
      </Button>
      <MessagePreview message={message} />
    </ActionDialog>
  );
}
