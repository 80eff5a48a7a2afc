import { InvalidPagePosition, type Page, type PageRequest } from "../storage/index.ts";
import { ValidationError } from "./errors.ts";

const DEFAULT_MAX_ITEMS = 100;

/** The paging input of every list operation. */
export interface ListInput {
  readonly Marker?: string | undefined;
  readonly MaxItems?: number | undefined;
}

/** The paging output of every list operation. */
interface Listed<T> {
  readonly items: T[];
  readonly rest: { IsTruncated: boolean; Marker?: string };
}

function markerOf(position: string): string {
  return Buffer.from(position).toString("base64");
}

/**
 * A page of a list in storage.
 *
 * @throws ValidationError the list did not issue the marker
 */
export async function listPage<T>(
  { Marker, MaxItems = DEFAULT_MAX_ITEMS }: ListInput,
  read: (page: PageRequest) => Promise<Page<T>>,
): Promise<Listed<T>> {
  const after = Marker === undefined ? {} : { after: Buffer.from(Marker, "base64").toString() };
  try {
    const { items, next } = await read({ limit: MaxItems, ...after });
    const more = next === undefined ? { IsTruncated: false } : { IsTruncated: true, Marker: markerOf(next) };
    return { items: [...items], rest: more };
  } catch (error) {
    if (error instanceof InvalidPagePosition) throw new ValidationError("Invalid Marker.", { cause: error });
    throw error;
  }
}

/** A page of a list in memory, in the order of its keys, which are unique. */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  { Marker, MaxItems = DEFAULT_MAX_ITEMS }: ListInput,
): Listed<T> {
  const sorted = all.map((item) => [keyOf(item), item] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const after = Marker === undefined ? "" : Buffer.from(Marker, "base64").toString();
  const following = sorted.filter(([key]) => key > after);
  const items = following.slice(0, MaxItems);
  const last = items.at(-1);
  const isTruncated = items.length < following.length && last !== undefined;
  return {
    items: items.map(([, item]) => item),
    rest: isTruncated ? { IsTruncated: true, Marker: markerOf(last[0]) } : { IsTruncated: false },
  };
}

/** All items of a list in storage, read in pages: for lists whose length a quota limits. */
export async function listAll<T>(read: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let page = await read({ limit: 1000 });
  items.push(...page.items);
  while (page.next !== undefined) {
    page = await read({ limit: 1000, after: page.next });
    items.push(...page.items);
  }
  return items;
}
