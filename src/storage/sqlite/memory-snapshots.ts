import type { Clock } from "../../clock.ts";
import {
  existingSnapshot,
  requireSnapshotName,
  type Snapshot,
  SnapshotRefused,
  unknownSnapshot,
} from "../snapshots.ts";
import { openInMemory } from "./database.ts";
import type { PlaceSnapshots } from "./places.ts";

/**
 * Snapshots of a database in memory, which are gone with it.
 *
 * @param moveIn makes the place open this content from now on, and returns what makes it open the content of before again
 */
export function memorySnapshots(
  clock: Clock,
  moveIn: (content: Uint8Array) => () => Promise<void>,
): PlaceSnapshots {
  const kept = new Map<string, { readonly content: Uint8Array; readonly takenAt: number }>();
  const contentOf = (name: string) => {
    requireSnapshotName(name);
    const content = kept.get(name)?.content;
    if (content === undefined) throw unknownSnapshot(name);
    return content;
  };
  return {
    async list() {
      return [...kept]
        .map(([name, { content, takenAt }]): Snapshot => ({ name, takenAt, bytes: content.length }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async take(name, replaces, { writer }) {
      requireSnapshotName(name);
      if (kept.has(name) && !replaces) throw existingSnapshot(name);
      if (!("serialize" in writer)) {
        throw new SnapshotRefused(
          "unsupported",
          "Snapshots of a server that keeps nothing on disk need Node.js 24.16 or newer.",
        );
      }
      const content = writer.serialize();
      const takenAt = clock.now();
      kept.set(name, { content, takenAt });
      return { name, takenAt, bytes: content.length };
    },
    async prepare(name) {
      const content = contentOf(name);
      return {
        isProven: true,
        noteProven: () => undefined,
        connect: () => openInMemory(content),
        flush: async () => undefined,
        moveIn: async () => ({ moveOut: moveIn(content), keep: () => undefined }),
        discard: () => undefined,
      };
    },
    async delete(name) {
      contentOf(name);
      kept.delete(name);
    },
  };
}
