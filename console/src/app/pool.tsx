/** The user pool that the address names: loaded once for all of its pages. */
import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import ContentLayout from "@cloudscape-design/components/content-layout";
import { createContext, type ReactNode, useContext } from "react";
import { type Loaded, useFresh, useLoad } from "../api/load.ts";
import { describePool } from "../api/pools.ts";
import { Loading } from "../components/basics/loading.tsx";
import { PageHeader } from "../components/basics/page-header.tsx";
import { ProblemAlert } from "../components/basics/problem.tsx";

const PoolContext = createContext<Loaded<UserPoolType> | undefined>(undefined);

export function PoolProvider({
  poolId,
  children,
}: {
  readonly poolId: string | undefined;
  readonly children: ReactNode;
}) {
  const load = poolId === undefined ? undefined : () => describePool(poolId);
  const loaded = useLoad(["pool", poolId], load);
  return <PoolContext value={loaded}>{children}</PoolContext>;
}

function usePoolState(): Loaded<UserPoolType> {
  const state = useContext(PoolContext);
  if (state === undefined) throw new Error("The pool is asked for outside of PoolProvider.");
  return state;
}

/** The pool's name once it is known, for headings around its pages. */
export function usePoolName(): string | undefined {
  return usePoolState().value?.Name;
}

/** The pool once it is known, for the frame around its pages. */
export function useLoadedPool(): UserPoolType | undefined {
  return usePoolState().value;
}

/** The pool on a page inside {@link PoolPage}, and how to load it again. */
export function usePool(): { readonly pool: UserPoolType; readonly reload: () => void } {
  const { value, reload } = usePoolState();
  if (value === undefined) throw new Error("usePool is called outside of PoolPage.");
  return { pool: value, reload };
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
  const state = usePoolState();
  if (state.value !== undefined)
    return (
      <>
        <ProblemAlert error={state.error} onRetry={state.reload} />
        {children}
      </>
    );
  const page = <Loading loaded={state}>{() => children}</Loading>;
  // The page that would have a heading of its own is not shown.
  return state.error === undefined ? (
    page
  ) : (
    <ContentLayout header={<PageHeader title={poolId} />}>{page}</ContentLayout>
  );
}
