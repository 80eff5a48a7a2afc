import type { Addresses } from "./addresses.ts";
import type { Domain } from "./domain.ts";

/** "Test connection" of a pool's identity providers. The code of providers is loaded when it is first used. */
export function providerTests({
  domain: { environment, tokens },
  addresses,
}: {
  readonly domain: Domain;
  readonly addresses: Addresses;
}) {
  return async (poolId: string, providerName: string): Promise<object | undefined> => {
    const { testConnection } = await import("../federation/connection-test/index.ts");
    const baseUrls = await baseUrlsOf(poolId, environment, addresses);
    return testConnection({ poolId, providerName }, baseUrls, { ...environment, tokens });
  };
}

/** Under which browsers may reach the pool's endpoints: its domains first, then below its id. */
async function baseUrlsOf(
  poolId: string,
  { store }: Domain["environment"],
  { baseUrl }: Addresses,
): Promise<readonly string[]> {
  const domains = await store.domains.listOfPool(poolId);
  const ofDomains = domains.map(({ domain, settings }) => {
    const url = new URL(baseUrl());
    url.hostname = settings.CustomDomainConfig === undefined ? `${domain}.localhost` : domain;
    return url.origin;
  });
  return [...ofDomains, `${baseUrl()}/${poolId}`];
}
