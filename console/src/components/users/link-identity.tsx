import { AdminLinkProviderForUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useIdentityProvider } from "../../api/identity-providers.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { linkableAttributes, SUBJECT } from "../../rules/users/linked-identity.ts";
import { ActionDialog } from "../basics/confirm.tsx";

interface Props {
  readonly poolId: string;
  readonly username: string;
  readonly providers: readonly string[];
  readonly onDismiss: () => void;
  readonly onLinked: () => void;
}

/** Lets an identity at a provider sign in as the user: found by its subject, or by an attribute that the provider maps. */
export function LinkIdentityDialog({ poolId, username, providers, onDismiss, onLinked }: Props) {
  const text = useText().providers;
  const { linkBy, bySubject, attributeHint, attributeValue } = useText().identityLinks;
  const { required } = useText().common;
  const show = useFlash();
  const [providerName, setProviderName] = useState(providers[0] ?? "");
  const [attribute, setAttribute] = useState(SUBJECT);
  const [value, setValue] = useState("");
  const provider = useIdentityProvider(poolId, providerName);
  const attributes = [
    { value: SUBJECT, label: bySubject },
    ...linkableAttributes(provider.value).map((name) => ({ value: name, label: name })),
  ];
  const isSubject = attribute === SUBJECT;
  return (
    <ActionDialog
      title={text.link}
      confirmLabel={text.link}
      values={{ providerName, attribute, value }}
      isValid={value.trim() !== ""}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inPool(poolId, (client) =>
          client.send(
            new AdminLinkProviderForUserCommand({
              UserPoolId: poolId,
              DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: username },
              SourceUser: {
                ProviderName: providerName,
                ProviderAttributeName: attribute,
                ProviderAttributeValue: value.trim(),
              },
            }),
          ),
        );
        show("success", text.linkedTo(providerName));
        onLinked();
      }}
    >
      {(wasTried) => (
        <SpaceBetween size="m">
          <FormField label={text.provider}>
            <Select
              selectedOption={{ value: providerName, label: providerName }}
              options={providers.map((name) => ({ value: name, label: name }))}
              onChange={({ detail }) => {
                setProviderName(detail.selectedOption.value ?? "");
                setAttribute(SUBJECT);
              }}
            />
          </FormField>
          {attributes.length > 1 && (
            <FormField label={linkBy}>
              <Select
                selectedOption={attributes.find(({ value }) => value === attribute) ?? null}
                options={attributes}
                onChange={({ detail }) => setAttribute(detail.selectedOption.value ?? SUBJECT)}
              />
            </FormField>
          )}
          <FormField
            label={isSubject ? text.subject : attributeValue(attribute)}
            description={isSubject ? text.linkHint : attributeHint}
            errorText={wasTried && value.trim() === "" ? required : undefined}
          >
            <Input value={value} autoComplete={false} onChange={({ detail }) => setValue(detail.value)} />
          </FormField>
        </SpaceBetween>
      )}
    </ActionDialog>
  );
}
