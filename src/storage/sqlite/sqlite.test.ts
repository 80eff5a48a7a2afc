import { spawn } from "node:child_process";
import { createCipheriv, createDecipheriv, createHash, hash } from "node:crypto";
import { once } from "node:events";
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stoppedClock } from "../../clock.ts";
import { clientRecord, iamUserRecord, messageRecord, newPool, userRecord } from "../contract/fixtures.ts";
import { sqliteDialect } from "../dialect.ts";
import { CannotOpenDatabase, DatabaseInUse, DatabaseUnavailable } from "../errors.ts";
import { queries } from "../query.ts";
import type { Sealer } from "../sealer.ts";
import type { Store } from "../store.ts";
import { transparentSealer } from "../testing.ts";
import { isFromLaterThan } from "./foreign-log.ts";
import { openSqliteStore } from "./index.ts";
import { CHECKPOINT_PAGES } from "./write-ahead-log.ts";

const PAGE_BYTES = 4096;

let folder: string;
let file: string;
let store: Store | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cognate-sqlite-"));
  file = join(folder, "cognate.db");
});

afterEach(async () => {
  await store?.close();
  store = undefined;
  rmSync(folder, { recursive: true });
});

async function open(sealer: Sealer = transparentSealer): Promise<Store> {
  store = await openSqliteStore({ file, sealer, clock: stoppedClock(0) });
  return store;
}

const childScript = resolve(import.meta.dirname, "../../../test/support/acknowledge-writes.ts");

/** Starts a process that writes into the file. */
function startWriter() {
  const child = spawn(process.execPath, [childScript, file], { stdio: ["ignore", "pipe", "pipe"] });
  return { child, lines: createInterface(child.stdout), errors: createInterface(child.stderr) };
}

