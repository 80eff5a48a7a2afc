/** Columns that several lists have. */
import Link from "@cloudscape-design/components/link";
import { useText } from "../../i18n/text.tsx";
import { CellText } from "../basics/cell-text.tsx";
import { Time } from "../basics/time.tsx";
import type { Column } from "./paged-table.tsx";

interface Named<T> {
  readonly header: string;
  readonly nameOf: (item: T) => string;
  readonly hrefOf: (item: T) => string;
}

/** The name, which leads to the item's own page. */
export function nameColumn<T>({ header, nameOf, hrefOf }: Named<T>): Column<T> {
  return {
    id: "name",
    header,
    isRowHeader: true,
    sortBy: nameOf,
    cell: (item) => (
      <Link href={hrefOf(item)}>
        <CellText>{nameOf(item)}</CellText>
      </Link>
    ),
  };
}

interface Dated {
  readonly CreationDate?: Date | undefined;
  readonly LastModifiedDate?: Date | undefined;
}

/** When an item was created and last changed. */
export function useTimeColumns<T extends Dated>(): readonly [created: Column<T>, updated: Column<T>] {
  const common = useText().common;
  return [
    {
      id: "created",
      header: common.created,
      sortBy: ({ CreationDate }) => CreationDate,
      cell: ({ CreationDate }) => <Time at={CreationDate} />,
    },
    {
      id: "updated",
      header: common.lastUpdated,
      isExtra: true,
      sortBy: ({ LastModifiedDate }) => LastModifiedDate,
      cell: ({ LastModifiedDate }) => <Time at={LastModifiedDate} />,
    },
  ];
}
