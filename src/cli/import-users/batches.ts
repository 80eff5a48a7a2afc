/**
 * Records as batches that the server takes, in an order that suits its indexes: some ten thousand records of the source at a
 * time are sorted by username, so that the users of a batch are written to few pages of them.
 */
import type { Mapper } from "./mapping.ts";
import { type RawRecord, RecordProblem } from "./records.ts";

/** A record's place in the source. */
export interface Place {
  /** Counted from 1, over all files. */
  readonly number: number;
  readonly where: string;
}

interface SortableRecord extends Place {
  readonly username: string;
  /** As the server takes it. */
  readonly json: string;
}

/** Records that stand together in the source, sorted. */
interface Section {
  /** Of its first record among all that are sent. */
  readonly position: number;
  readonly records: readonly SortableRecord[];
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

export interface Batch {
  /** Of its first record among all that are sent. */
  readonly position: number;
  /** Of the source, as far as it is done. */
  readonly bytes: number;
  readonly isLast: boolean;
  /** Of each record where it is in the source. */
  readonly places: readonly Place[];
  /** The records, each as JSON. */
  readonly users: readonly string[];
}

/** What the server takes at a time. */
export const MAX_USERS = 1000;
/** Below the 1 MiB that a request may have, whatever the characters. */
const MAX_BATCH_BYTES = 800_000;
/** The most that is held in memory and sorted, in records and in bytes of the source. */
const MAX_SECTION = { records: 25_000, bytes: 8_000_000 };

export interface Passed {
  /** Records that the server has: none of them is sent. */
  readonly count: number;
  /** The first of which the place is asked for. */
  readonly reportedFrom: number;
  readonly report: (position: number, place: Place) => void;
}

export async function* batchesOf(
  records: AsyncIterable<RawRecord>,
  mapper: Mapper,
  passed: Passed,
): AsyncGenerator<Batch> {
  let last: Batch = { position: passed.count, bytes: 0, isLast: false, places: [], users: [] };
  for await (const section of ahead(sectionsOf(records, mapper, passed.reportedFrom)))
    for (const batch of batchesOfSection(section, passed)) {
      if (last.users.length > 0) yield last;
      last = batch;
    }
  yield { ...last, isLast: true };
}

function* batchesOfSection(section: Section, passed: Passed): Generator<Batch> {
  const { position, records, bytesBefore, bytesAfter } = section;
  let [places, users, size]: [Place[], string[], number] = [[], [], 0];
  const batchUpTo = (index: number): Batch => {
    const share = (index / records.length) * (bytesAfter - bytesBefore);
    const made = {
      position: position + index - users.length,
      bytes: Math.round(bytesBefore + share),
      isLast: false,
      places,
      users,
    };
    [places, users, size] = [[], [], 0];
    return made;
  };
  for (const [index, { number, where, json }] of records.entries()) {
    if (position + index < passed.count) {
      if (position + index >= passed.reportedFrom) passed.report(position + index, { number, where });
      continue;
    }
    const bytes = Buffer.byteLength(json) + 1;
    if (users.length === MAX_USERS || size + bytes > MAX_BATCH_BYTES) yield batchUpTo(index);
    places.push({ number, where });
    users.push(json);
    size += bytes;
  }
  if (users.length > 0) yield batchUpTo(records.length);
}

/** @param neededFrom sections that end before this position are passed over unread */
async function* sectionsOf(
  source: AsyncIterable<RawRecord>,
  mapper: Mapper,
  neededFrom: number,
): AsyncGenerator<Section> {
  let [position, bytesBefore, bytes, number]: [number, number, number, number] = [0, 0, 0, 0];
  let records: SortableRecord[] = [];
  for await (const record of source) {
    if (number - position === MAX_SECTION.records || bytes - bytesBefore > MAX_SECTION.bytes) {
      yield { position, records: inOrder(records), bytesBefore, bytesAfter: bytes };
      [position, bytesBefore, records] = [number, bytes, []];
    }
    number += 1;
    bytes = record.bytes;
    if (position + MAX_SECTION.records > neededFrom) records.push(sortable(record, number, mapper));
  }
  yield { position, records: inOrder(records), bytesBefore, bytesAfter: bytes };
}

/** Records of the same name stay in their order: the first of them is imported. */
function inOrder(records: SortableRecord[]): readonly SortableRecord[] {
  return records.sort((a, b) => (a.username < b.username ? -1 : a.username > b.username ? 1 : 0));
}

function sortable({ where, read }: RawRecord, number: number, mapper: Mapper): SortableRecord {
  try {
    const user = mapper.map(read());
    const json = JSON.stringify(user);
    return Buffer.byteLength(json) < MAX_BATCH_BYTES
      ? { number, where, username: user.username, json }
      : { number, where, username: "", json: JSON.stringify({ problem: "The record is too large." }) };
  } catch (error) {
    if (!(error instanceof RecordProblem)) throw error;
    const [username, problem] = [error.username?.slice(0, 128), error.message.slice(0, 500)];
    return { number, where, username: username ?? "", json: JSON.stringify({ username, problem }) };
  }
}

/** Reads the next value while the last one is used. */
async function* ahead<T>(values: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = values.next();
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = values.next();
      // A failure is thrown where it is waited for.
      next.catch(() => undefined);
      yield value;
    }
  } finally {
    await next.catch(() => undefined);
    await values.return(undefined);
  }
}
