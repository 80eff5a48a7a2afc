import { execFile } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { join } from "node:path";
import { AdminCreateUserCommand, ListUsersCommand } from "@aws-sdk/client-cognito-identity-provider";
import { beforeEach, describe, expect, it } from "vitest";
import { demo } from "../../src/seed/index.ts";
import { type CognateProcess, program, startCognate } from "../support/cognate-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const UserPoolId = `us-east-1_${demo.poolSuffix}`;
let dataDir: string;
beforeEach(() => {
  dataDir = temporaryFolder();
});

const start = () => startCognate("dev", ["--data-dir", dataDir]);

const createUser = ({ cognito }: CognateProcess, Username: string) =>
  cognito.send(new AdminCreateUserCommand({ UserPoolId, Username, MessageAction: "SUPPRESS" }));

async function emailsIn({ cognito }: CognateProcess): Promise<string[]> {
  const { Users } = await cognito.send(new ListUsersCommand({ UserPoolId }));
  return (Users ?? []).map(({ Attributes }) => Attributes?.find(({ Name }) => Name === "email")?.Value ?? "");
}

/** @returns the exit status, and what it printed */
function snapshot(...args: string[]): Promise<[status: number, out: string, error: string]> {
  return new Promise((done) => {
    execFile(process.execPath, [program, "snapshot", ...args], (error, out, said) =>
      done([Number(error?.code ?? 0), out, said]),
    );
  });
}

describe("cognate snapshot", () => {
  it("saves, lists, restores and deletes, also after a restart of the server", async () => {
    const folder = ["--data-dir", dataDir];
    const first = await start();
    await createUser(first, "kept@example.com");
    expect(await snapshot("save", "base", ...folder)).toEqual([0, "Saved the snapshot base.\n", ""]);
    await createUser(first, "later@example.com");
    expect(await snapshot("save", "base", ...folder)).toEqual([
      1,
      "",
      "cognate snapshot: There is a snapshot base already: replace it, or give another name.\n",
    ]);
    expect(await first.stop("SIGTERM")).toBe(0);

    const second = await start();
    expect((await snapshot("list", ...folder))[1]).toMatch(/^base {2}20\d\d-\d\d-\d\dT\S+Z {2}\d+ KiB\n$/);
    expect(await emailsIn(second)).toHaveLength(2);
    expect(await snapshot("restore", "base", "--endpoint-url", second.url)).toEqual([
      0,
      "The server is as it was in the snapshot base.\n",
      "",
    ]);
    expect(await emailsIn(second)).toEqual(["kept@example.com"]);
    expect((await snapshot("save", "base", "--replace", ...folder))[0]).toBe(0);
    expect((await snapshot("delete", "base", ...folder))[1]).toBe("Deleted the snapshot base.\n");
    expect((await snapshot("list", ...folder))[1]).toBe("There is no snapshot.\n");
    expect(await second.stop("SIGTERM")).toBe(0);
  });

  it.each([
    [],
    ["save"],
    ["list", "base"],
    ["restore", "a", "b"],
    ["restore", "a", "--replace"],
    ["take", "a"],
  ])("refuses the arguments %j", async (...args) => {
    const [status, , error] = await snapshot(...args);
    expect([status, error]).toEqual([
      2,
      expect.stringContaining("cognate snapshot save|restore|delete NAME"),
    ]);
  });

  it("says that no server has run in a data folder, and that a server has no snapshots", async () => {
    expect((await snapshot("list", "--data-dir", dataDir))[2]).toContain("start the server first");
    const { url } = await startCognate("dev", ["--data-dir", dataDir, "--no-trust-unknown-keys"]);
    expect(await snapshot("list", "--data-dir", dataDir)).toEqual([
      1,
      "",
      `cognate snapshot: ${url} has no snapshots: only a cognate dev that trusts unknown access keys has them.\n`,
    ]);
  });
});

describe("a server that is killed in a restore", () => {
  const requestRestore = ({ url }: CognateProcess) =>
    fetch(`${url}/_cognate/snapshots/base/restore`, { method: "POST" });

  /** A server with a snapshot that has one user; the server has another. */
  async function prepare(): Promise<CognateProcess> {
    const server = await start();
    await createUser(server, "kept@example.com");
    expect((await fetch(`${server.url}/_cognate/snapshots/base`, { method: "PUT" })).status).toBe(200);
    await createUser(server, "later@example.com");
    return server;
  }

  it("has the state of the snapshot once the restore was acknowledged", async () => {
    const server = await prepare();
    expect((await requestRestore(server)).status).toBe(200);
    await server.stop("SIGKILL");
    expect(await emailsIn(await start())).toEqual(["kept@example.com"]);
  });

  it.each(["cognate.db.restoring", "cognate.db.restoring-wal", "cognate.db"])(
    "has the state before or after, killed when %s changed",
    async (file) => {
      const server = await prepare();
      const killed = new Promise<void>((done) => {
        const watcher = watch(dataDir, (_event, changed) => {
          if (changed !== file) return;
          watcher.close();
          void server.stop("SIGKILL").then(() => done());
        });
        // If the file did not change during the restore, the server is killed after it.
        requestRestore(server).then(
          async () => {
            watcher.close();
            await server.stop("SIGKILL");
            done();
          },
          () => undefined,
        );
      });
      await killed;
      const again = await start();
      const emails = await emailsIn(again);
      expect([["kept@example.com"], ["kept@example.com", "later@example.com"]]).toContainEqual(
        emails.toSorted(),
      );
      // The server can be used as before.
      await createUser(again, "last@example.com");
      expect((await requestRestore(again)).status).toBe(200);
      expect(await emailsIn(again)).toEqual(["kept@example.com"]);
      expect(existsSync(join(dataDir, "cognate.db.restoring"))).toBe(false);
    },
  );
});