describe("a SQLite file", () => {
  it("contains every acknowledged write after the process was killed", async () => {
    const { child, lines } = startWriter();
    const acknowledged: string[] = [];
    for await (const line of lines) {
      acknowledged.push(line);
      if (acknowledged.length === 200) child.kill("SIGKILL");
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(200);

    const { users, usedTickets } = await open();
    for (const username of acknowledged) {
      expect(await users.find("us-east-1_Durable00", username), username).toBeDefined();
      expect(await usedTickets.isUsed(username), username).toBe(true);
    }
    const { items } = await users.list("us-east-1_Durable00", undefined, { limit: 100_000 });
    expect(await users.count("us-east-1_Durable00")).toBe(items.length);
  });

  it("is refused to a second process until the first one is killed", async () => {
    const { child, lines } = startWriter();
    await once(lines, "line");
    await expect(open()).rejects.toThrow(DatabaseInUse);
    child.kill("SIGKILL");
    await once(child, "exit");
    await expect((await open()).ping()).resolves.toBeUndefined();
  });

  it("is refused to a second process at each attempt, even after its lock file was deleted", async () => {
    const { child, lines } = startWriter();
    await once(lines, "line");
    rmSync(`${file}.lock`);
    await expect(open()).rejects.toThrow(DatabaseInUse);
    await expect(open()).rejects.toThrow(DatabaseInUse);
    child.kill("SIGKILL");
    await once(child, "exit");
    await expect((await open()).ping()).resolves.toBeUndefined();
  });

  it("refuses a second process while this one uses it, also after a second server in this one was refused", async () => {
    await open();
    await expect(open()).rejects.toThrow(DatabaseInUse);
    const { child, errors } = startWriter();
    let said = "";
    for await (const line of errors) said += line;
    expect(said).toContain("in use by another process");
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(1);
  });

  /** Leaves a log that no later start has copied into the database. */
  async function writeUntilKilled(): Promise<void> {
    const { child, lines } = startWriter();
    for await (const _ of lines) child.kill("SIGKILL");
    setLogBack(30_000);
  }

  /** As if the database had been changed so long after its log. */
  function setLogBack(milliseconds: number): void {
    const earlier = new Date(statSync(file).ctimeMs - milliseconds);
    utimesSync(`${file}-wal`, earlier, earlier);
  }

  it.each(["", ", without its lock file"])(
    "is refused with the log of the database that it replaced, and not changed%s",
    async (lock) => {
      await (await open()).close();
      const backup = readFileSync(file);
      const later = await open();
      const poolId = await newPool(later);
      await Promise.all(Array.from({ length: 200 }, () => later.users.insert(userRecord(poolId))));
      await later.close();
      await writeUntilKilled();
      writeFileSync(file, backup);
      if (lock !== "") rmSync(`${file}.lock`);
      await expect(open()).rejects.toThrow("do not fit together");
      expect(readFileSync(file).equals(backup)).toBe(true);

      rmSync(`${file}-wal`);
      rmSync(`${file}-shm`, { force: true });
      expect(await (await open()).pools.get(poolId)).toBeUndefined();
    },
  );

  it("is accepted with its own log if its owner was changed later", async () => {
    await writeUntilKilled();
    expect(await (await open()).users.count("us-east-1_Durable00")).toBeGreaterThan(0);
  });

  it("is refused as a restored copy with a log that would undo the restore, until the log is removed or touched", async () => {
    await (await open()).close();
    await writeUntilKilled();
    const copy = new DatabaseSync(file);
    // Into the database, as a backup has it.
    copy.exec("pragma wal_checkpoint(passive)");
    const backup = readFileSync(file);
    copy.exec("delete from used_tickets");
    const log = readFileSync(`${file}-wal`);
    copy.close();
    writeFileSync(file, backup);
    writeFileSync(`${file}-wal`, log);
    setLogBack(2 * 60_000);
    await expect(open()).rejects.toThrow("was written after its log");
    expect(readFileSync(file).equals(backup)).toBe(true);

    const now = new Date(statSync(file).ctimeMs + 1000);
    utimesSync(`${file}-wal`, now, now);
    expect(await (await open()).users.count("us-east-1_Durable00")).toBeGreaterThan(0);
  });

  it("is accepted with its own log after a quiet server was killed while it stopped", async () => {
    await newPool(await open());
    setLogBack(2 * 60_000);
    // Keeps the log, as a kill before its removal does.
    const other = new DatabaseSync(file);
    other.exec("select count(*) from sqlite_schema");
    await store?.close();
    // The last that a stop does before it removes the log.
    other.exec("pragma wal_checkpoint(passive)");
    const copy = join(folder, "killed.db");
    for (const suffix of ["", "-wal"])
      cpSync(`${file}${suffix}`, `${copy}${suffix}`, { preserveTimestamps: true });
    other.close();
    file = copy;
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    await open();
  });

  it("counts as restored if it was written or made more than a minute after its log", () => {
    const log = { mtimeMs: 100_000, birthtimeMs: 50_000 };
    expect(isFromLaterThan({ mtimeMs: 160_000, birthtimeMs: 0 }, log)).toBe(false);
    expect(isFromLaterThan({ mtimeMs: 160_001, birthtimeMs: 0 }, log)).toBe(true);
    expect(isFromLaterThan({ mtimeMs: 0, birthtimeMs: 110_000 }, log)).toBe(false);
    expect(isFromLaterThan({ mtimeMs: 0, birthtimeMs: 110_001 }, log)).toBe(true);
  });

  it.each(["", "-wal"])("acknowledges no write after cognate.db%s was moved away", async (suffix) => {
    const opened = await open();
    const { usedTickets } = opened;
    await usedTickets.use("before", 1);
    renameSync(`${file}${suffix}`, join(folder, "moved"));
    await expect(usedTickets.use("after", 1)).rejects.toThrow(DatabaseUnavailable);
    await expect(usedTickets.use("later", 1)).rejects.toThrow("must be started again");
    await expect(opened.ping()).rejects.toThrow(DatabaseUnavailable);
    expect(await usedTickets.isUsed("before")).toBe(true);
  });

  it("keeps its rows when it is closed and opened again", async () => {
    const first = await open();
    const poolId = await newPool(first);
    const user = userRecord(poolId);
    await first.users.insert(user);
    await first.close();
    expect(await (await open()).users.find(poolId, user.username)).toEqual(user);
  });

  it("keeps its write-ahead log small during many writes", async () => {
    const { usedTickets } = await open();
    // Digests fall all over the table, so that every group writes many pages.
    for (let round = 0; round < 80; round++) {
      const ids = Array.from({ length: 500 }, (_, index) => hash("sha256", `${index} ${round}`));
      await Promise.all(ids.map((id, index) => usedTickets.use(id, index)));
    }
    const pages = statSync(`${file}-wal`).size / PAGE_BYTES;
    // It grows to where it is copied into the database, and from there starts over in the same space.
    expect(pages).toBeGreaterThan(CHECKPOINT_PAGES);
    expect(pages).toBeLessThan(1.5 * CHECKPOINT_PAGES);
  });

  it("is readable only by its owner", async () => {
    await open();
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600);
    }
  });

  it("is refused when a newer version of the program wrote it", async () => {
    await (await open()).close();
    const database = new DatabaseSync(file);
    database.exec("insert into schema_migrations values (9999, 'from the future', 0)");
    database.close();
    await expect(open()).rejects.toThrow(CannotOpenDatabase);
    await expect(open()).rejects.toThrow("schema version 9999");
  });

  it.skipIf(process.platform !== "linux")("is closed again if it turns out to be no database", async () => {
    await (await open()).close();
    writeFileSync(file, "no database ".repeat(1000));
    await expect(open()).rejects.toThrow("file is not a database");
    const opened = readdirSync("/proc/self/fd").map((descriptor) => {
      try {
        return readlinkSync(join("/proc/self/fd", descriptor));
      } catch {
        // The one by which the directory was read.
        return "";
      }
    });
    expect(opened.filter((path) => path.startsWith(folder))).toEqual([]);
  });

  it("waits for pending writes before it closes, and accepts none afterwards", async () => {
    const first = await open();
    const poolId = await newPool(first);
    const user = userRecord(poolId);
    const write = first.users.insert(user);
    await first.close();
    await expect(write).resolves.toBeUndefined();
    await expect(first.usedTickets.use("late", 1)).rejects.toThrow("closed");
    expect(await (await open()).users.find(poolId, user.username)).toEqual(user);
  });
});

