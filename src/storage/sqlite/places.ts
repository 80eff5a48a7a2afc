import type { Clock } from "../../clock.ts";
import { lazy } from "../../lazy.ts";
import type { Snapshot } from "../snapshots.ts";
import { connectToFile, openInMemory, type SqliteDatabase } from "./database.ts";
import { lockFile } from "./file-lock.ts";

/** Where a database is kept, with the snapshots of it. */
export interface Place {
  /** Opens what is there; one connection at a time. */
  connect(): SqliteDatabase;
  /** Closes a database so that what it holds can be opened again. */
  disconnect(database: SqliteDatabase): Promise<void>;
  /** Lets other processes have it. */
  release(): void;
  /** Loaded when first used: most servers have none. */
  snapshots(): Promise<PlaceSnapshots>;
}

/** The snapshots of a database, as its place keeps them. */
export interface PlaceSnapshots {
  list(): Promise<readonly Snapshot[]>;
  /** Copies what the database holds at the call, in which no transaction may be open. @throws SnapshotRefused */
  take(name: string, replaces: boolean, database: SqliteDatabase): Promise<Snapshot>;
  /** Makes a copy of the snapshot that can be changed and moved in. @throws SnapshotRefused */
  prepare(name: string): Promise<PreparedSnapshot>;
  /** @throws SnapshotRefused */
  delete(name: string): Promise<void>;
}

export interface PreparedSnapshot {
  /** Whether this process has opened the snapshot's content as it is. */
  readonly isProven: boolean;
  /** To be called when its content was opened, and needed no change. */
  noteProven(): void;
  /** Opens the copy. */
  connect(): SqliteDatabase;
  /** Waits until the copy, closed again, survives a power loss. */
  flush(): Promise<void>;
  /** Puts the copy where the place's database is, which must be closed: all of it or nothing. */
  moveIn(): Promise<MovedSnapshot>;
  /** Deletes a copy that will not be moved in. */
  discard(): void;
}

/** A snapshot that has taken the place of a database. */
export interface MovedSnapshot {
  /** Puts the database of before into its place again. The one that was moved in must be closed. */
  moveOut(): Promise<void>;
  /** Deletes the database of before. */
  keep(): void;
}

/** @throws DatabaseInUse another process has it */
export function filePlace(file: string): Place {
  const release = lockFile(file);
  return {
    connect: () => connectToFile(file),
    disconnect: (database) => database.close(),
    release,
    snapshots: lazy(async () => (await import("./file-snapshots.ts")).fileSnapshots(file)),
  };
}

export function memoryPlace(clock: Clock): Place {
  let content: Uint8Array | undefined;
  const moveIn = (bytes: Uint8Array) => {
    const before = content;
    content = bytes;
    return async () => {
      content = before;
    };
  };
  return {
    connect: () => openInMemory(content),
    async disconnect(database) {
      // Only here, and not whenever a database is closed: Node.js before 24.16 cannot do it.
      content = database.writer.serialize();
      await database.close();
    },
    release: () => undefined,
    snapshots: lazy(async () => (await import("./memory-snapshots.ts")).memorySnapshots(clock, moveIn)),
  };
}
