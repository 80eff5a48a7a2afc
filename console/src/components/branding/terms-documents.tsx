import { DeleteTermsCommand, type TermsType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { inPool } from "../../api/aws.ts";
import { useLoad } from "../../api/load.ts";
import { termsOf } from "../../api/pool-features.ts";
import { paths } from "../../app/paths.ts";
import { useText } from "../../i18n/text.tsx";
import { languageName, type TermsName, termsLinksOf } from "../../rules/pools/pool-features.ts";
import { Empty } from "../basics/loading.tsx";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import { LoadedTable } from "../lists/loaded-table.tsx";
import { TermsDialog } from "./terms-form.tsx";

export interface ClientChoice {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly poolId: string;
  readonly clients: readonly ClientChoice[];
}

/** The links to terms of use and privacy policies of a pool's app clients. */
export function TermsDocuments({ poolId, clients }: Props) {
  const text = useText().poolFeatures.terms;
  const common = useText().common;
  const [edited, setEdited] = useState<TermsType | "new">();
  const [deleted, setDeleted] = useState<TermsType>();
  const loaded = useLoad(["terms", poolId], () => termsOf(poolId));
  const nameOf = ({ TermsName }: TermsType) => text.names[TermsName as TermsName] ?? TermsName ?? "";
  const clientOf = ({ ClientId = "" }: TermsType) =>
    clients.find(({ value }) => value === ClientId)?.label ?? ClientId;
  const whatOf = (terms: TermsType) => `${nameOf(terms)}, ${clientOf(terms)}`;
  return (
    <>
      <LoadedTable
        loaded={loaded}
        items={loaded.value ?? []}
        trackBy={({ TermsId = "" }) => TermsId}
        enableKeyboardNavigation
        wrapLines
        loading={loaded.isLoading && loaded.value === undefined}
        ariaLabels={{ tableLabel: text.title }}
        header={
          <Header
            {...(loaded.value && { counter: `(${loaded.value.length})` })}
            description={text.description}
            actions={<Button onClick={() => setEdited("new")}>{text.create}</Button>}
          >
            {text.title}
          </Header>
        }
        columnDefinitions={[
          { id: "name", header: text.name, isRowHeader: true, cell: nameOf },
          {
            id: "client",
            header: text.client,
            cell: (terms) => (
              <Link href={paths.appClient(poolId, terms.ClientId ?? "")}>{clientOf(terms)}</Link>
            ),
          },
          {
            id: "links",
            header: text.links,
            minWidth: 220,
            cell: (terms) => (
              <ul className="value-list">
                {termsLinksOf(terms).map(({ language, url }) => (
                  <li key={language} className="wrap-anywhere">
                    {languageName(language, text.defaultLanguage)}: {url}
                  </li>
                ))}
              </ul>
            ),
          },
          {
            id: "actions",
            header: common.actions,
            cell: (terms) => (
              <SpaceBetween direction="horizontal" size="s">
                <Button
                  variant="inline-link"
                  ariaLabel={text.editWhat(whatOf(terms))}
                  onClick={() => setEdited(terms)}
                >
                  {common.edit}
                </Button>
                <Button
                  variant="inline-link"
                  ariaLabel={text.deleteWhat(whatOf(terms))}
                  onClick={() => setDeleted(terms)}
                >
                  {common.delete}
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
        none={<Empty title={text.none} />}
      />
      {edited && (
        <TermsDialog
          poolId={poolId}
          clients={clients}
          existing={loaded.value ?? []}
          before={edited === "new" ? undefined : edited}
          onDismiss={() => setEdited(undefined)}
          onSaved={loaded.reload}
        />
      )}
      {deleted && (
        <DeleteDialog
          title={text.deleteWhat(whatOf(deleted))}
          question={text.deleteQuestion}
          deleted={text.deleted}
          onDelete={() =>
            inPool(poolId, (client) =>
              client.send(new DeleteTermsCommand({ UserPoolId: poolId, TermsId: deleted.TermsId })),
            )
          }
          onDismiss={() => setDeleted(undefined)}
          onDeleted={loaded.reload}
        />
      )}
    </>
  );
}
