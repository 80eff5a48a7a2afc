import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { usePool } from "../../app/pool.tsx";
import { KeyValues } from "../../components/basics/key-values.tsx";
import { PageHeader } from "../../components/basics/page-header.tsx";
import { useFormValues } from "../../components/basics/use-form-values.ts";
import { WrittenText } from "../../components/basics/written-text.tsx";
import { MessageFields } from "../../components/messages/message-fields.tsx";
import { SignInMessage } from "../../components/messages/sign-in-message.tsx";
import { VerificationLink } from "../../components/messages/verification-link.tsx";
import { UpdatePoolDialog } from "../../components/pools/pool-choices.tsx";
import { useText } from "../../i18n/text.tsx";
import {
  defaultTexts,
  type MessageKind,
  messageUpdate,
  textFaults,
  textsOf,
} from "../../rules/messages/messages.ts";

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
                  { label: text.subject, value: <WrittenText>{subject}</WrittenText> },
                  { label: text.email, value: <WrittenText>{email}</WrittenText> },
                  { label: text.sms, value: <WrittenText>{sms}</WrittenText> },
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
  const { pool } = usePool();
  const text = useText().messageTemplates;
  const {
    values: message,
    setValues,
    mergedWith,
  } = useFormValues(() => textsOf(pool, kind), {
    subject: text.subject,
    email: text.email,
    sms: text.sms,
  });
  const faults = textFaults(kind, message);
  const { edit, saved } = text.kinds[kind];
  return (
    <UpdatePoolDialog
      title={edit}
      saved={saved}
      values={message}
      changes={(current) => messageUpdate(current, kind, mergedWith(textsOf(current, kind)))}
      isValid={!Object.values(faults).includes(true)}
      size="large"
      onDismiss={onDismiss}
    >
      <MessageFields
        kind={kind}
        message={message}
        faults={faults}
        defaults={defaultTexts[kind]}
        onChange={setValues}
      />
    </UpdatePoolDialog>
  );
}
