import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useText } from "../i18n/text.tsx";
import { Time } from "./time.tsx";

interface Identity {
  readonly userId: string;
  readonly providerName: string;
  readonly primary: boolean;
  readonly dateCreated: number;
}

/** The identities in a user's attribute `identities`; nothing for a user without any. */
export function LinkedIdentities({ identities }: { readonly identities: string }) {
  const text = useText().providers;
  if (identities === "") return null;
  const items = JSON.parse(identities) as readonly Identity[];
  return (
    <Table
      items={items}
      wrapLines
      enableKeyboardNavigation
      ariaLabels={{ tableLabel: text.linked }}
      header={<Header description={text.linkedHint}>{text.linked}</Header>}
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
      ]}
    />
  );
}
