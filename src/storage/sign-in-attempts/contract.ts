import { describe, expect, it } from "vitest";
import { unique } from "../contract/fixtures.ts";
import type { Store } from "../store.ts";

export function describeSignInAttempts(store: () => Store): void {
  describe("sign-in attempts", () => {
    it("are read as they were last written", async () => {
      const { signInAttempts } = store();
      const attempt = { id: unique("attempt"), state: "x".repeat(10_000), expiresAt: 5000 };
      await signInAttempts.put(attempt);
      expect(await signInAttempts.get(attempt.id)).toEqual(attempt);
      await signInAttempts.put({ ...attempt, state: "{}", expiresAt: 6000 });
      expect(await signInAttempts.get(attempt.id)).toEqual({ ...attempt, state: "{}", expiresAt: 6000 });
    });

    it("are removed after they have expired", async () => {
      const attempt = { id: unique("attempt"), state: "", expiresAt: 10 };
      await store().signInAttempts.put(attempt);
      await store().maintenance.deleteExpired(10);
      expect(await store().signInAttempts.get(attempt.id)).toEqual(attempt);
      while ((await store().maintenance.deleteExpired(11)) > 0);
      expect(await store().signInAttempts.get(attempt.id)).toBeUndefined();
    });
  });
}
