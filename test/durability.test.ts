import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demo } from "../src/seed/index.ts";

const UserPoolId = `us-east-1_${demo.poolSuffix}`;

describe("a killed server", () => {
  let dataDir: string;
  const running: ChildProcess[] = [];
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "cognate-kill-"));
  });
  afterAll(async () => {
    for (const server of running) server.kill("SIGKILL");
    await rm(dataDir, { recursive: true });
  });

  /** `cognate dev` as a process of its own. @returns it and where it listens */
  async function start(): Promise<{ server: ChildProcess; cognito: CognitoIdentityProviderClient }> {
    const server = spawn(
      process.execPath,
      [resolve("bin/cognate.mjs"), "dev", "--port", "0", "--data-dir", dataDir],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    running.push(server);
    const endpoint = await new Promise<string>((ready, failed) => {
      let said = "";
      server.stdout?.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const url = /^Cognate is ready at (http:\S+)$/m.exec(said)?.[1];
        if (url !== undefined) ready(url);
      });
      server.on("exit", (status) => failed(new Error(`The server ended with ${status}: ${said}`)));
    });
    const credentials = { accessKeyId: "anything", secretAccessKey: "whatever" };
    return {
      server,
      cognito: new CognitoIdentityProviderClient({ endpoint, region: "us-east-1", credentials }),
    };
  }

  it("keeps all 200 users whose creation it acknowledged", async () => {
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
            first.server.on("exit", () => killed());
            first.server.kill("SIGKILL");
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
    const ended = new Promise((status) => second.server.on("exit", status));
    second.server.kill("SIGTERM");
    expect(await ended).toBe(0);
  });
});
