import type { DomainRecord } from "../../storage/index.ts";

/**
 * Whether a pool's pages are the classic ones: it has domains, and none is for managed login. Without a domain the pages are at
 * this server's own name and are those of managed login.
 *
 * @see API Reference, "CreateUserPoolDomain", `ManagedLoginVersion`
 */
export function usesClassicPages(domains: readonly Pick<DomainRecord, "settings">[]): boolean {
  return domains.length > 0 && domains.every(({ settings }) => settings.ManagedLoginVersion !== 2);
}
