import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import { type ReactNode, useState } from "react";
import { filteredPages, type LoadPage, usePages } from "../api/pages.ts";
import { useListAddress } from "../app/list-address.ts";
import { useText } from "../i18n/text.tsx";
import { Empty } from "./loading.tsx";
import { useTitle } from "./page-header.tsx";
import { type Column, PagedTable } from "./paged-table.tsx";

interface Props<T> {
  readonly title: string;
  readonly description: string;
  /** Names the list among others that belong to the same. */
  readonly kind: string;
  readonly load: LoadPage<T>;
  /** What the list belongs to, a user pool or a region: with another one it starts anew. */
  readonly of?: string;
  readonly columns: readonly Column<T>[];
  readonly keyOf: (item: T) => string;
  readonly nameOf: (item: T) => string;
  readonly create: { readonly label: string; readonly href: string };
  readonly none: { readonly title: string; readonly hint?: string };
  /** How an item is found by a part of its text, where AWS's API has no search of its own. */
  readonly find?: { readonly label: string; readonly textOf: (item: T) => string };
  readonly deleteDialog: (item: T, answers: DeleteAnswers) => ReactNode;
}

export interface DeleteAnswers {
  readonly onDismiss: () => void;
  readonly onDeleted: () => void;
}

/** A page with one list: to look through, to add to, and to delete from one by one. */
export function ListPage<T>(props: Props<T>) {
  const { title, load, of, create, none, find, keyOf, nameOf } = props;
  const common = useText().common;
  const { values, position, change } = useListAddress({});
  const [pageSize, setPageSize] = useState(20);
  const [selected, setSelected] = useState<T>();
  const [isDeleting, setDeleting] = useState(false);
  useTitle(title);

  const wanted = values.search.trim().toLowerCase();
  const found =
    find === undefined || wanted === ""
      ? load
      : filteredPages(load, (item) => find.textOf(item).toLowerCase().includes(wanted));
  const list = usePages([props.kind, of, wanted], found, pageSize, { position });
  const createButton = (
    <Button variant="primary" href={create.href}>
      {create.label}
    </Button>
  );
  return (
    <>
      <PagedTable
        list={list}
        label={title}
        columns={props.columns}
        keyOf={keyOf}
        nameOf={nameOf}
        selected={selected}
        onSelect={setSelected}
        pageSize={pageSize}
        onPageSize={setPageSize}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={props.description}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="refresh" ariaLabel={common.refresh} onClick={list.reload} />
                <Button
                  disabled={selected === undefined}
                  disabledReason={common.selectFirst}
                  onClick={() => setDeleting(true)}
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
      {isDeleting &&
        selected !== undefined &&
        props.deleteDialog(selected, {
          onDismiss: () => setDeleting(false),
          onDeleted: () => {
            setSelected(undefined);
            list.reload();
          },
        })}
    </>
  );
}
