import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { openFilesBelow } from "../../../test/support/open-files.ts";
import { stoppedClock } from "../../clock.ts";
import { clientRecord, newPool } from "../contract/fixtures.ts";
import { DatabaseUnavailable } from "../errors.ts";
import { readFixture } from "../migrations/fixtures/records.ts";
import { migrations } from "../migrations/index.ts";
import type { Sealer } from "../sealer.ts";
import type { Snapshot, Snapshots } from "../snapshots.ts";
import type { Store } from "../store.ts";
import { transparentSealer } from "../testing.ts";
import { fileSnapshots } from "./file-snapshots.ts";
import { openSqliteStore } from "./index.ts";

const clock = stoppedClock(1_800_000_000_000);
let folder: string;
let file: string;
let store: Store;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cognate-snapshots-"));
  file = join(folder, "cognate.db");
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

async function open(where: "in memory" | "in a file", sealer: Sealer = transparentSealer): Promise<void> {
  store = await openSqliteStore({
    ...(where === "in memory" ? { inMemory: true } : { file }),
    sealer,
    clock,
  });
}

function snapshots(): Snapshots {
  if (store.snapshots === undefined) throw new Error("The store has no snapshots.");
  return store.snapshots;
}

/** Replaces the store by one with the content of a snapshot. @returns the store before */
async function restore(name: string): Promise<Store> {
  const before = store;
  const swap = await snapshots().prepare(name);
  await swap(useStore);
  return before;
}

async function useStore(after: Store): Promise<void> {
  store = after;
}

it("does not serialize a store in memory that is closed, which Node.js before 24.16 cannot", async () => {
  const serialize = vi.spyOn(DatabaseSync.prototype, "serialize").mockImplementation(() => {
    throw new TypeError("serialize is not a function");
  });
  onTestFinished(() => serialize.mockRestore());
  await open("in memory");
  await newPool(store);
  await store.close();
});

it("refuses to take a snapshot in memory on Node.js before 24.16", async () => {
  const serialize = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, "serialize");
  if (serialize === undefined) throw new Error("This Node.js is too old for the test.");
  onTestFinished(() => void Object.defineProperty(DatabaseSync.prototype, "serialize", serialize));
  Reflect.deleteProperty(DatabaseSync.prototype, "serialize");
  await open("in memory");
  await expect(snapshots().take("base", false)).rejects.toMatchObject({
    reason: "unsupported",
    message: "Snapshots of a server that keeps nothing on disk need Node.js 24.16 or newer.",
  });
  expect(await snapshots().list()).toEqual([]);
});

const isThere = async (poolId: string) => (await store.pools.get(poolId)) !== undefined;

