/** The user pool that the address names: loaded once for all of its pages. */
import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type Loaded, useFresh, useLoad } from "../api/load.ts";
import { describePool } from "../api/pools.ts";
import { Loading } from "../components/basics/loading.tsx";

interface LoadedPool {
  readonly value: UserPoolType | undefined;
  readonly reload: () => void;
}

const StateContext = createContext<Loaded<UserPoolType> | undefined>(undefined);

/** Apart from the state, so that what shows the pool is not rendered when it was loaded again and has not changed. */
const PoolContext = createContext<LoadedPool | undefined>(undefined);

export function PoolProvider({
  poolId,
  children,
}: {
  readonly poolId: string | undefined;
  readonly children: ReactNode;
}) {
  const load = poolId === undefined ? undefined : () => describePool(poolId);
  const state = useLoad(["pool", poolId], load);
  const { value, reload } = state;
  const loaded = useMemo(() => ({ value, reload }), [value, reload]);
  return (
    <StateContext value={state}>
      <PoolContext value={loaded}>{children}</PoolContext>
    </StateContext>
  );
}

/** The pool once it is known, for the frame around its pages. */
export function useLoadedPool(): UserPoolType | undefined {
  return inProvider(useContext(PoolContext)).value;
}

/** The pool on a page inside {@link PoolPage}, and how to load it again. */
export function usePool(): { readonly pool: UserPoolType; readonly reload: () => void } {
  const { value, reload } = inProvider(useContext(PoolContext));
  if (value === undefined) throw new Error("usePool is called outside of PoolPage.");
  return { pool: value, reload };
}

function inProvider<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("The pool is asked for outside of PoolProvider.");
  return value;
}

/** For a page that shows what other pages change, such as the number of users: loads the pool again on arrival. */
export function useFreshPool(): ReturnType<typeof usePool> {
  const state = usePool();
  const poolId = state.pool.Id ?? "";
  useFresh(["pool", poolId], () => describePool(poolId));
  return state;
}

interface PageProps {
  readonly poolId: string;
  readonly children: ReactNode;
}

/** Shows a page once its pool is there, or why it is not. A page that is shown stays when the pool cannot be loaded again. */
export function PoolPage({ poolId, children }: PageProps) {
  return (
    <Loading loaded={inProvider(useContext(StateContext))} title={poolId}>
      {() => children}
    </Loading>
  );
}
