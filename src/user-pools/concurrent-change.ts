/**
 * Concurrent changes of configuration. Transactions already keep each change whole. In addition, a change fails here if it
 * would overwrite another one that was made meanwhile. @see docs/decisions/0145-concurrent-changes.md
 */
import { isDeepStrictEqual } from "node:util";
import { ConcurrentModificationException } from "../api-model/index.ts";
import type { Repositories, Store } from "../storage/index.ts";

/** The changed object, and Cognito's error for a change that came in between. */
export interface Subject<T = unknown> {
  /** Undefined if it does not exist: the change decides what that means. */
  readonly read: (repositories: Repositories) => Promise<T | undefined>;
  readonly message: string;
}

/** The text was seen on AWS: serverless/serverless#6524. */
export const poolSubject = (poolId: string): Subject => ({
  read: ({ pools }) => pools.get(poolId),
  message: "Only one request to update this UserPool can be processed at a time.",
});

/** The text was seen on AWS: hashicorp/terraform-provider-aws#19794. */
export const clientSubject = (clientId: string): Subject => ({
  read: ({ clients }) => clients.get(clientId),
  message: "Only one request to update user pool client can be processed at a time.",
});

/** Of anything else; the text is ours, in the form of those that are known. */
export const subject = <T>(name: string, read: Subject<T>["read"]): Subject<T> => ({
  read,
  message: `Only one request to update ${name} can be processed at a time.`,
});

type Change<T> = (repositories: Repositories) => Promise<T>;

/**
 * Reads the subject for a change that is rejected if another request changes the subject meanwhile.
 *
 * @returns the subject, and a function that runs the change in a transaction; it throws ConcurrentModificationException
 *   if another request has changed the subject since it was read
 */
export async function beginChange<S>(
  store: Store,
  { read, message }: Subject<S>,
): Promise<{ readonly before: S | undefined; readonly finish: <T>(change: Change<T>) => Promise<T> }> {
  // In a transaction, because reads outside of one may be of a cache.
  const before = await store.transaction(read);
  return {
    before,
    finish: (change) =>
      store.transaction(async (repositories) => {
        const present = await read(repositories);
        if (present !== undefined && !isDeepStrictEqual(present, before)) {
          throw new ConcurrentModificationException(message);
        }
        return change(repositories);
      }),
  };
}

/** {@link beginChange}, with nothing to do before the change. */
export async function changeAlone<T>(store: Store, what: Subject, change: Change<T>): Promise<T> {
  const { finish } = await beginChange(store, what);
  return finish(change);
}
