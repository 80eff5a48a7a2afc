import CollectionPreferences, {
  type CollectionPreferencesProps,
} from "@cloudscape-design/components/collection-preferences";
import Pagination from "@cloudscape-design/components/pagination";
import type { TableProps } from "@cloudscape-design/components/table";
import { type ReactNode, useState } from "react";
import type { PagedList } from "../../api/pages.ts";
import { useText } from "../../i18n/text.tsx";
import { LoadedTable } from "./loaded-table.tsx";

export type SortKey = string | number | Date | undefined;

/** The column by which a list is sorted. */
export interface Sorting {
  readonly columnId: string;
  readonly isDescending: boolean;
}

export interface Column<T> extends TableProps.ColumnDefinition<T> {
  readonly id: string;
  readonly header: string;
  /** Whether it is hidden until a person chooses it. */
  readonly isExtra?: boolean;
  /** The columns that the list can be sorted by. */
  readonly sortBy?: (item: T) => SortKey;
}

interface Props<T> {
  readonly list: PagedList<T>;
  readonly columns: readonly Column<T>[];
  readonly keyOf: (item: T) => string;
  readonly nameOf: (item: T) => string;
  readonly header: ReactNode;
  readonly filter?: ReactNode;
  readonly empty: ReactNode;
  /** What a person who may not see the list can do instead. */
  readonly deniedHint?: string | undefined;
  readonly label: string;
  readonly variant?: "full-page" | "container" | "embedded";
  readonly selected?: T | undefined;
  readonly onSelect?: (item: T) => void;
  /** For a choice of several items, in place of one. */
  readonly selectedItems?: readonly T[];
  readonly onSelectItems?: (items: readonly T[]) => void;
  readonly pageSize?: number;
  readonly onPageSize?: (pageSize: number) => void;
  /** Undefined for a list in the server's order. */
  readonly sorting?: Sorting | undefined;
  readonly onSort?: (sorting: Sorting) => void;
}

const PAGE_SIZES = [10, 20, 60];

/** A list in pages of the server. */
export function PagedTable<T>(props: Props<T>) {
  const { list, columns, keyOf, nameOf, onSelect, selected, variant = "full-page" } = props;
  const text = useText().common;
  const [visible, setVisible] = useState<readonly string[]>(() =>
    columns.filter((column) => !column.isExtra).map(({ id }) => id),
  );

  // A narrow screen shows the pager above and below the list: not for one page.
  const hasPages = list.knownPages > 1 || (list.isOpenEnded && !list.isLoading && list.error === undefined);

  return (
    <LoadedTable<T>
      loaded={list}
      variant={variant}
      stickyHeader={variant === "full-page"}
      enableKeyboardNavigation
      items={list.items}
      columnDefinitions={
        // A field's name makes a column sortable; the pages come sorted already.
        props.onSort === undefined
          ? columns
          : columns.map((column) => (column.sortBy ? { ...column, sortingField: column.id } : column))
      }
      {...(props.onSort === undefined ? {} : sortingProps<T>(props.sorting, props.onSort))}
      columnDisplay={columns.map(({ id }) => ({ id, visible: visible.includes(id) }))}
      trackBy={keyOf}
      loading={list.isLoading}
      header={props.header}
      filter={props.filter}
      none={props.empty}
      deniedHint={props.deniedHint}
      pagination={
        hasPages && (
          <Pagination
            currentPageIndex={list.pageNumber}
            pagesCount={list.knownPages}
            openEnd={list.isOpenEnded}
            disabled={list.isLoading}
            onChange={({ detail }) => list.goTo(detail.currentPageIndex)}
          />
        )
      }
      preferences={
        props.onPageSize && (
          <TablePreferences
            columns={columns}
            visible={visible}
            pageSize={props.pageSize ?? 20}
            onChange={(preferences) => {
              setVisible(preferences.visible);
              props.onPageSize?.(preferences.pageSize);
            }}
          />
        )
      }
      {...(onSelect === undefined
        ? {}
        : {
            selectionType: "single" as const,
            selectedItems: selected === undefined ? [] : [selected],
            onSelectionChange: ({ detail }) => {
              const [item] = detail.selectedItems;
              if (item !== undefined) onSelect(item);
            },
          })}
      {...(props.onSelectItems === undefined
        ? {}
        : {
            selectionType: "multi" as const,
            selectedItems: props.selectedItems ?? [],
            onSelectionChange: ({ detail }) => props.onSelectItems?.(detail.selectedItems),
          })}
      ariaLabels={{
        tableLabel: props.label,
        selectionGroupLabel: text.selection,
        itemSelectionLabel: (_state, item) => text.selectItem(nameOf(item)),
        allItemsSelectionLabel: () => text.selectAll,
      }}
    />
  );
}

function sortingProps<T>(sorting: Sorting | undefined, onSort: (sorting: Sorting) => void) {
  return {
    ...(sorting && {
      sortingColumn: { sortingField: sorting.columnId },
      sortingDescending: sorting.isDescending,
    }),
    onSortingChange: ({ detail }: { readonly detail: TableProps.SortingState<T> }) =>
      onSort({
        columnId: detail.sortingColumn.sortingField ?? "",
        isDescending: detail.isDescending ?? false,
      }),
  };
}

interface TablePreferencesProps<T> {
  readonly columns: readonly Column<T>[];
  readonly visible: readonly string[];
  readonly pageSize: number;
  readonly onChange: (preferences: { visible: readonly string[]; pageSize: number }) => void;
}

function TablePreferences<T>({ columns, visible, pageSize, onChange }: TablePreferencesProps<T>) {
  const text = useText().common;
  const display: CollectionPreferencesProps.ContentDisplayPreference = {
    title: text.columns,
    options: columns.map(({ id, header }, index) => ({ id, label: header, alwaysVisible: index === 0 })),
  };
  return (
    <CollectionPreferences
      title={text.preferences}
      preferences={{
        pageSize,
        contentDisplay: columns.map(({ id }) => ({ id, visible: visible.includes(id) })),
      }}
      pageSizePreference={{ options: PAGE_SIZES.map((value) => ({ value, label: text.rows(value) })) }}
      contentDisplayPreference={display}
      onConfirm={({ detail }) =>
        onChange({
          visible: detail.contentDisplay?.filter((column) => column.visible).map(({ id }) => id) ?? visible,
          pageSize: detail.pageSize ?? pageSize,
        })
      }
    />
  );
}
