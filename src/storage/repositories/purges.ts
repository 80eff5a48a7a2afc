/**
 * Removing what a deleted pool or group leaves behind, in steps small enough that other writers hardly notice. Nothing can
 * see that content any more: every query finds it through the pool's or the group's row, and keys are never given again.
 */
import type { Session, Writer } from "../engine.ts";
import { atMost, prepared } from "../query.ts";
import type { Database, PurgesTable } from "../tables.ts";

/** Users, groups or memberships that one step removes: some milliseconds of work. */
const STEP_ROWS = 200;

export async function requestPurge(writer: Writer, kind: PurgesTable["kind"], key: number): Promise<void> {
  await writer.run(insertPurge, { kind, key });
}

/** Takes one step. @returns how many rows it removed; 0 when nothing is left to purge */
export async function purgeStep(session: Session): Promise<number> {
  return session.write(async (writer) => {
    const purge = await writer.first(selectPurge, {});
    if (!purge) return 0;
    for (const remove of purge.kind === "pool" ? removalsOfPool : removalsOfGroup) {
      const removed = await writer.run(remove, { key: purge.key, limit: STEP_ROWS });
      if (removed > 0) return removed;
    }
    return writer.run(deletePurge, { key: purge.key });
  });
}

const insertPurge = prepared<PurgesTable>()((db, p) =>
  db.insertInto("purges").values({ key: p("key"), kind: p("kind") }),
);

const selectPurge = prepared<Record<never, never>>()((db) =>
  db.selectFrom("purges").selectAll().orderBy("key").limit(1),
);

const deletePurge = prepared<{ key: number }>()((db, p) =>
  db.deleteFrom("purges").where("key", "=", p("key")),
);

/** Deletes some rows of `table` that lead with this pool's key, chosen by the column that follows in an index. */
function removalOf<Table extends keyof Database>(
  table: Table,
  owner: "pool_key" | "group_key",
  chosenBy: string,
) {
  return prepared<{ key: number; limit: number }>()((db, p) => {
    const { ref } = db.dynamic;
    return db
      .deleteFrom(table as "group_members")
      .where(ref<"pool_key">(owner), "=", p("key"))
      .where(
        ref<"sub">(chosenBy),
        "in",
        db
          .selectFrom(table as "group_members")
          .select(ref<"sub">(chosenBy))
          .where(ref<"pool_key">(owner), "=", p("key"))
          .limit(atMost(p("limit"))),
      );
  });
}

/** Users take with them all that is theirs: the schema's references cascade. */
const removalsOfPool = [
  removalOf("users", "pool_key", "sub"),
  removalOf("groups", "pool_key", "key"),
  removalOf("user_counts", "pool_key", "shard"),
];

const removalsOfGroup = [removalOf("group_members", "group_key", "sub")];
