/** Lists that the server gives in pages, forward only, each page naming the next by a token. */
import { type DependencyList, useCallback, useEffect, useRef, useState } from "react";

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
  readonly goTo: (pageNumber: number) => void;
  /** Starts again from the first page. */
  readonly reload: () => void;
  /** Looks whether the first page has changed, without a sign of it while it looks. */
  readonly refresh: () => void;
}

interface Progress<T> {
  /** The token of each known page; the first has none. */
  readonly tokens: readonly (string | undefined)[];
  readonly pageNumber: number;
  /** Whether the last known page is the list's last. */
  readonly isComplete: boolean;
  readonly items: readonly T[];
  readonly isLoading: boolean;
  readonly error?: unknown;
}

const start: Progress<never> = {
  tokens: [undefined],
  pageNumber: 1,
  isComplete: false,
  items: [],
  isLoading: true,
};

/** Starts from the first page again whenever `dependencies` or the page size change. */
export function usePages<T>(load: LoadPage<T>, pageSize: number, dependencies: DependencyList): PagedList<T> {
  const [progress, setProgress] = useState<Progress<T>>(start);
  const newest = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says what the list depends on
  const show = useCallback(
    (before: Progress<T>, pageNumber: number) => {
      const turn = ++newest.current;
      setProgress((shown) => ({ ...shown, pageNumber, isLoading: true, error: undefined }));
      load(pageSize, before.tokens[pageNumber - 1]).then(
        ({ items, next }) => {
          if (turn !== newest.current) return;
          const isLastKnown = pageNumber === before.tokens.length;
          setProgress({
            tokens: isLastKnown && next !== undefined ? [...before.tokens, next] : before.tokens,
            pageNumber,
            isComplete: isLastKnown ? next === undefined : before.isComplete,
            items,
            isLoading: false,
          });
        },
        (error) => {
          if (turn === newest.current)
            setProgress({ ...before, pageNumber, items: [], isLoading: false, error });
        },
      );
    },
    [...dependencies, pageSize],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const refresh = useCallback(() => {
    const turn = newest.current;
    load(pageSize, undefined).then(
      ({ items, next }) => {
        if (turn !== newest.current) return;
        const tokens = next === undefined ? [undefined] : [undefined, next];
        setProgress({ tokens, pageNumber: 1, isComplete: next === undefined, items, isLoading: false });
      },
      // The list as it was is still true enough; the next real load will tell what is wrong.
      () => undefined,
    );
  }, [...dependencies, pageSize]);

  useEffect(() => {
    show(start, 1);
    return () => {
      newest.current++;
    };
  }, [show]);

  return {
    items: progress.items,
    error: progress.error,
    isLoading: progress.isLoading,
    pageNumber: progress.pageNumber,
    knownPages: progress.tokens.length,
    isOpenEnded: !progress.isComplete,
    goTo: (wanted) => show(progress, Math.min(wanted, progress.tokens.length)),
    reload: () => show(start, 1),
    refresh,
  };
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
