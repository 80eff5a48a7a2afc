import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it } from "vitest";
import { defaultSettings } from "../config/index.ts";
import { CannotOpen, MasterKeyError } from "../crypto/index.ts";
import { CannotOpenDatabase, DatabaseInUse, OtherSchema } from "../storage/index.ts";
import { startFailure } from "./start-failure.ts";

const settings = { ...defaultSettings("dev"), dataDir: "/data" };

const noServer = async (_url: string): Promise<string | undefined> => undefined;

function failure(message: string, more: object): Error {
  return Object.assign(new Error(message), more);
}

function sqliteFailure(errcode: number, message: string): Error {
  return failure(message, { code: "ERR_SQLITE_ERROR", errcode });
}

describe("the message of a failed start", () => {
  it.each([
    [
      failure("listen EADDRINUSE", { code: "EADDRINUSE", syscall: "listen" }),
      "127.0.0.1:9229 is taken; stop what listens there, or give another --port (0 takes a free one).",
    ],
    [
      failure("listen EADDRINUSE", { code: "EADDRINUSE", syscall: "listen", port: 9443 }),
      "127.0.0.1:9443 is taken; stop what listens there, or give another --tls-port (0 takes a free one).",
    ],
    [
      failure("listen EACCES: permission denied 127.0.0.1:80", { code: "EACCES", syscall: "listen" }),
      "Listening on 127.0.0.1:9229 is not possible here: listen EACCES: permission denied 127.0.0.1:80",
    ],
    [
      failure("getaddrinfo ENOTFOUND 127.0.0.1", {
        code: "ENOTFOUND",
        syscall: "getaddrinfo",
        hostname: "127.0.0.1",
      }),
      "There is no address for the name 127.0.0.1 (ENOTFOUND). Give another --host.",
    ],
    [
      failure("EACCES: permission denied, open '/data/master.key'", {
        code: "EACCES",
        syscall: "open",
        path: "/data/master.key",
      }),
      "This user may not use /data/master.key (EACCES). Start the server as its owner, or give another --data-dir.",
    ],
    [
      failure("EACCES: permission denied, open '/data/master.key.ce81c8001a68e6d2'", {
        code: "EACCES",
        syscall: "open",
        path: "/data/master.key.ce81c8001a68e6d2",
      }),
      "This user may not use /data (EACCES). Start the server as its owner, or give another --data-dir.",
    ],
    [
      failure("EROFS: read-only file system, open '/data/cognate.db'", {
        code: "EROFS",
        syscall: "open",
        path: "/data/cognate.db",
      }),
      "/data/cognate.db cannot be written: its file system is read-only. Give another --data-dir.",
    ],
    [
      failure("EEXIST: file already exists, mkdir '/data'", {
        code: "EEXIST",
        syscall: "mkdir",
        path: "/data",
      }),
      "/data is not a folder. Give another --data-dir.",
    ],
    [
      failure("ENOENT: no such file or directory, mkdir '/data'", {
        code: "ENOENT",
        syscall: "mkdir",
        path: "/data",
      }),
      "/data cannot be created. Give another --data-dir.",
    ],
    [
      failure("ENOENT: no such file or directory, open '/tls/id.pem'", {
        code: "ENOENT",
        syscall: "open",
        path: "/tls/id.pem",
      }),
      "There is no file /tls/id.pem.",
    ],
    [
      failure("EACCES: permission denied, open '/tls/id.key'", {
        code: "EACCES",
        syscall: "open",
        path: "/tls/id.key",
      }),
      "This user may not use /tls/id.key (EACCES). Let it read the file, or name another.",
    ],
    [
      failure("EISDIR: illegal operation on a directory, open '/data/cognate.db'", {
        code: "EISDIR",
        syscall: "open",
        path: "/data/cognate.db",
      }),
      "/data/cognate.db is a folder, and should be a file. Remove it, or give another name.",
    ],
    [
      failure("EISDIR: illegal operation on a directory, read", { code: "EISDIR", syscall: "read" }),
      "A setting that should name a file, such as --tls-certificate, names a folder.",
    ],
    [
      Object.assign(
        failure("EISDIR: illegal operation on a directory", { code: "EISDIR", syscall: "rename" }),
        {
          path: "/data/config.new",
          dest: "/data/config",
        },
      ),
      "/data/config is a folder, and should be a file. Remove it, or give another name.",
    ],
    [
      failure("ENOSPC: no space left on device, write", { code: "ENOSPC", syscall: "write" }),
      "No space is left in /data. Make room, or give another --data-dir.",
    ],
    [
      failure("ENAMETOOLONG: name too long, mkdir '/data'", { code: "ENAMETOOLONG", syscall: "mkdir" }),
      "The path of the data folder, /data, is too long. Give another --data-dir.",
    ],
    [
      new OtherSchema(),
      "The database has the schema of an unreleased version of Cognate, and cannot be migrated. Remove the data folder /data, or give another --data-dir.",
    ],
    [
      sqliteFailure(26, "file is not a database"),
      "The database /data/cognate.db is damaged, or no database of Cognate (file is not a database). Put a backup in its place, or give another --data-dir.",
    ],
    [
      sqliteFailure(11 | (1 << 8), "database disk image is malformed"),
      "The database /data/cognate.db is damaged, or no database of Cognate (database disk image is malformed). Put a backup in its place, or give another --data-dir.",
    ],
    [
      sqliteFailure(13, "database or disk is full"),
      "No space is left in /data. Make room, or give another --data-dir.",
    ],
    [
      sqliteFailure(8 | (1 << 8), "attempt to write a readonly database"),
      "The database /data/cognate.db cannot be written. Start the server as its owner, make the file and its folder writable, or give another --data-dir.",
    ],
    [
      sqliteFailure(14, "unable to open database file"),
      "The database /data/cognate.db cannot be opened: this user may not read and write it, or make files beside it. Give another --data-dir.",
    ],
    [sqliteFailure(10, "disk I/O error"), "The database /data/cognate.db cannot be used: disk I/O error."],
    [
      new CannotOpen("None of the master keys sealed this."),
      "The master key /data/master.key is not the one that sealed this database. Put the right one in its place; without it the database is useless.",
    ],
    [
      new MasterKeyError("Master key 1 is not 32 bytes in base64; make one with: openssl rand -base64 32"),
      "/data/master.key holds no master key. Put a backup in its place; without the key that it held, the database is useless.",
    ],
    [
      new MasterKeyError("Others than its owner can use /data/master.key: run chmod 600 on it."),
      "Others than its owner can use /data/master.key: run chmod 600 on it.",
    ],
    [
      new Error("pool demo: malformed", { cause: sqliteFailure(11, "database disk image is malformed") }),
      "The database /data/cognate.db is damaged, or no database of Cognate (database disk image is malformed). Put a backup in its place, or give another --data-dir.",
    ],
    [new Error("Something else."), "Something else."],
  ])("of %s is: %s", async (error, text) => expect(await startFailure(error, settings, noServer)).toBe(text));

  it("names the certificate and the key that cannot be used", async () => {
    const error = failure("error:0480006C:PEM routines::no start line", {
      code: "ERR_OSSL_PEM_NO_START_LINE",
    });
    const withTls = { ...settings, tlsCertificate: "/tls/id.pem", tlsKey: "/tls/id.key" };
    expect(await startFailure(error, withTls, noServer)).toBe(
      "The certificate /tls/id.pem and the key /tls/id.key cannot be used (no start line). Give a certificate and its own key, both in PEM and the key without a password.",
    );
  });

  it.each([
    [
      new CannotOpenDatabase("Postgres cannot be used: connect ECONNREFUSED 127.0.0.1:5432", {
        cause: failure("connect", { code: "ECONNREFUSED" }),
      }),
      "Postgres cannot be used: connect ECONNREFUSED 127.0.0.1:5432. Start it, or correct the setting databaseUrl.",
    ],
    [
      new CannotOpenDatabase(
        "Postgres cannot be used: cannot execute CREATE TABLE in a read-only transaction",
        {
          cause: failure("cannot execute", { code: "25006" }),
        },
      ),
      "Postgres cannot be used: cannot execute CREATE TABLE in a read-only transaction. Give the address of the primary in the setting databaseUrl, or make the database writable.",
    ],
    [
      failure('database "ids" does not exist', { code: "3D000" }),
      'database "ids" does not exist. Create it, or correct the setting databaseUrl.',
    ],
    [
      failure("no schema has been selected to create in", { code: "3F000" }),
      "no schema has been selected to create in. Grant the user CREATE and USAGE on a schema of the database, or make it the database's owner.",
    ],
    [
      new CannotOpenDatabase(
        "Postgres cannot be used: self-signed certificate; if the root CA is installed locally, …",
        {
          cause: failure("self-signed certificate", { code: "DEPTH_ZERO_SELF_SIGNED_CERT" }),
        },
      ),
      "Postgres cannot be used: self-signed certificate. Name its authority in the setting databaseUrl, by sslrootcert=FILE, and the host that the certificate names.",
    ],
    [new CannotOpenDatabase("A newer version wrote it."), "A newer version wrote it."],
  ])("on Postgres of %s is: %s", async (error, text) => {
    const onPostgres = { ...settings, databaseUrl: "postgres://db.internal/ids" };
    expect(await startFailure(error, onPostgres, noServer)).toBe(text);
  });

  it("names a path of the database that is too long or a folder", async () => {
    const cannotOpen = sqliteFailure(14, "unable to open database file");
    const long = { ...settings, dataDir: `/${"long/".repeat(110)}` };
    expect(await startFailure(cannotOpen, long, noServer)).toContain("its path is longer than 512 bytes.");
    const dataDir = await mkdtemp(join(tmpdir(), "cognate-folder-"));
    await mkdir(join(dataDir, "cognate.db"));
    const text = `The database ${dataDir}/cognate.db cannot be opened: it is a folder. Give another --data-dir.`;
    expect(await startFailure(cannotOpen, { ...settings, dataDir }, noServer)).toBe(text);
    await rm(dataDir, { recursive: true });
  });

  it("names the URL of the Cognate server that already uses the port", async () =>
    expect(await startFailure(failure("listen", { code: "EADDRINUSE" }), settings, async (url) => url)).toBe(
      "Cognate is running already, at http://127.0.0.1:9229. Use that one, stop it, or give another --port and --data-dir.",
    ));

  it("names the URL of the Cognate server that already uses the data folder", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "cognate-folder-"));
    await writeFile(join(dataDir, "config"), "[profile cognate]\nendpoint_url = http://127.0.0.1:9300\n");
    const inUse = new DatabaseInUse("The database is in use.");
    const said = (find: typeof noServer) => startFailure(inUse, { ...settings, dataDir }, find);
    const text = `Cognate is running already with the data folder ${dataDir}`;
    expect(await said(async (url) => url)).toContain(`${text}, at http://127.0.0.1:9300. Use that one,`);
    expect(await said(noServer)).toContain(`${text}. Use that one,`);
    await rm(dataDir, { recursive: true });
  });

  it("names the setting when the master key comes from a setting", async () =>
    expect(await startFailure(new CannotOpen("…"), { ...settings, masterKey: "…" })).toMatch(
      /^The master key of the setting masterKey is not/,
    ));

  it("recognises a damaged database by SQLite's own result code", () => {
    let error: unknown;
    try {
      new DatabaseSync("/dev/null", { readOnly: true }).exec("create table t (a)");
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ code: "ERR_SQLITE_ERROR", errcode: expect.any(Number) });
  });
});
