import { hostName } from "../http/index.ts";
import type { Store } from "../storage/index.ts";

/**
 * The pool whose domain a host name is: a custom domain, `{prefix}.localhost`, or the name that AWS gives a prefix, which
 * tests reach by their own name resolution.
 *
 * @param host as in a `Host` header
 */
export async function poolOfDomain(
  host: string,
  { domains }: Pick<Store, "domains">,
): Promise<string | undefined> {
  const name = hostName(host);
  const prefix = prefixOf(name);
  const domain = await domains.get(prefix ?? name);
  if (domain === undefined) return undefined;
  const isCustom = domain.settings.CustomDomainConfig !== undefined;
  return isCustom === (prefix === undefined) ? domain.poolId : undefined;
}

function prefixOf(name: string): string | undefined {
  return (
    /^([a-z0-9-]{1,63})\.localhost$/.exec(name)?.[1] ??
    /^([a-z0-9-]{1,63})\.auth(?:-fips)?\.[a-z0-9-]+\.amazoncognito\.com$/.exec(name)?.[1]
  );
}
