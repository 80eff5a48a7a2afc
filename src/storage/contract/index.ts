/**
 * The store's contract as tests: every promise of `store.ts`, to be run against every engine. The tests share one store and
 * keep out of each other's pools.
 */
import { afterAll, beforeAll, describe } from "vitest";
import type { Store } from "../store.ts";
import { describeCodes } from "./codes.ts";
import { describeConfiguration } from "./configuration.ts";
import { describeGroups } from "./groups.ts";
import { describeIam } from "./iam.ts";
import { describeMaintenance } from "./maintenance.ts";
import { describeSignIns } from "./sign-ins.ts";
import { describeText } from "./text.ts";
import { describeTransactions } from "./transactions.ts";
import { describeUserSearch } from "./user-search.ts";
import { describeUsers } from "./users.ts";

/** @param open opens an empty store, and says how it goes away */
export function describeStore(
  engine: string,
  open: () => Promise<{ store: Store; dispose: () => Promise<void> }>,
): void {
  describe(engine, () => {
    let opened: Awaited<ReturnType<typeof open>> | undefined;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(async () => {
      await opened?.store.close();
      await opened?.dispose();
    });
    const store = () => {
      if (!opened) throw new Error("The store is opened before the tests run.");
      return opened.store;
    };
    describeConfiguration(store);
    describeUsers(store);
    describeUserSearch(store);
    describeGroups(store);
    describeSignIns(store);
    describeCodes(store);
    describeTransactions(store);
    describeText(store);
    describeIam(store);
    describeMaintenance(store);
  });
}
