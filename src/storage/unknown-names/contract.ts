import { describe, expect, it } from "vitest";
import { unique } from "../contract/fixtures.ts";
import type { Store } from "../store.ts";

export function describeUnknownNames(store: () => Store): void {
  describe("counts of unknown names", () => {
    it("are none for a name that was not tried", async () => {
      expect(await store().unknownNames.get(unique("name"))).toEqual({});
    });

    it("contain every concurrent change", async () => {
      const id = unique("name");
      const fail = () =>
        store().unknownNames.update(id, 100, ({ failedSignIns, ...others }) => ({
          ...others,
          failedSignIns: { count: (failedSignIns?.count ?? 0) + 1, lastAt: 1 },
        }));
      await Promise.all(Array.from({ length: 10 }, fail));
      expect(await store().unknownNames.get(id)).toEqual({ failedSignIns: { count: 10, lastAt: 1 } });
    });

    it("stay as they are if the change throws", async () => {
      const id = unique("name");
      const counts = { attempts: { RecoverPassword: { count: 1, since: 5 } } };
      await store().unknownNames.update(id, 100, () => counts);
      const refusal = new Error("refused");
      const refused = store().unknownNames.update(id, 200, () => {
        throw refusal;
      });
      await expect(refused).rejects.toBe(refusal);
      expect(await store().unknownNames.get(id)).toEqual(counts);
    });

    it("are kept until the time that the last change gave", async () => {
      const id = unique("name");
      const failed = { failedSignIns: { count: 1, lastAt: 1 } };
      await store().unknownNames.update(id, 10, () => failed);
      await store().unknownNames.update(id, 20, (counts) => counts);
      while ((await store().maintenance.deleteExpired(20)) > 0);
      expect(await store().unknownNames.get(id)).toEqual(failed);
      while ((await store().maintenance.deleteExpired(21)) > 0);
      expect(await store().unknownNames.get(id)).toEqual({});
    });

    it("are removed when they have expired", async () => {
      const id = unique("name");
      await store().unknownNames.update(id, 10, () => ({ failedSignIns: { count: 1, lastAt: 1 } }));
      while ((await store().maintenance.deleteExpired(10)) > 0);
      expect((await store().unknownNames.get(id)).failedSignIns?.count).toBe(1);
      while ((await store().maintenance.deleteExpired(11)) > 0);
      expect(await store().unknownNames.get(id)).toEqual({});
    });
  });
}
