/** Loading for pages: progress, value and error. */
import {
  focusManager,
  hashKey,
  QueryClient,
  type QueryKey,
  skipToken,
  useMutation,
  useQuery,
} from "@tanstack/react-query";
import { useCallback, useRef } from "react";

const JUST_NOW_MILLISECONDS = 1_000;

/** The loaded values of all pages. Emptied when another person signs in. */
export const loadedData = new QueryClient({
  defaultOptions: {
    queries: {
      // AWS's SDK retries transient errors itself; refusals are final.
      retry: false,
      // The browser's "offline" state does not apply to a server on this machine.
      networkMode: "always",
      refetchOnWindowFocus: false,
    },
    mutations: { retry: false, networkMode: "always" },
  },
});

/**
 * Stops or resumes polling, as the library itself does for a page that is not visible. After the end of the session every
 * call would be refused.
 */
export function setPolling(isOn: boolean): void {
  focusManager.setFocused(isOn ? undefined : false);
}

export interface Loaded<T> {
  /** The last value that came; it stays while a newer one is loaded. */
  readonly value: T | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/** What is being loaded again. */
const reloads = new Set<Promise<unknown>>();

/** Waits until all that an action has changed is loaded again, or could not be. */
export async function changesLoaded(): Promise<void> {
  await Promise.all(reloads);
}

/**
 * Calls `load` at first and whenever `key`, the name of the value, changes. A page always starts with a value that it loaded
 * itself: a form that began with an older one would write that back.
 *
 * @param load undefined while there is nothing to load
 * @param refreshMilliseconds how often it is loaded again while it is shown
 */
export function useLoad<T>(
  key: QueryKey,
  load: (() => Promise<T>) | undefined,
  refreshMilliseconds: number | false = false,
): Loaded<T> {
  const query = useQuery({
    queryKey: key,
    queryFn: load ?? skipToken,
    gcTime: 0,
    refetchInterval: refreshMilliseconds,
  });
  const { refetch } = query;
  const latest = useRef<{ readonly name: string; readonly value: T }>(undefined);
  const name = hashKey(key);
  if (query.isFetchedAfterMount && query.isSuccess) latest.current = { name, value: query.data };
  return {
    // Not `query.data` after a failure: another part of the page may have loaded that before.
    value: latest.current?.name === name ? latest.current.value : undefined,
    error: query.error ?? undefined,
    isLoading: query.isFetching,
    reload: useCallback(() => {
      const reloading = refetch().finally(() => reloads.delete(reloading));
      reloads.add(reloading);
    }, [refetch]),
  };
}

/** Loads the value of `key` again for a page that shows it first, unless it has just come. */
export function useFresh<T>(key: QueryKey, load: () => Promise<T>): void {
  useQuery({ queryKey: key, queryFn: load, gcTime: 0, staleTime: JUST_NOW_MILLISECONDS });
}

/** The value that the visible page has loaded under `key`, for the frame around it. */
export function useLoadedValue<T>(key: QueryKey): T | undefined {
  return useQuery<T>({ queryKey: key, queryFn: skipToken, gcTime: 0 }).data;
}

export interface Action {
  /** Runs it; a failure is kept in `error` and not thrown. @returns whether it succeeded */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
  readonly isRunning: boolean;
  readonly error: unknown;
  readonly clear: () => void;
}

/** Something that a button does. */
export function useAction(): Action {
  const { mutateAsync, isPending, error, reset } = useMutation({
    mutationFn: (work: () => Promise<void>) => work(),
  });
  const run = useCallback(
    (work: () => Promise<void>) =>
      mutateAsync(work).then(
        () => true,
        () => false,
      ),
    [mutateAsync],
  );
  return { run, isRunning: isPending, error: error ?? undefined, clear: reset };
}
