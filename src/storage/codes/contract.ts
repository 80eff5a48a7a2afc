import { describe, expect, it } from "vitest";
import { codeRecord, newUser, userAndOthers } from "../contract/fixtures.ts";
import { OwnerMissing } from "../errors.ts";
import type { UserRecord } from "../records.ts";
import type { Store } from "../store.ts";

export function describeCodes(store: () => Store): void {
  const codeOf = ({ poolId, sub }: UserRecord) => store().codes.get(poolId, sub, "ForgotPassword");

  describe("confirmation codes", () => {
    it("are read as they were written, for their own user only", async () => {
      const { user, others } = await userAndOthers(store());
      const code = codeRecord(user);
      await store().codes.put(code);
      expect(await codeOf(user)).toEqual(code);
      for (const other of others) expect(await codeOf(other)).toBeUndefined();
    });

    it("replace earlier codes", async () => {
      const user = await newUser(store());
      await store().codes.put(codeRecord(user, { code: "111111" }));
      const newer = codeRecord(user, {
        code: "222222",
        replaced: ["111111"],
        sentTo: { attribute: "phone_number", value: "+15551234567" },
        expiresAt: 6000,
      });
      await store().codes.put(newer);
      expect(await codeOf(user)).toEqual(newer);
    });

    it("exist once for each purpose", async () => {
      const user = await newUser(store());
      const [forgotten, email] = [
        codeRecord(user, { code: "111111" }),
        codeRecord(user, { code: "222222", purpose: "VerifyEmail" }),
      ];
      await store().codes.put(forgotten);
      await store().codes.put(email);
      expect(await codeOf(user)).toEqual(forgotten);
      expect(await store().codes.get(user.poolId, user.sub, "VerifyEmail")).toEqual(email);
      expect(await store().codes.get(user.poolId, user.sub, "SignUp")).toBeUndefined();
    });

    it("need a user, and are deleted with the user", async () => {
      const user = await newUser(store());
      await store().codes.put(codeRecord(user));
      await store().users.delete(user.poolId, user.sub);
      expect(await codeOf(user)).toBeUndefined();
      await expect(store().codes.put(codeRecord(user))).rejects.toThrow(OwnerMissing);
      await store().users.insert(user);
      expect(await codeOf(user)).toBeUndefined();
    });

    it("are deleted for one user and purpose alone", async () => {
      const { user, others } = await userAndOthers(store());
      const kept = [...others.map((other) => codeRecord(other)), codeRecord(user, { purpose: "SignUp" })];
      for (const code of [codeRecord(user), ...kept]) await store().codes.put(code);
      expect(await store().codes.delete(user.poolId, user.sub, "ForgotPassword")).toBe(true);
      expect(await codeOf(user)).toBeUndefined();
      const found = kept.map(({ poolId, sub, purpose }) => store().codes.get(poolId, sub, purpose));
      expect(await Promise.all(found)).toEqual(kept);
    });

    it("are deleted by exactly one of several concurrent callers", async () => {
      const user = await newUser(store());
      await store().codes.put(codeRecord(user));
      const results = await Promise.all(
        Array.from({ length: 10 }, () => store().codes.delete(user.poolId, user.sub, "ForgotPassword")),
      );
      expect(results.filter((wasThere) => wasThere)).toHaveLength(1);
      expect(await codeOf(user)).toBeUndefined();
    });
  });
}
