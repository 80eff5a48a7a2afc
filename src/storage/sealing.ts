/** How secret members become a sealed column: JSON under the sealer, with bytes in base64. */
import { LRUCache } from "lru-cache";
import type { Table } from "./schema.ts";
import type { Sealer } from "./sealer.ts";

type SealedColumn<T extends Table> = keyof T["sealed"] & keyof T["columns"] & string;

/** The columns that name a row in the seal context of `Column`. */
type NamesOfRow<T extends Table, Column extends SealedColumn<T>> = NonNullable<T["sealed"]>[Column] extends
  | readonly (infer Name extends string)[]
  | undefined
  ? Name
  : never;

/** Names the place of a sealed value, as the table's description says: a value that was moved elsewhere does not open. */
export function sealContext<T extends Table, Column extends SealedColumn<T>>(
  table: T,
  column: Column,
  row: Readonly<Record<NamesOfRow<T, Column>, string>>,
): string {
  return contextIn(table, column, row);
}

/** As {@link sealContext}, for callers that know the table only by its description. */
export function contextIn(table: Table, column: string, row: Readonly<Record<string, unknown>>): string {
  const names: readonly string[] = table.sealed?.[column] ?? [];
  return JSON.stringify([table.name, ...names.map((name) => row[name]), column]);
}

export function sealJson(sealer: Sealer, value: unknown, context: string): Uint8Array {
  return sealer.seal(Buffer.from(JSON.stringify(value)), context);
}

/** Opens what {@link sealJson} sealed of a `T`. */
export function openJson<T>(sealer: Sealer, sealed: Uint8Array, context: string): T {
  const bytes = sealer.open(sealed, context);
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) as T;
}

/** Sealed values of some hundred users who are signing in; one takes about one and a half kilobytes. */
const REMEMBERED_VALUES = 512;
/** Parts of uploaded files are read once and have 256 KB each, which the key takes again. */
const MAX_REMEMBERED_BYTES = 16 * 1024;
/** As many as the tag has that authenticates a value. A map compares and hashes names of this length fast. */
const NAME_BYTES = 16;

interface OpenedValue {
  readonly sealed: Uint8Array;
  readonly context: string;
  readonly plaintext: Uint8Array;
}

/**
 * A sealer with a bounded cache of opened values. One sign-in reads its user up to four times, and opening the user's
 * secrets costs more than the rest of each read. A value is found by its last bytes, which differ between values. It is
 * used only if all bytes and the context are the same.
 */
export function rememberOpened(sealer: Sealer): Sealer {
  const opened = new LRUCache<string, OpenedValue>({ max: REMEMBERED_VALUES });
  return {
    seal: (plaintext, context) => sealer.seal(plaintext, context),
    open(sealed, context) {
      if (sealed.length > MAX_REMEMBERED_BYTES) return sealer.open(sealed, context);
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const name = bytes.toString("latin1", Math.max(0, bytes.length - NAME_BYTES));
      const known = opened.get(name);
      if (known?.context === context && bytes.equals(known.sealed)) return known.plaintext;
      const plaintext = sealer.open(sealed, context);
      opened.set(name, { sealed, context, plaintext });
      return plaintext;
    },
  };
}