describe.each(["in memory", "in a file"] as const)("snapshots of a store %s", (where) => {
  beforeEach(() => open(where));

  it("bring back what was there, and nothing that came later", async () => {
    const [kept, deleted] = [await newPool(store), await newPool(store)];
    await store.clients.insert(clientRecord(kept, { id: "client" }));
    await snapshots().take("base", false);
    const later = await newPool(store);
    await store.pools.delete(deleted);
    expect([await isThere(kept), await isThere(deleted), await isThere(later)]).toEqual([true, false, true]);

    await restore("base");
    expect([await isThere(kept), await isThere(deleted), await isThere(later)]).toEqual([true, true, false]);
    expect((await store.clients.get("client"))?.secrets[0]?.value).toBe("secret value");
  });

  it("can be restored several times, with writes in between", async () => {
    await snapshots().take("empty", false);
    for (let round = 0; round < 3; round++) {
      const poolId = await newPool(store);
      expect(await isThere(poolId)).toBe(true);
      await restore("empty");
      expect(await isThere(poolId)).toBe(false);
    }
  });

  it("end the store before, which neither reads nor writes any more", async () => {
    const poolId = await newPool(store);
    await store.pools.get(poolId);
    await snapshots().take("base", false);
    const before = await restore("base");
    await expect(before.pools.get(poolId)).rejects.toThrow(DatabaseUnavailable);
    await expect(before.users.find(poolId, "hanako")).rejects.toThrow(DatabaseUnavailable);
    await expect(before.pools.delete(poolId)).rejects.toThrow(DatabaseUnavailable);
    await expect(before.transaction(async () => undefined)).rejects.toThrow(DatabaseUnavailable);
    await expect(before.ping()).rejects.toThrow(DatabaseUnavailable);
    await before.close();
    expect(await isThere(poolId)).toBe(true);
  });

  it("give way to what the store had before if whoever asked cannot use them", async () => {
    await snapshots().take("empty", false);
    const poolId = await newPool(store);
    const swap = await snapshots().prepare("empty");
    const used: boolean[] = [];
    const swapped = swap(async (after, isRestored) => {
      store = after;
      used.push(await isThere(poolId));
      if (isRestored) throw new Error("no room for it");
    });
    await expect(swapped).rejects.toThrow("The snapshot empty cannot be used: no room for it");
    expect(used).toEqual([false, true]);
    expect(await isThere(poolId)).toBe(true);
    expect(await isThere(await newPool(store))).toBe(true);
    await restore("empty");
    expect(await isThere(poolId)).toBe(false);
  });

  it("hold the writes that were acknowledged before they were taken", async () => {
    const writes = Array.from({ length: 20 }, () => newPool(store));
    await Promise.all(writes);
    const taken = snapshots().take("base", false);
    const later = newPool(store);
    await Promise.all([taken, later]);
    await restore("base");
    for (const poolId of await Promise.all(writes)) expect(await isThere(poolId)).toBe(true);
  });

  it("are listed by name, and deleted", async () => {
    expect(await snapshots().list()).toEqual([]);
    const taken = new Map<string, Snapshot>();
    for (const name of ["b", "C-1_x", "d", "a"]) taken.set(name, await snapshots().take(name, false));
    const listed = await snapshots().list();
    expect(listed.map(({ name }) => name)).toEqual(["C-1_x", "a", "b", "d"]);
    expect(listed).toEqual(listed.map(({ name }) => taken.get(name)));
    expect(listed.every(({ bytes, takenAt }) => bytes > 0 && Number.isInteger(takenAt))).toBe(true);
    await snapshots().delete("a");
    expect((await snapshots().list()).map(({ name }) => name)).toEqual(["C-1_x", "b", "d"]);
  });

  it("are replaced only on request", async () => {
    await snapshots().take("base", false);
    const poolId = await newPool(store);
    await expect(snapshots().take("base", false)).rejects.toThrow(
      "There is a snapshot base already: replace it, or give another name.",
    );
    await snapshots().take("base", true);
    await restore("base");
    expect(await isThere(poolId)).toBe(true);
  });

  it("cannot be restored or deleted if they do not exist", async () => {
    await expect(snapshots().prepare("none")).rejects.toThrow("There is no snapshot none.");
    await expect(snapshots().delete("none")).rejects.toThrow("There is no snapshot none.");
  });

  it.each(["", ".", "..", "../cognate", "a/b", "a\\b", "a.db", "a b", "ä", "a".repeat(65), "a\0"])(
    "cannot have the name %j",
    async (name) => {
      const refusal = "A snapshot's name has 1 to 64 letters from a to z, digits, hyphens and underscores.";
      await expect(snapshots().take(name, true)).rejects.toThrow(refusal);
      await expect(snapshots().prepare(name)).rejects.toThrow(refusal);
      await expect(snapshots().delete(name)).rejects.toThrow(refusal);
      expect(await snapshots().list()).toEqual([]);
    },
  );
});

