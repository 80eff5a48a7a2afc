import {
  AdminDisableProviderForUserCommand,
  AdminLinkProviderForUserCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { inPool } from "../api/aws.ts";
import { identityProvidersOf } from "../api/identity-providers.ts";
import { useLoad } from "../api/load.ts";
import { useFlash } from "../app/flashes.tsx";
import { useText } from "../i18n/text.tsx";
import { ActionDialog } from "./confirm.tsx";
import { Empty } from "./loading.tsx";
import { Time } from "./time.tsx";

interface Identity {
  readonly userId: string;
  readonly providerName: string;
  readonly primary: boolean;
  readonly dateCreated: number;
}

interface Props {
  readonly poolId: string;
  readonly username: string;
  /** The user's attribute of that name. */
  readonly identities: string;
  readonly onChanged: () => void;
}

/** As many as a list of the API has; a pool with more has its identities linked by the API. */
const MAX_LISTED = 60;

/** Identities of external providers that sign in as the user; nothing in a pool without providers. */
export function LinkedIdentities({ poolId, username, identities, onChanged }: Props) {
  const text = useText().providers;
  const common = useText().common;
  const [isLinking, setLinking] = useState(false);
  const [unlinked, setUnlinked] = useState<Identity>();
  const { value: providers } = useLoad(["linkable providers", poolId], () =>
    identityProvidersOf(poolId)(MAX_LISTED, undefined),
  );
  const names = (providers?.items ?? []).flatMap(({ ProviderName }) => ProviderName ?? []);
  const items = identities === "" ? [] : (JSON.parse(identities) as readonly Identity[]);
  const canLink = names.length > 0;
  if (items.length === 0 && !canLink) return null;
  return (
    <>
      <Table
        items={items}
        wrapLines
        enableKeyboardNavigation
        ariaLabels={{ tableLabel: text.linked }}
        header={
          <Header
            description={text.linkedHint}
            actions={canLink && <Button onClick={() => setLinking(true)}>{text.link}</Button>}
          >
            {text.linked}
          </Header>
        }
        empty={<Empty title={text.noneLinked} />}
        columnDefinitions={[
          {
            id: "provider",
            header: text.provider,
            isRowHeader: true,
            cell: ({ providerName }) => providerName,
          },
          {
            id: "subject",
            header: text.subject,
            cell: ({ userId }) => <span className="wrap-anywhere">{userId}</span>,
          },
          { id: "primary", header: text.isPrimary, cell: ({ primary }) => (primary ? text.yes : text.no) },
          {
            id: "since",
            header: text.linkedAt,
            cell: ({ dateCreated }) => <Time at={new Date(dateCreated)} />,
          },
          {
            id: "actions",
            header: common.actions,
            cell: (identity) =>
              identity.primary ? (
                "–"
              ) : (
                <Button
                  variant="inline-link"
                  ariaLabel={text.unlinkWhat(identity.providerName)}
                  onClick={() => setUnlinked(identity)}
                >
                  {text.unlink}
                </Button>
              ),
          },
        ]}
      />
      {isLinking && (
        <LinkDialog
          poolId={poolId}
          username={username}
          providers={names}
          onDismiss={() => setLinking(false)}
          onLinked={onChanged}
        />
      )}
      {unlinked && (
        <UnlinkDialog
          poolId={poolId}
          identity={unlinked}
          onDismiss={() => setUnlinked(undefined)}
          onUnlinked={onChanged}
        />
      )}
    </>
  );
}

interface LinkProps {
  readonly poolId: string;
  readonly username: string;
  readonly providers: readonly string[];
  readonly onDismiss: () => void;
  readonly onLinked: () => void;
}

function LinkDialog({ poolId, username, providers, onDismiss, onLinked }: LinkProps) {
  const text = useText().providers;
  const show = useFlash();
  const [providerName, setProviderName] = useState(providers[0] ?? "");
  const [subject, setSubject] = useState("");
  return (
    <ActionDialog
      title={text.link}
      confirmLabel={text.link}
      isDisabled={subject.trim() === ""}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inPool(poolId, (client) =>
          client.send(
            new AdminLinkProviderForUserCommand({
              UserPoolId: poolId,
              DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: username },
              SourceUser: {
                ProviderName: providerName,
                ProviderAttributeName: "Cognito_Subject",
                ProviderAttributeValue: subject.trim(),
              },
            }),
          ),
        );
        show("success", text.linkedTo(providerName));
        onLinked();
      }}
    >
      <SpaceBetween size="m">
        <FormField label={text.provider}>
          <Select
            selectedOption={{ value: providerName, label: providerName }}
            options={providers.map((value) => ({ value, label: value }))}
            onChange={({ detail }) => setProviderName(detail.selectedOption.value ?? "")}
          />
        </FormField>
        <FormField label={text.subject} description={text.linkHint}>
          <Input value={subject} autoComplete={false} onChange={({ detail }) => setSubject(detail.value)} />
        </FormField>
      </SpaceBetween>
    </ActionDialog>
  );
}

interface UnlinkProps {
  readonly poolId: string;
  readonly identity: Identity;
  readonly onDismiss: () => void;
  readonly onUnlinked: () => void;
}

function UnlinkDialog({ poolId, identity, onDismiss, onUnlinked }: UnlinkProps) {
  const text = useText().providers;
  const show = useFlash();
  const { providerName, userId } = identity;
  return (
    <ActionDialog
      title={text.unlinkWhat(providerName)}
      confirmLabel={text.unlink}
      onDismiss={onDismiss}
      onConfirm={async () => {
        await inPool(poolId, (client) =>
          client.send(
            new AdminDisableProviderForUserCommand({
              UserPoolId: poolId,
              User: {
                ProviderName: providerName,
                ProviderAttributeName: "Cognito_Subject",
                ProviderAttributeValue: userId,
              },
            }),
          ),
        );
        show("success", text.unlinked(providerName));
        onUnlinked();
      }}
    >
      {text.unlinkQuestion(providerName, userId)}
    </ActionDialog>
  );
}
