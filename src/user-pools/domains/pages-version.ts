import type { DomainRecord } from "../../storage/index.ts";

type Versioned = Pick<DomainRecord, "domain" | "settings">;

/**
 * Whether pages are the classic ones: those of a domain for which managed login was not chosen. At this server's own name they
 * are so if the pool has domains and none is for managed login.
 *
 * @param hostName under which a page is opened
 * @see API Reference, "CreateUserPoolDomain", `ManagedLoginVersion`
 */
export function usesClassicPages(domains: readonly Versioned[], hostName?: string): boolean {
  const opened = domains.find(({ domain }) => hostName === domain || hostName?.startsWith(`${domain}.`));
  const shown = opened === undefined ? domains : [opened];
  return shown.length > 0 && shown.every(({ settings }) => settings.ManagedLoginVersion !== 2);
}
