import { expect, it } from "vitest";
import type { Repositories } from "../../storage/index.ts";
import { existingCustomScopes } from "./custom-scopes.ts";

it("finds the scopes of several resource servers, and reads one server after the other", async () => {
  const reads: string[] = [];
  let underWay = 0;
  const resourceServers = {
    async get(poolId: string, identifier: string) {
      expect(underWay).toBe(0);
      underWay += 1;
      reads.push(identifier);
      await Promise.resolve();
      underWay -= 1;
      const scopes = ["read", "write"].map((name) => ({ name, description: name }));
      return identifier === "gone" ? undefined : { poolId, identifier, name: identifier, scopes };
    },
  } as unknown as Repositories["resourceServers"];
  const scopes = ["openid", "https://a/b/read", "c/write", "c/read", "c/other", "gone/read"];
  const existing = await existingCustomScopes({ resourceServers }, "eu-west-1_a", scopes);
  expect([...existing].sort()).toEqual(["c/read", "c/write", "https://a/b/read"]);
  expect(reads).toEqual(["https://a/b", "c", "gone"]);
});
