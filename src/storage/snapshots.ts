/** States of a whole store, saved by name: for tests that go back to one. */
import { messageOf } from "../message-of.ts";
import type { Store } from "./store.ts";

export interface Snapshot {
  readonly name: string;
  /** Milliseconds since the Unix epoch, by the system's clock. */
  readonly takenAt: number;
  readonly bytes: number;
}

/** The snapshots of one store. Callers take, restore and delete one after another. */
export interface Snapshots {
  /** By name. */
  list(): Promise<readonly Snapshot[]>;
  /**
   * Saves everything that is acknowledged by now.
   *
   * @param replaces whether a snapshot of this name gives way to it
   * @throws SnapshotRefused
   */
  take(name: string, replaces: boolean): Promise<Snapshot>;
  /**
   * Makes everything ready to go back to a snapshot, of an earlier version of the program too. Until the result is called,
   * nothing changes, and nothing of the store is lost if it never is.
   *
   * @throws SnapshotRefused
   */
  prepare(name: string): Promise<Swap>;
  /** @throws SnapshotRefused */
  delete(name: string): Promise<void>;
}

/**
 * Ends a store and opens another one with what the snapshot holds; after a crash in between, the database is the one before or
 * the one after. If that store cannot be opened or used, opens one with what the store before had.
 *
 * @param use gets the store that was opened, and whether it has what the snapshot holds
 * @throws SnapshotRefused the last store that was used has what the store before had
 */
export type Swap = (use: (store: Store, isRestored: boolean) => Promise<void>) => Promise<void>;

/** The message says why, for the person who asked. */
export class SnapshotRefused extends Error {
  readonly reason: "invalidName" | "unknown" | "exists" | "unusable" | "unsupported";
  constructor(reason: SnapshotRefused["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** A name is a part of a file's name. */
const NAME = /^[A-Za-z0-9_-]{1,64}$/;

export const isSnapshotName = (name: string): boolean => NAME.test(name);

/** @throws SnapshotRefused it is no name of a snapshot */
export function requireSnapshotName(name: string): void {
  if (isSnapshotName(name)) return;
  throw new SnapshotRefused(
    "invalidName",
    "A snapshot's name has 1 to 64 letters from a to z, digits, hyphens and underscores.",
  );
}

export function unknownSnapshot(name: string): SnapshotRefused {
  return new SnapshotRefused("unknown", `There is no snapshot ${name}.`);
}

export function existingSnapshot(name: string): SnapshotRefused {
  return new SnapshotRefused(
    "exists",
    `There is a snapshot ${name} already: replace it, or give another name.`,
  );
}

/** @param cause why a store cannot be opened with it */
export function unusableSnapshot(name: string, cause: unknown): SnapshotRefused {
  return new SnapshotRefused("unusable", `The snapshot ${name} cannot be used: ${messageOf(cause)}`, {
    cause,
  });
}
