/**
 * The runtime of this program if it cannot run the server, for example `v20.20.2` or `Bun 1.4.5`.
 *
 * Bun and Deno lack what the server needs of OpenSSL. Plain JavaScript that runs on all of them.
 */
export function unsupportedRuntime() {
  const { bun, deno, node = "" } = process.versions;
  if (bun) return `Bun ${bun}`;
  if (deno) return `Deno ${deno}`;
  return Number.parseInt(node, 10) < 24 ? `v${node}` : undefined;
}
