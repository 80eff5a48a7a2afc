import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AdminCreateUserCommand, AdminGetUserCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demo } from "../../src/seed/index.ts";
import { startCognate } from "../support/cognate-process.ts";

const UserPoolId = `us-east-1_${demo.poolSuffix}`;

describe("a killed server", () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "cognate-kill-"));
  });
  afterAll(async () => {
    await rm(dataDir, { recursive: true });
  });

  const start = () => startCognate("dev", ["--data-dir", dataDir]);

  it("has all 200 users whose creation it acknowledged", async () => {
    const first = await start();
    const acknowledged: string[] = [];
    const create = async (Username: string) => {
      await first.cognito.send(
        new AdminCreateUserCommand({
          UserPoolId,
          Username,
          MessageAction: "SUPPRESS",
          TemporaryPassword: "Temporary-1",
        }),
      );
      acknowledged.push(Username);
    };
    // More are under way when it dies: which of those made it is nobody's business.
    const all = Array.from({ length: 240 }, (_, n) => `user${n}@example.com`);
    await new Promise<void>((killed) => {
      let next = 0;
      const work = async (): Promise<void> => {
        for (let username = all[next++]; username !== undefined; username = all[next++]) {
          await create(username);
          if (acknowledged.length === 200) {
            void first.stop("SIGKILL").then(() => killed());
            return;
          }
        }
      };
      for (let worker = 0; worker < 8; worker++) work().catch(() => undefined);
    });

    const second = await start();
    for (const Username of acknowledged) {
      await second.cognito.send(new AdminGetUserCommand({ UserPoolId, Username }));
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(200);
    expect(await second.stop("SIGTERM")).toBe(0);
  });
});