describe("a sealed column", () => {
  const cipher: Sealer = {
    seal(plaintext, context) {
      const { key, iv } = keyFor(context);
      const seal = createCipheriv("aes-256-ctr", key, iv);
      return Buffer.concat([seal.update(plaintext), seal.final()]);
    },
    open(sealed, context) {
      const { key, iv } = keyFor(context);
      const seal = createDecipheriv("aes-256-ctr", key, iv);
      return Buffer.concat([seal.update(sealed), seal.final()]);
    },
  };
  const keyFor = (context: string) => {
    const key = createHash("sha256").update(context).digest();
    return { key, iv: key.subarray(0, 16) };
  };

  it("is encrypted in all files, while other columns are not", async () => {
    const { pools, clients, users, inbox, iam, signingKeys, close } = bindAll(await open(cipher));
    const poolId = "us-east-1_Sealed000";
    await pools.insert({ id: poolId, name: "pool", settings: {}, createdAt: 1, lastModifiedAt: 1 });
    const secret = (name: string) => `secret-of-${name}`;
    const password = (name: string) => ({
      saltHex: secret(name),
      verifier: Buffer.from(secret(`${name}-verifier`)),
      setAt: 1,
      temporary: false,
    });
    await clients.insert(
      clientRecord(poolId, { secrets: [{ id: "1", value: secret("client"), createdAt: 1 }] }),
    );
    await users.insert(
      userRecord(poolId, {
        username: "visible-user",
        password: password("password"),
        passwordHistory: [password("history")],
      }),
    );
    await inbox.insert(messageRecord({ subject: secret("subject"), body: secret("body") }));
    await iam.users.insert(
      iamUserRecord("1", {
        login: { passwordHash: secret("login"), createdAt: 1, passwordResetRequired: false },
      }),
    );
    await iam.accessKeys.insert({
      id: "AKIA",
      accountId: "1",
      userName: "x",
      secret: secret("access-key"),
      status: "Active",
      createdAt: 1,
    });
    const privateKey = Buffer.from(secret("signing-key"));
    await signingKeys.insert({ kid: "k", poolId, use: "id", privateKey, createdAt: 1 });
    await signingKeys.addSpare({ kid: "s", privateKey: Buffer.from(secret("spare-key")) });
    await close();

    const contents = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
    const everything = contents.join();
    expect(everything).toContain("visible-user");
    expect(everything.match(/secret-of-[a-z-]+/g)).toBeNull();
    // Buffers are kept in base64 inside what is sealed.
    expect(everything).not.toContain(Buffer.from("secret-of-password-verifier").toString("base64"));
  });

  it("cannot be decrypted in another row", async () => {
    const first = await open();
    const poolId = await newPool(first);
    const password = { saltHex: "ab", verifier: Buffer.from([1]), setAt: 1, temporary: false };
    const [owner, other] = [userRecord(poolId, { password }), userRecord(poolId, { password })];
    for (const user of [owner, other]) await first.users.insert(user);
    await first.close();
    const database = new DatabaseSync(file);
    database
      .prepare(
        "update users set sealed_password = (select sealed_password from users where sub = ?) where sub = ?",
      )
      .run(owner.sub, other.sub);
    database.close();
    const second = await open();
    expect((await second.users.getBySub(poolId, owner.sub))?.password).toEqual(password);
    const moved = await second.users.getBySub(poolId, other.sub);
    expect(() => moved?.password?.saltHex).toThrow("another place");
  });
});

