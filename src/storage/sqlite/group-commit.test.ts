import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Session } from "../engine.ts";
import { DatabaseUnavailable } from "../errors.ts";
import { prepared } from "../query.ts";
import { SqliteConnection } from "./connection.ts";
import { GroupCommit } from "./group-commit.ts";

describe("group commit", () => {
  let database: DatabaseSync;
  let commits: GroupCommit;
  let configurationChanges: number;

  beforeEach(() => {
    configurationChanges = 0;
    database = new DatabaseSync(":memory:");
    database.exec("create table parents (id integer primary key)");
    database.exec(
      "create table used_tickets (id text primary key, expires_at integer references parents deferrable initially deferred)",
    );
    database.exec("insert into parents values (1)");
    commits = new GroupCommit(database, new SqliteConnection(database), {
      configurationChanged() {
        configurationChanges += 1;
      },
    });
  });

  afterEach(() => database.close());

  const insert = prepared<{ id: string; parent: number }>()((db, p) =>
    db.insertInto("used_tickets").values({ id: p("id"), expires_at: p("parent") }),
  );
  const write = (id: string, parent = 1) =>
    commits.transaction((session) => session.run(insert, { id, parent }));
  const kept = () =>
    database
      .prepare("select id from used_tickets order by id")
      .all()
      .map(({ id }) => id);

  it("commits waiting transactions together", async () => {
    const exec = vi.spyOn(Object.getPrototypeOf(database.prepare("commit")), "run");
    await Promise.all(["a", "b", "c"].map((id) => write(id)));
    // begin, three times (enter, insert, leave), commit
    expect(exec).toHaveBeenCalledTimes(11);
    exec.mockRestore();
    expect(kept()).toEqual(["a", "b", "c"]);
  });

  it("acknowledges nothing before the commit", async () => {
    const inCommit: boolean[] = [];
    const note = () => inCommit.push(database.isTransaction);
    await Promise.all([write("a").then(note), write("b").then(note), write("a").catch(note)]);
    expect(inCommit).toEqual([false, false, false]);
  });

  it("rolls back a failed transaction and commits the others", async () => {
    const fails = commits.transaction(async (session) => {
      await session.run(insert, { id: "b", parent: 1 });
      throw new RangeError("no");
    });
    const results = await Promise.allSettled([write("a"), fails, write("c")]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(kept()).toEqual(["a", "c"]);
  });

  it("rejects all transactions if the commit fails, and runs the next group", async () => {
    const results = await Promise.allSettled([write("a"), write("orphan", 9)]);
    expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(kept()).toEqual([]);
    await write("b");
    expect(kept()).toEqual(["b"]);
  });

  describe("with a separate step that makes writes durable", () => {
    let flushed: PromiseWithResolvers<void>;
    let advances: number;

    beforeEach(() => {
      flushed = Promise.withResolvers<void>();
      advances = 0;
      commits = new GroupCommit(database, new SqliteConnection(database), {
        log: { flush: () => flushed.promise, advance: () => (advances += 1) },
        configurationChanged: () => undefined,
      });
    });

    const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

    it("acknowledges and shows no write before that step", async () => {
      let isAcknowledged = false;
      const first = write("a").then(() => {
        isAcknowledged = true;
      });
      while (kept().length === 0) await turnOfTheLoop();
      const second = write("b");
      await turnOfTheLoop();
      expect([isAcknowledged, advances, kept()]).toEqual([false, 0, ["a"]]);
      flushed.resolve();
      await Promise.all([first, second]);
      expect([isAcknowledged, advances, kept()]).toEqual([true, 2, ["a", "b"]]);
    });

    it("does not wait for that step if nothing was written", async () => {
      await commits.transaction(async () => undefined);
      expect(advances).toBe(0);
    });

    it("refuses every write after a failure of the disk, because the state of the file is unknown", async () => {
      const refused = expect(write("a")).rejects.toThrow(DatabaseUnavailable);
      while (kept().length === 0) await turnOfTheLoop();
      flushed.reject(new Error("EIO"));
      await refused;
      await expect(write("b")).rejects.toThrow(DatabaseUnavailable);
      expect(advances).toBe(0);
      expect(kept()).toEqual(["a"]);
    });
  });

  it("publishes changed configuration once, after the commit", async () => {
    const change = () => commits.transaction(async (session) => session.configurationChanged());
    await Promise.all([change(), change()]);
    expect(configurationChanges).toBe(1);
    await write("a");
    expect(configurationChanges).toBe(1);
  });

  it("starts the next group while callers of the last one continue", async () => {
    await write("a");
    await Promise.all([write("b").then(() => write("c")), write("d")]);
    expect(kept()).toEqual(["a", "b", "c", "d"]);
  });

  it("rolls back a transaction that awaits anything but the store, and commits the others", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let escaped: Session | undefined;
      const stuck = commits.transaction(async (session) => {
        escaped = session;
        await session.run(insert, { id: "stuck", parent: 1 });
        await new Promise(() => undefined);
      });
      const refused = expect(stuck).rejects.toThrow("undone");
      const next = write("next");
      while (!escaped) await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(10_000);
      await refused;
      await next;
      await expect(escaped.reader.all(insert, { id: "late", parent: 1 })).rejects.toThrow("has ended");
    } finally {
      vi.useRealTimers();
    }
    expect(kept()).toEqual(["next"]);
  });

  it("continues a transaction after its process was suspended", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let goOn: (() => void) | undefined;
      const suspended = commits.transaction(async (session) => {
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
        await session.run(insert, { id: "suspended", parent: 1 });
      });
      while (!goOn) await new Promise((resolve) => setImmediate(resolve));
      // However long it was suspended, one timer is due when it wakes up.
      vi.advanceTimersToNextTimer();
      goOn();
      await suspended;
    } finally {
      vi.useRealTimers();
    }
    expect(kept()).toEqual(["suspended"]);
  });
});
