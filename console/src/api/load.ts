/** Loading for pages: what is under way, what came, and what went wrong. */
import { type DependencyList, useCallback, useEffect, useRef, useState } from "react";

export interface Loaded<T> {
  /** The last value that came; it stays while a newer one is loaded. */
  readonly value: T | undefined;
  readonly error: unknown;
  readonly isLoading: boolean;
  readonly reload: () => void;
}

/** Calls `load` at first and whenever `dependencies` change; a late answer to an earlier call is dropped. */
export function useLoad<T>(load: () => Promise<T>, dependencies: DependencyList): Loaded<T> {
  const [state, setState] = useState<{ value?: T; error?: unknown; isLoading: boolean }>({ isLoading: true });
  const newest = useRef(0);

  const start = useCallback(() => {
    const turn = ++newest.current;
    setState((before) => ({ ...before, isLoading: true }));
    load().then(
      (value) => turn === newest.current && setState({ value, isLoading: false }),
      (error) => turn === newest.current && setState({ error, isLoading: false }),
    );
    // biome-ignore lint/correctness/useExhaustiveDependencies: the caller says what the load depends on
  }, dependencies);

  useEffect(() => {
    start();
    return () => {
      newest.current++;
    };
  }, [start]);

  return { value: state.value, error: state.error, isLoading: state.isLoading, reload: start };
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
  const [state, setState] = useState<{ isRunning: boolean; error?: unknown }>({ isRunning: false });
  const run = useCallback(async (work: () => Promise<void>) => {
    setState({ isRunning: true });
    try {
      await work();
      setState({ isRunning: false });
      return true;
    } catch (error) {
      setState({ isRunning: false, error });
      return false;
    }
  }, []);
  const clear = useCallback(() => setState({ isRunning: false }), []);
  return { run, isRunning: state.isRunning, error: state.error, clear };
}