describe("the queries", () => {
  /** The only ones that look at all rows of a table. Each is few, or all are wanted. */
  const SCANS = [
    'select count(*) as "spares" from "spare_keys"',
    'delete from "spare_keys" where "kid" in (select "kid" from "spare_keys" order by "kid" limit (? + 0)) returning "kid", "sealed_private_key"',
    'delete from "inbox"',
    'select * from "purges" order by "key" limit ?',
    'select "version" from "schema_migrations" order by "version" desc limit ?',
    'select "version", "name" from "schema_migrations"',
  ];

  it("use an index, without a scan of a table or a sort", async () => {
    const opened = await open();
    await useMadeToMeasureQueries(opened);
    await opened.close();
    const database = new DatabaseSync(file);
    const statements = queries
      .map((query) => query.compiledFor(sqliteDialect).sql.trim())
      .filter((sql) => !/^create/.test(sql) && !SCANS.includes(sql));
    const plans = statements.map((sql) => ({
      sql,
      plan: database
        .prepare(`explain query plan ${sql}`)
        .all(...Array<null>(sql.split("?").length - 1).fill(null))
        .map(({ detail }) => String(detail))
        .join("\n"),
    }));
    database.close();
    expect(plans.length).toBeGreaterThan(150);
    expect(
      plans.filter(({ plan }) => /SCAN (?!(?:\d+ )?CONSTANT ROW|\d+-ROW VALUES)|TEMP B-TREE/.test(plan)),
    ).toEqual([]);
  });

  /** Queries that are defined when they are first needed. */
  async function useMadeToMeasureQueries(opened: Store): Promise<void> {
    const poolId = await newPool(opened);
    const user = userRecord(poolId, { attributes: { email: "a@b.c" } });
    await opened.users.insert(user);
    await opened.users.update(poolId, user.sub, (before) => ({ ...before, attributes: {} }));
    for (const filter of [{}, { poolId }, { destination: "x" }, { username: "x" }]) {
      await opened.inbox.list(filter, { limit: 1 });
    }
    await opened.users.delete(poolId, user.sub);
  }
});

/** The store's members as values of their own. */
function bindAll(opened: Store) {
  const { pools, clients, users, inbox, iam, signingKeys } = opened;
  return { pools, clients, users, inbox, iam, signingKeys, close: () => opened.close() };
}
