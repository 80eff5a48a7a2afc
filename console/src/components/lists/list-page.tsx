import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import { type ReactNode, useState } from "react";
import { filteredPages, type LoadPage, type PagedList, usePages } from "../../api/pages.ts";
import { InfoLink } from "../../app/help.tsx";
import { useListAddress } from "../../app/list-address.ts";
import { usePreferences } from "../../app/preferences.tsx";
import { useText } from "../../i18n/text.tsx";
import { Empty } from "../basics/loading.tsx";
import { useTitle } from "../basics/page-header.tsx";
import { type Column, PagedTable, type Sorting, type SortKey } from "./paged-table.tsx";

interface Props<T> {
  readonly title: string;
  readonly description: string;
  /** The name of the list among those of the same pool or region. */
  readonly kind: string;
  readonly load: LoadPage<T>;
  /** The user pool or region of the list. The list starts again when it changes. */
  readonly of?: string;
  readonly columns: readonly Column<T>[];
  readonly keyOf: (item: T) => string;
  readonly nameOf: (item: T) => string;
  readonly create: { readonly label: string; readonly href: string };
  readonly none: { readonly title: string; readonly hint?: string };
  /** What a person who may not see the list can do instead. */
  readonly deniedHint?: string;
  /** How an item is found by a part of its text, where AWS's API has no search of its own. */
  readonly find?: { readonly label: string; readonly textOf: (item: T) => string };
  readonly deleteDialog: (item: T, answers: DeleteAnswers) => ReactNode;
  /** With it several items can be selected and deleted together. */
  readonly deleteSeveral?: (items: readonly T[], answers: DeleteAnswers) => ReactNode;
}

export interface DeleteAnswers {
  readonly onDismiss: () => void;
  readonly onDeleted: () => void;
}

/** A page with one list, whose items can be found, created and deleted. */
export function ListPage<T>(props: Props<T>) {
  const { title, load, of, create, none, find, keyOf, nameOf } = props;
  const common = useText().common;
  const { language } = usePreferences();
  const { values, position, change } = useListAddress({ sort: "" });
  const [pageSize, setPageSize] = useState(20);
  const [selected, setSelected] = useState<readonly T[]>([]);
  /** As they were selected when the dialog opened. */
  const [deleted, setDeleted] = useState<readonly T[]>([]);
  useTitle(title);

  const wanted = values.search.trim().toLowerCase();
  const found =
    find === undefined || wanted === ""
      ? load
      : filteredPages(load, (item) => find.textOf(item).toLowerCase().includes(wanted));
  const sorting = sortingOf(values.sort);
  const sortBy = props.columns.find(({ id }) => id === sorting?.columnId)?.sortBy;
  const compare = sortBy && comparing(sortBy, sorting?.isDescending ?? false, language);
  // Each language has its own order.
  const order = compare && [values.sort, language];
  const list = usePages([props.kind, of, wanted, order], found, pageSize, { position, compare });
  const createButton = (
    <Button variant="primary" href={create.href}>
      {create.label}
    </Button>
  );
  const [one, ...others] = deleted;
  const answers: DeleteAnswers = {
    onDismiss: () => setDeleted([]),
    onDeleted: () => {
      setSelected([]);
      list.reload();
    },
  };
  return (
    <>
      <PagedTable
        list={list}
        label={title}
        columns={props.columns}
        keyOf={keyOf}
        nameOf={nameOf}
        {...(props.deleteSeveral
          ? { selectedItems: selected, onSelectItems: setSelected }
          : { selected: selected[0], onSelect: (item: T) => setSelected([item]) })}
        pageSize={pageSize}
        onPageSize={setPageSize}
        sorting={sortBy && sorting}
        onSort={({ columnId, isDescending }) =>
          change({ sort: `${isDescending ? "-" : ""}${columnId}`, page: "1" })
        }
        header={
          <Header
            variant="awsui-h1-sticky"
            info={<InfoLink />}
            counter={counterOf(list, common.number)}
            description={props.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={common.refresh} onClick={list.reload} />
                <Button
                  disabled={selected.length === 0}
                  disabledReason={common.selectFirst}
                  onClick={() => setDeleted(selected)}
                >
                  {common.delete}
                </Button>
                {createButton}
              </SpaceBetween>
            }
          >
            {title}
          </Header>
        }
        filter={
          find && (
            <TextFilter
              filteringText={values.search}
              filteringPlaceholder={find.label}
              filteringAriaLabel={find.label}
              onChange={({ detail }) => change({ search: detail.filteringText, page: "1" })}
            />
          )
        }
        deniedHint={props.deniedHint}
        empty={
          wanted === "" ? (
            <Empty title={none.title} action={createButton}>
              {none.hint}
            </Empty>
          ) : (
            <Empty
              title={common.noMatches}
              action={<Button onClick={() => change({ search: "", page: "1" })}>{common.clearSearch}</Button>}
            />
          )
        }
      />
      {one !== undefined &&
        (others.length === 0 ? props.deleteDialog(one, answers) : props.deleteSeveral?.(deleted, answers))}
    </>
  );
}

/** `(12)`; `(20+)` while there may be more; nothing before the list is there. */
function counterOf(
  { count, isOpenEnded, isLoading, error }: PagedList<unknown>,
  number: (count: number) => string,
) {
  if (isLoading || (error !== undefined && count === 0)) return undefined;
  return `(${number(count)}${isOpenEnded ? "+" : ""})`;
}

/** `name`, or `-name` for the opposite order, as the address has it. */
function sortingOf(sort: string): Sorting | undefined {
  if (sort === "") return undefined;
  const isDescending = sort.startsWith("-");
  return { columnId: isDescending ? sort.slice(1) : sort, isDescending };
}

/** Orders texts as readers of the language expect it; an item without a value comes last. */
function comparing<T>(sortBy: (item: T) => SortKey, isDescending: boolean, language: string) {
  const { compare } = new Intl.Collator(language, { numeric: true });
  return (a: T, b: T) => {
    const [left, right] = [sortBy(a), sortBy(b)];
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined);
    const order =
      typeof left === "string" && typeof right === "string"
        ? compare(left, right)
        : Number(left) - Number(right);
    return isDescending ? -order : order;
  };
}
