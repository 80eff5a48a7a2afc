/**
 * The servers that a database URL names, as libpq writes several: `postgres://user@first:5432,second:5432/database`.
 *
 * @returns one URL for each, in their order
 * @see PostgreSQL, "Specifying Multiple Hosts"
 */
export function urlsOfServers(url: string): string[] {
  const [, before = url, servers = "", after = ""] =
    /^([a-z]+:\/\/(?:[^/?]*@)?)([^/?]*)(.*)$/is.exec(url) ?? [];
  return servers.split(",").map((server) => `${before}${server}${after}`);
}
