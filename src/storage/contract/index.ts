/**
 * The store's contract as tests: every promise of `store.ts`, for every engine. The tests share one store and use
 * different pools.
 */
import { afterAll, beforeAll, describe } from "vitest";
import { describeAuthEvents } from "../auth-events/contract.ts";
import { describeCodes } from "../codes/contract.ts";
import { describeDevices } from "../devices/contract.ts";
import { describeDocuments } from "../documents/contract.ts";
import { describeDomains } from "../domains/contract.ts";
import { describeGroups } from "../groups/contract.ts";
import { describeIam } from "../iam/contract.ts";
import { describeIdentityProviders } from "../identity-providers/contract.ts";
import { describeImportJobs } from "../import-jobs/contract.ts";
import { describeLinkedIdentities } from "../linked-identities/contract.ts";
import { describeMaintenance } from "../maintenance/contract.ts";
import { describePasskeys } from "../passkeys/contract.ts";
import { describeResourceServers } from "../resource-servers/contract.ts";
import { describeSignInAttempts } from "../sign-in-attempts/contract.ts";
import { describeSignInCounts } from "../sign-in-counts/contract.ts";
import { describeSignIns } from "../sign-ins/contract.ts";
import { describeSsoSessions } from "../sso-sessions/contract.ts";
import type { Store } from "../store.ts";
import { describeUnknownNames } from "../unknown-names/contract.ts";
import { describeUsedTickets } from "../used-tickets/contract.ts";
import { describeUsers } from "../users/contract.ts";
import { describeUserSearch } from "../users/search-contract.ts";
import { describeConfiguration } from "./configuration.ts";
import { describeText } from "./text.ts";
import { describeTransactions } from "./transactions.ts";

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
    describeUsedTickets(store);
    describeUnknownNames(store);
    describeSignInAttempts(store);
    describeDevices(store);
    describePasskeys(store);
    describeSsoSessions(store);
    describeAuthEvents(store);
    describeSignInCounts(store);
    describeLinkedIdentities(store);
    describeIdentityProviders(store);
    describeResourceServers(store);
    describeDomains(store);
    describeDocuments(store);
    describeImportJobs(store);
    describeTransactions(store);
    describeText(store);
    describeIam(store);
    describeMaintenance(store);
  });
}
