/** Lists that the server gives in pages, forward only, each page naming the next by a token. */
import { type QueryKey, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

export interface TokenPage<T> {
  readonly items: readonly T[];
  readonly next?: string | undefined;
}

export type LoadPage<T> = (limit: number, token: string | undefined) => Promise<TokenPage<T>>;

export interface PagedList<T> {
  readonly items: readonly T[];
  readonly error: unknown;
  readonly isLoading: boolean;
  /** Counted from 1. */
  readonly pageNumber: number;
  /** How many pages are known so far. */
  readonly knownPages: number;
  /** Whether there may be more than the known pages. */
  readonly isOpenEnded: boolean;
  /** How many items there are; at least so many while there may be more pages. */
  readonly count: number;
  readonly goTo: (pageNumber: number) => void;
  /** Starts again from the first page. */
  readonly reload: () => void;
}

/** The position in a list: the page's number, counted from 1, and functions that go to another page. */
export type Position = readonly [pageNumber: number, goTo: (pageNumber: number) => void];

interface Options<T> {
  /** Undefined for a list that begins at its first page whenever it is shown. */
  readonly position?: Position | undefined;
  /** How often the first page is looked at again while it is shown. */
  readonly refreshMilliseconds?: number;
  /**
   * Another order than the server's. The list is loaded whole for that, and only once for all of its pages: for lists of settings,
   * which are short.
   */
  readonly compare?: ((a: T, b: T) => number) | undefined;
}

interface LoadedPage<T> {
  readonly pageNumber: number;
  readonly items: readonly T[];
  /** The tokens of the pages up to this one and, unless it is the last, of the next. The first page has none. */
  readonly tokens: readonly (string | undefined)[];
  /** How many items there are up to the end of each page up to this one. */
  readonly counts: readonly number[];
  readonly isLast: boolean;
}

/** @param key the list: its kind, its owner, its search text and its order */
export function usePages<T>(
  key: QueryKey,
  load: LoadPage<T>,
  pageSize: number,
  { position, refreshMilliseconds, compare }: Options<T> = {},
): PagedList<T> {
  const client = useQueryClient();
  const ownPosition = useState(1);
  const [pageNumber, goTo] = position ?? ownPosition;
  const listKey = ["list", ...key, pageSize];
  const known = () => knownPages(client.getQueriesData<LoadedPage<T>>({ queryKey: listKey }));
  const query = useQuery<LoadedPage<T>>({
    queryKey: compare === undefined ? [...listKey, pageNumber] : listKey,
    queryFn: () =>
      compare === undefined ? loadPage(load, pageSize, pageNumber, known()) : loadSorted(load, compare),
    refetchInterval: pageNumber === 1 && (refreshMilliseconds ?? false),
  });
  const { tokens, counts, isComplete } = known();
  const count = counts.at(-1) ?? 0;
  const pages = compare === undefined ? tokens.length : Math.max(1, Math.ceil(count / pageSize));
  const current =
    compare === undefined ? (query.data?.pageNumber ?? pageNumber) : Math.min(pageNumber, pages);
  const items = query.data?.items ?? [];
  return {
    items: compare === undefined ? items : items.slice((current - 1) * pageSize, current * pageSize),
    error: query.error ?? undefined,
    // A page that is known already is shown at once, and replaced when it has changed.
    isLoading: query.isPending,
    pageNumber: current,
    knownPages: pages,
    isOpenEnded: !isComplete,
    count,
    goTo: (wanted) => goTo(Math.min(wanted, pages)),
    reload: () => {
      if (pageNumber === 1) void client.resetQueries({ queryKey: listKey });
      else {
        client.removeQueries({ queryKey: listKey });
        goTo(1);
      }
    },
  };
}

function knownPages<T>(pages: readonly (readonly [QueryKey, LoadedPage<T> | undefined])[]) {
  let tokens: LoadedPage<T>["tokens"] = [undefined];
  let counts: LoadedPage<T>["counts"] = [];
  let isComplete = false;
  for (const [, page] of pages) {
    if (page === undefined) continue;
    if (page.tokens.length > tokens.length) tokens = page.tokens;
    if (page.counts.length > counts.length) counts = page.counts;
    if (page.isLast) isComplete = true;
  }
  return { tokens, counts, isComplete };
}

/** Loads one page, and before it the pages whose tokens are unknown, as after a reload. */
async function loadPage<T>(
  load: LoadPage<T>,
  pageSize: number,
  wanted: number,
  known: Pick<LoadedPage<T>, "tokens" | "counts">,
): Promise<LoadedPage<T>> {
  const tokens = known.tokens.slice(0, wanted);
  const counts = known.counts.slice(0, tokens.length - 1);
  for (;;) {
    const { items, next } = await load(pageSize, tokens.at(-1));
    const pageNumber = tokens.length;
    const isLast = next === undefined;
    counts.push((counts.at(-1) ?? 0) + items.length);
    if (!isLast) tokens.push(next);
    if (isLast || pageNumber === wanted) return { pageNumber, items, tokens, counts, isLast };
  }
}

/** The whole list in another order, as one page. */
async function loadSorted<T>(load: LoadPage<T>, compare: (a: T, b: T) => number): Promise<LoadedPage<T>> {
  const items = [...(await allPages(load, Number.POSITIVE_INFINITY))].sort(compare);
  return { pageNumber: 1, items, tokens: [undefined], counts: [items.length], isLast: true };
}

/** The pages of a list with only the items that `matches`: for lists that the server cannot search. */
export function filteredPages<T>(load: LoadPage<T>, matches: (item: T) => boolean): LoadPage<T> {
  return async (limit, token) => {
    const found: T[] = [];
    let next = token;
    do {
      const page = await load(60, next);
      found.push(...page.items.filter(matches));
      next = page.next;
    } while (next !== undefined && found.length < limit);
    return { items: found, next };
  };
}

/** Everything in a list, at most `most` items: for choices in a form. */
export async function allPages<T>(load: LoadPage<T>, most = 600): Promise<readonly T[]> {
  const items: T[] = [];
  let next: string | undefined;
  do {
    const page = await load(60, next);
    items.push(...page.items);
    next = page.next;
  } while (next !== undefined && items.length < most);
  return items;
}
