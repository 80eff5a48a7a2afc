import { UpdateUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { useFlash } from "../app/flashes.tsx";
import { usePool } from "../app/pool.tsx";
import { ActionDialog } from "../components/confirm.tsx";
import { PageHeader } from "../components/page-header.tsx";
import { useText } from "../i18n/text.tsx";
import { defaultInvitation, invitationFaults, invitationOf } from "../rules/invitation.ts";
import { poolUpdate } from "../rules/update-user-pool.ts";

export default function MessageTemplates() {
  const { pool } = usePool();
  const text = useText().messageTemplates;
  const navigation = useText().navigation;
  const common = useText().common;
  const [isEditing, setEditing] = useState(false);
  const { subject, body } = invitationOf(pool);
  return (
    <ContentLayout header={<PageHeader title={navigation.messageTemplates} description={text.description} />}>
      <Container
        header={
          <Header
            description={text.invitationHint}
            actions={<Button onClick={() => setEditing(true)}>{common.edit}</Button>}
          >
            {text.invitation}
          </Header>
        }
      >
        <KeyValuePairs
          items={[
            { label: text.subject, value: subject },
            { label: text.body, value: <span className="wrap-anywhere">{body}</span> },
          ]}
        />
      </Container>
      {isEditing && <InvitationDialog onDismiss={() => setEditing(false)} />}
    </ContentLayout>
  );
}

function InvitationDialog({ onDismiss }: { readonly onDismiss: () => void }) {
  const { pool, reload } = usePool();
  const text = useText().messageTemplates;
  const common = useText().common;
  const show = useFlash();
  const [message, setMessage] = useState(() => invitationOf(pool));
  const faults = invitationFaults(message);
  return (
    <ActionDialog
      title={text.editInvitation}
      size="large"
      confirmLabel={common.saveChanges}
      isDisabled={Object.values(faults).includes(true)}
      onDismiss={onDismiss}
      onConfirm={async () => {
        const update = poolUpdate(pool, {});
        await inPool(pool.Id ?? "", (client) =>
          client.send(
            new UpdateUserPoolCommand({
              ...update,
              AdminCreateUserConfig: {
                ...update.AdminCreateUserConfig,
                InviteMessageTemplate: {
                  ...pool.AdminCreateUserConfig?.InviteMessageTemplate,
                  EmailSubject: message.subject,
                  EmailMessage: message.body,
                },
              },
            }),
          ),
        );
        show("success", text.saved);
        reload();
      }}
    >
      <FormField label={text.subject} errorText={faults.subject ? text.subjectRule : undefined}>
        <Input
          value={message.subject}
          onChange={({ detail }) => setMessage({ ...message, subject: detail.value })}
        />
      </FormField>
      <FormField
        label={text.body}
        constraintText={text.bodyRule}
        errorText={faults.body ? text.bodyFault : undefined}
        secondaryControl={
          <Button formAction="none" onClick={() => setMessage(defaultInvitation)}>
            {text.reset}
          </Button>
        }
      >
        <Textarea
          value={message.body}
          rows={6}
          onChange={({ detail }) => setMessage({ ...message, body: detail.value })}
        />
      </FormField>
    </ActionDialog>
  );
}
