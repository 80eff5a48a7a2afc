/** How secret members become a sealed column: JSON under the sealer, with bytes in base64. */
import type { Sealer } from "./sealer.ts";
import type { Database } from "./tables.ts";

/** Names the place of a sealed value. `key` is the row's primary key, or what never changes of it. */
export function sealingContext(table: keyof Database, key: readonly string[], column: string): string {
  return JSON.stringify([table, ...key, column]);
}

export function sealJson(sealer: Sealer, value: unknown, context: string): Uint8Array {
  return sealer.seal(Buffer.from(JSON.stringify(value)), context);
}

/** Opens what {@link sealJson} sealed of a `T`. */
export function openJson<T>(sealer: Sealer, sealed: Uint8Array, context: string): T {
  const bytes = sealer.open(sealed, context);
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as T;
}
