/**
 * Positions in lists: the sort key of the last row of a page, with a mark of the list that it belongs to.
 */
import { hash } from "node:crypto";
import { InvalidPagePosition } from "./errors.ts";

/** A page of a list; `next` is absent on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  /** An opaque position that the same list continues after; safe to show to clients once sealed or validated by the caller. */
  readonly next?: string | undefined;
}

export interface PageRequest {
  readonly limit: number;
  /** The `next` of the page before. A position that this list never gave makes {@link InvalidPagePosition}. */
  readonly after?: string | undefined;
}

export type PageKey = readonly (string | number)[];

/**
 * Reads a page: `fetch` reads one row more than the page holds, starting after the position, to know whether there is a
 * next page.
 *
 * @param list names the list with everything that selects its rows, so that a position works in no other
 * @param first a key that sorts before every row's; its types are the types of the list's keys
 */
export async function readPage<Row, T>(
  list: readonly (string | undefined)[],
  request: PageRequest,
  first: PageKey,
  query: {
    fetch(after: PageKey, limit: number): Promise<Row[]>;
    keyOf(row: Row): PageKey;
    recordOf(row: Row): T;
  },
): Promise<Page<T>> {
  const after = request.after === undefined ? first : decodePosition(request.after, markOf(list), first);
  const rows = await query.fetch(after, request.limit + 1);
  if (rows.length <= request.limit) return { items: rows.map(query.recordOf) };
  rows.length = request.limit;
  const last = rows.at(-1);
  if (last === undefined) return { items: [] };
  return { items: rows.map(query.recordOf), next: encodePosition(markOf(list), query.keyOf(last)) };
}

function markOf(list: readonly (string | undefined)[]): string {
  return hash("sha256", JSON.stringify(list), "base64url").slice(0, 8);
}

function encodePosition(mark: string, key: PageKey): string {
  return Buffer.from(JSON.stringify([mark, ...key])).toString("base64url");
}

function decodePosition(position: string, mark: string, first: PageKey): PageKey {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(position, "base64url").toString());
  } catch {
    throw new InvalidPagePosition("The page position is not one that a list gave.");
  }
  if (!Array.isArray(parts) || parts.length !== first.length + 1 || parts[0] !== mark) {
    throw new InvalidPagePosition("The page position is not one that this list gave.");
  }
  return parts.slice(1).map((part: unknown, index) => {
    if (typeof part === "string" && typeof first[index] === "string" && !part.includes("\0")) return part;
    if (Number.isSafeInteger(part) && typeof part === "number" && typeof first[index] === "number")
      return part;
    throw new InvalidPagePosition("The page position is not one that this list gave.");
  });
}