describe("a snapshot in a file", () => {
  const pathOf = (name: string) => join(folder, "snapshots", `${name}.db`);

  it("can be read by its owner alone, as can the folder and the restored database", async () => {
    await open("in a file");
    await snapshots().take("base", false);
    await restore("base");
    const modeOf = (path: string) => statSync(path).mode & 0o777;
    expect([modeOf(join(folder, "snapshots")), modeOf(pathOf("base")), modeOf(file)]).toEqual([
      0o700, 0o600, 0o600,
    ]);
  });

  it("makes the restored database its owner's alone, although others could read the snapshot", async () => {
    await open("in a file");
    await snapshots().take("base", false);
    chmodSync(pathOf("base"), 0o644);
    await restore("base");
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("is taken while writes go on, which do not make the copy begin again", async () => {
    await open("in a file");
    const large = new DatabaseSync(file);
    large.exec("create table padding (content blob)");
    // Several times what is copied at a time.
    large.prepare("insert into padding values (zeroblob(?))").run(24 * 1024 * 1024);
    large.close();
    let isTaken = false;
    const writing = (async () => {
      while (!isTaken) await newPool(store);
    })();
    await snapshots().take("base", false);
    isTaken = true;
    await writing;
    expect((await snapshots().list()).map(({ name }) => name)).toEqual(["base"]);
  });

  it.skipIf(process.platform !== "linux")(
    "keeps no file open after it was taken, restored and deleted",
    async () => {
      await open("in a file");
      const before = openFilesBelow(folder).sort();
      for (let round = 0; round < 2; round++) {
        await snapshots().take("base", false);
        await restore("base");
        await snapshots().delete("base");
      }
      expect(openFilesBelow(folder).sort()).toEqual(before);
    },
  );

  it("remains when the store is opened again, and so does what was restored", async () => {
    await open("in a file");
    const kept = await newPool(store);
    await snapshots().take("base", false);
    const later = await newPool(store);
    await store.close();
    await open("in a file");
    expect([await isThere(kept), await isThere(later)]).toEqual([true, true]);
    await restore("base");
    const last = await newPool(store);
    await store.close();
    await open("in a file");
    expect([await isThere(kept), await isThere(later), await isThere(last)]).toEqual([true, false, true]);
  });

  it("leaves no other file behind", async () => {
    await open("in a file");
    await snapshots().take("base", false);
    await snapshots().take("base", true);
    await restore("base");
    await store.close();
    expect(readdirSync(folder).sort()).toEqual(["cognate.db", "cognate.db.lock", "snapshots"]);
    expect(readdirSync(join(folder, "snapshots"))).toEqual(["base.db"]);
  });

  it("holds no secret that is not sealed", async () => {
    const sealer: Sealer = {
      seal: (plaintext, context) =>
        transparentSealer.seal(
          plaintext.map((byte) => byte ^ 0xff),
          context,
        ),
      open: (sealed, context) => transparentSealer.open(sealed, context).map((byte) => byte ^ 0xff),
    };
    await open("in a file", sealer);
    await store.clients.insert(clientRecord(await newPool(store), { id: "client" }));
    await snapshots().take("base", false);
    expect(readFileSync(pathOf("base")).includes("secret value")).toBe(false);
    await restore("base");
    expect((await store.clients.get("client"))?.secrets[0]?.value).toBe("secret value");
  });

  it("of an earlier version of the program is migrated, and itself left as it is", async () => {
    await open("in a file");
    await snapshots().take("base", false);
    const old = readFileSync(join(import.meta.dirname, "../migrations/fixtures/0001.sqlite.sql"), "utf8");
    rmSync(pathOf("base"));
    const database = new DatabaseSync(pathOf("base"));
    database.exec(old);
    database.close();
    const before = readFileSync(pathOf("base"));
    for (let round = 0; round < 2; round++) {
      await restore("base");
      const { expected, found } = await readFixture(store, 1);
      expect(found).toEqual(expected);
      expect(readFileSync(pathOf("base")).equals(before)).toBe(true);
    }
    const current = new DatabaseSync(file, { readOnly: true });
    expect(current.prepare("select max(version) as version from schema_migrations").get()).toEqual({
      version: migrations.at(-1)?.version,
    });
    current.close();
  });

  const breaks: readonly (readonly [string, string, (path: string) => void])[] = [
    [
      "a newer version of the program",
      "schema version 9999",
      (path) => {
        const database = new DatabaseSync(path);
        database.exec("insert into schema_migrations values (9999, 'future', 0)");
        database.close();
      },
    ],
    ["no database", "file is not a database", (path) => writeFileSync(path, "x".repeat(5000))],
  ];
  it.each(breaks)("that is %s is refused, and the store goes on", async (_, reason, damage) => {
    await open("in a file");
    const poolId = await newPool(store);
    await snapshots().take("base", false);
    damage(pathOf("base"));
    await expect(snapshots().prepare("base")).rejects.toThrow(reason);
    expect(await isThere(poolId)).toBe(true);
    await newPool(store);
    expect(existsSync(`${file}.restoring`)).toBe(false);
  });

  it("that another master key sealed is refused, and the store goes on", async () => {
    await open("in a file");
    await store.clients.insert(clientRecord(await newPool(store)));
    await snapshots().take("base", false);
    await store.close();
    const content = readFileSync(pathOf("base"));
    rmSync(file);
    const other: Sealer = {
      seal: (plaintext, context) => transparentSealer.seal(plaintext, `other ${context}`),
      open: (sealed, context) => transparentSealer.open(sealed, `other ${context}`),
    };
    await open("in a file", other);
    writeFileSync(pathOf("base"), content);
    const poolId = await newPool(store);
    await expect(snapshots().prepare("base")).rejects.toThrow("The snapshot base cannot be used");
    expect(await isThere(poolId)).toBe(true);
  });

  it("is refused while another program has the database open, and the store goes on with what it had", async () => {
    await open("in a file");
    await snapshots().take("base", false);
    const poolId = await newPool(store);
    const tool = new DatabaseSync(file, { readOnly: true });
    tool.prepare("select count(*) from pools").get();
    await expect(restore("base")).rejects.toThrow(`Another program has ${file} open.`);
    tool.close();
    expect(await isThere(poolId)).toBe(true);
    await restore("base");
    expect(await isThere(poolId)).toBe(false);
  });

  it("that was damaged after it was found to be usable gives way to what the store had before", async () => {
    await open("in a file");
    await snapshots().take("base", false);
    const poolId = await newPool(store);
    const swap = await snapshots().prepare("base");
    writeFileSync(`${file}.restoring`, "x".repeat(5000));
    await expect(swap(useStore)).rejects.toThrow("The snapshot base cannot be used: file is not a database");
    expect(await isThere(poolId)).toBe(true);
    await store.close();
    expect(readdirSync(folder).sort()).toEqual(["cognate.db", "cognate.db.lock", "snapshots"]);
    await open("in a file");
    expect(await isThere(poolId)).toBe(true);
  });

  it("leaves no log of its own to the database of before, which would get its pages from it", async () => {
    await open("in a file");
    await snapshots().take("base", false);
    await store.close();
    const prepared = await fileSnapshots(file).prepare("base");
    const moved = await prepared.moveIn();
    for (const end of ["-wal", "-shm", "-journal"]) writeFileSync(file + end, "of the snapshot");
    await moved.moveOut();
    expect(readdirSync(folder).sort()).toEqual(["cognate.db", "cognate.db.lock", "snapshots"]);
  });

  it("that cannot be moved in is refused, and leaves no copy of the database behind", async () => {
    await open("in a file");
    await snapshots().take("base", false);
    const poolId = await newPool(store);
    const swap = await snapshots().prepare("base");
    rmSync(`${file}.restoring`);
    await expect(swap(useStore)).rejects.toThrow("The snapshot base cannot be used");
    expect(await isThere(poolId)).toBe(true);
    expect(existsSync(`${file}.before`)).toBe(false);
  });

  it("is restored without what an earlier restore, which was killed, had written into its copy", async () => {
    await open("in a file");
    const poolId = await newPool(store);
    await snapshots().take("base", false);
    await store.close();
    const copy = `${file}.restoring`;
    copyFileSync(pathOf("base"), copy);
    const killed = new DatabaseSync(copy);
    killed.exec("pragma journal_mode = wal");
    killed.exec("delete from pools");
    copyFileSync(`${copy}-wal`, join(folder, "log"));
    killed.close();
    copyFileSync(join(folder, "log"), `${copy}-wal`);
    await open("in a file");
    await restore("base");
    expect(await isThere(poolId)).toBe(true);
  });

  it("is listed without other files of its folder", async () => {
    await open("in a file");
    await snapshots().take("base", false);
    for (const other of ["unfinished", "base.txt", "a b.db"])
      writeFileSync(join(folder, "snapshots", other), "");
    expect((await snapshots().list()).map(({ name }) => name)).toEqual(["base"]);
  });

  it("is restored although an earlier restore left files behind", async () => {
    await open("in a file");
    await snapshots().take("base", false);
    for (const end of ["", "-wal", "-shm"]) writeFileSync(`${file}.restoring${end}`, "rest");
    writeFileSync(`${file}.before`, "rest");
    writeFileSync(join(folder, "snapshots", "unfinished"), "rest");
    const poolId = await newPool(store);
    await snapshots().take("other", false);
    await restore("base");
    expect(await isThere(poolId)).toBe(false);
    expect((await snapshots().list()).map(({ name }) => name)).toEqual(["base", "other"]);
  });
});
