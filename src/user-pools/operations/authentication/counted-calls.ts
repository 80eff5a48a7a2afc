/** Counts the calls to the store and to cryptography, for tests of the cost of an operation. */
import { vi } from "vitest";
import type { TestContext } from "../../testing.ts";

/** @returns how often each method was called, by name */
export async function countedCalls(
  { store, crypto }: TestContext,
  call: () => Promise<unknown>,
): Promise<Record<string, number>> {
  const calls: Record<string, number> = {};
  const restore: (() => void)[] = [];
  const count = (owner: object, prefix: string) => {
    const methods = owner as Record<string, () => unknown>;
    const names = [...Object.keys(owner), ...Object.getOwnPropertyNames(Object.getPrototypeOf(owner))];
    for (const name of names) {
      if (name === "constructor" || typeof methods[name] !== "function") continue;
      const spy = vi.spyOn(methods, name);
      restore.push(() => {
        if (spy.mock.calls.length > 0) calls[`${prefix}.${name}`] = spy.mock.calls.length;
        spy.mockRestore();
      });
    }
  };
  count(store.users, "users");
  count(store.groups, "groups");
  count(store.signIns, "signIns");
  count(store.usedTickets, "usedTickets");
  count(store.unknownNames, "unknownNames");
  count(store.authEvents, "authEvents");
  count(crypto.srp, "srp");
  const transaction = vi.spyOn(store, "transaction");
  const signJwt = vi.spyOn(crypto, "signJwt");
  await call();
  for (const done of restore) done();
  calls.transaction = transaction.mock.calls.length;
  calls.signJwt = signJwt.mock.calls.length;
  transaction.mockRestore();
  signJwt.mockRestore();
  return calls;
}
