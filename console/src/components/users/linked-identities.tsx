import { AdminDisableProviderForUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { identityProvidersOf } from "../../api/identity-providers.ts";
import { useLoad } from "../../api/load.ts";
import { listIdentityLinks } from "../../api/user-facts.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { attributeOfLink, type Identity, SUBJECT } from "../../rules/users/linked-identity.ts";
import { ActionDialog } from "../basics/confirm.tsx";
import { Empty } from "../basics/loading.tsx";
import { ProblemAlert } from "../basics/problem.tsx";
import { Time } from "../basics/time.tsx";
import { LinkIdentityDialog } from "./link-identity.tsx";

interface Props {
  readonly poolId: string;
  readonly username: string;
  readonly sub: string;
  /** The user's attribute of that name. */
  readonly identities: string;
  readonly onChanged: () => void;
}

/** As many as a list of the API has; a pool with more has its identities linked by the API. */
const MAX_LISTED = 60;

/** Identities of external providers that sign in as the user; nothing in a pool without providers. */
export function LinkedIdentities({ poolId, username, sub, identities, onChanged }: Props) {
  const text = useText().providers;
  const common = useText().common;
  const { linkedBy, bySubject, notUsedYet } = useText().identityLinks;
  const [isLinking, setLinking] = useState(false);
  const [unlinked, setUnlinked] = useState<Identity>();
  const providers = useLoad(["linkable providers", poolId], () =>
    identityProvidersOf(poolId)(MAX_LISTED, undefined),
  );
  // Again whenever the identities have changed.
  const { value: links = [] } = useLoad(
    ["identity links", poolId, sub, identities],
    identities === "" ? undefined : () => listIdentityLinks(poolId, sub),
  );
  const names = (providers.value?.items ?? []).flatMap(({ ProviderName }) => ProviderName ?? []);
  const items = identities === "" ? [] : (JSON.parse(identities) as readonly Identity[]);
  const canLink = names.length > 0;
  const problem = <ProblemAlert error={providers.error} onRetry={providers.reload} />;
  if (items.length === 0 && !canLink) return problem;
  return (
    <>
      {problem}
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
          {
            id: "linkedBy",
            header: linkedBy,
            cell: (identity) => {
              const attribute = attributeOfLink(identity, links);
              return attribute === SUBJECT ? bySubject : notUsedYet(attribute);
            },
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
        <LinkIdentityDialog
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
          attribute={attributeOfLink(unlinked, links)}
          onDismiss={() => setUnlinked(undefined)}
          onUnlinked={onChanged}
        />
      )}
    </>
  );
}

interface UnlinkProps {
  readonly poolId: string;
  readonly identity: Identity;
  readonly attribute: string;
  readonly onDismiss: () => void;
  readonly onUnlinked: () => void;
}

function UnlinkDialog({ poolId, identity, attribute, onDismiss, onUnlinked }: UnlinkProps) {
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
                ProviderAttributeName: attribute,
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
