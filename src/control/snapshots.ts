/** What the server holds, saved under a name and restored, for tests that begin in the same state. */
import type { ServerResponse } from "node:http";
import type { Snapshot, SnapshotRefused } from "../storage/index.ts";

/** The snapshots of a server: of what is stored, and of the clock. One call is done after the other. */
export interface ServerSnapshots {
  /** By name. @throws SnapshotRefused, as all others do, if the store is one that has no snapshots */
  list(): Promise<readonly Snapshot[]>;
  /** @param options whether a snapshot of this name gives way; otherwise it is an error */
  take(name: string, options?: { readonly replace?: boolean | undefined }): Promise<Snapshot>;
  /** Afterwards the server is as it was when the snapshot was taken. */
  restore(name: string): Promise<void>;
  delete(name: string): Promise<void>;
  /**
   * A restore waits for the requests that are under way. Call this before one of the calls above for a request, because the call
   * waits until the restore before it is over, so that both would wait for each other.
   */
  doNotWaitFor(response: ServerResponse): void;
  /** How many restores there were: what a client has read before the last one may be out of date. */
  readonly restores: number;
}

const STATUSES: Readonly<Record<SnapshotRefused["reason"], number>> = {
  invalidName: 400,
  unknown: 404,
  exists: 409,
  unusable: 409,
  unsupported: 501,
};

export function statusOfRefusal({ reason }: SnapshotRefused): number {
  return STATUSES[reason];
}

/** A path as a route has it, with `NAME` in place of the snapshot's name, and that name; empty in other paths. */
export function snapshotPath(path: string): { readonly pattern: string; readonly name: string } {
  const [, encoded, rest = ""] = /^\/snapshots\/([^/]+)(\/restore)?$/.exec(path) ?? [];
  if (encoded === undefined) return { pattern: path, name: "" };
  return { pattern: `/snapshots/NAME${rest}`, name: decoded(encoded) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // As it is, it is no name either.
    return text;
  }
}
