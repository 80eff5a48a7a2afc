import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createDatabase } from "../../test/support/database.ts";
import { temporaryFolder } from "../../test/support/temporary-folder.ts";
import { settingsFrom } from "../config/index.ts";
import { startServer } from "./start.ts";

const seed = {
  iam: {
    policies: [
      {
        name: "readers",
        document: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "cognito-idp:List*", Resource: "*" }],
        },
      },
    ],
    users: [
      {
        name: "ci",
        accessKeys: [{ id: "AKIAEXAMPLEEXAMPLE00", secret: "example-secret-for-tests-only" }],
        policies: ["readers"],
      },
    ],
  },
  pools: ["customers", "staff"].map((name) => ({
    name,
    mfa: { MfaConfiguration: "OPTIONAL", SoftwareTokenMfaConfiguration: { Enabled: true } },
    domain: { Domain: name },
    resourceServers: [{ Identifier: "orders", Name: "Orders" }],
    clients: [{ name: "web" }, { name: "api", secret: "0123456789abcdefghijklmnop" }],
    groups: [{ name: "admins", precedence: 1 }],
    users: ["taro", "hanako"].map((username) => ({ username, password: "Permanent-1", groups: ["admins"] })),
  })),
};

it("starts several nodes on an empty Postgres at once with the same seed and the demo", async () => {
  const databaseUrl = await createDatabase();
  const file = join(temporaryFolder(), "seed.json");
  await writeFile(file, JSON.stringify(seed));
  const start = () =>
    startServer(
      settingsFrom("dev", {
        dataDir: temporaryFolder(),
        databaseUrl,
        masterKey: Buffer.alloc(32).toString("base64"),
        port: 0,
        logLevel: "error",
        demo: true,
        seed: file,
      }),
    );
  const results = await Promise.allSettled([start(), start(), start()]);
  for (const result of results) if (result.status === "fulfilled") await result.value.stop();
  expect(results.flatMap((result) => (result.status === "rejected" ? [result.reason.message] : []))).toEqual(
    [],
  );
});
