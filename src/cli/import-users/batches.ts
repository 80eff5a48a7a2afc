/**
 * Records as batches that the server accepts, in an order that suits its indexes. Some ten thousands of records of the
 * source are sorted by username at a time, so that the users of a batch are written to few pages of the indexes.
 */
import type { Mapper } from "./mapping.ts";
import { type RawRecord, RecordProblem } from "./records.ts";
import { Section } from "./section.ts";

/** A record's place in the source. */
export interface Place {
  /** Counted from 1, over all files. */
  readonly number: number;
  readonly where: string;
}

export interface Batch {
  /** Of its first record among all that are sent. */
  readonly position: number;
  /** Of the source, as far as it is done. */
  readonly bytes: number;
  readonly isLast: boolean;
  /** Of each record where it is in the source. */
  readonly places: readonly Place[];
  /** The records as JSON, with commas between them. */
  readonly users: Uint8Array;
}

/** What the server takes at a time. */
export const MAX_USERS = 1000;
/** Below the 1 MiB that a request may have, whatever the characters. */
const MAX_BATCH_BYTES = 800_000;
/** The most that is held in memory and sorted, in records and in bytes of the source. */
const MAX_SECTION = { records: 40_000, bytes: 16_000_000 };

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
  let last: Batch = { position: passed.count, bytes: 0, isLast: false, places: [], users: Buffer.of() };
  for await (const section of ahead(sectionsOf(records, mapper, passed.reportedFrom)))
    for (const batch of batchesOfSection(section, passed)) {
      if (last.places.length > 0) yield last;
      last = batch;
    }
  yield { ...last, isLast: true };
}

function* batchesOfSection(section: Section, passed: Passed): Generator<Batch> {
  const { position, size, bytesBefore, bytesAfter } = section;
  let from = Math.min(Math.max(0, passed.count - position), size);
  for (let index = Math.max(0, passed.reportedFrom - position); index < from; index++)
    passed.report(position + index, section.placeAt(index));
  while (from < size) {
    const end = endOfBatch(section, from);
    const indexes = Array.from({ length: end - from }, (_, offset) => from + offset);
    yield {
      position: position + from,
      bytes: Math.round(bytesBefore + (end / size) * (bytesAfter - bytesBefore)),
      isLast: false,
      places: indexes.map((index) => section.placeAt(index)),
      users: Buffer.concat(indexes.flatMap((index) => [COMMA, section.jsonAt(index)])).subarray(COMMA.length),
    };
    from = end;
  }
}

const COMMA = Buffer.from(",");

function endOfBatch(section: Section, from: number): number {
  let bytes = 0;
  for (let index = from; index < section.size && index < from + MAX_USERS; index++) {
    bytes += section.jsonAt(index).length + COMMA.length;
    if (bytes > MAX_BATCH_BYTES && index > from) return index;
  }
  return Math.min(section.size, from + MAX_USERS);
}

/**
 * Two sections take turns: while one is read, the next one is filled.
 *
 * @param neededFrom sections that end before this position are passed over unread
 */
async function* sectionsOf(
  source: AsyncIterable<RawRecord>,
  mapper: Mapper,
  neededFrom: number,
): AsyncGenerator<Section> {
  let [section, other] = [new Section(), new Section()];
  let number = 0;
  for await (const record of source) {
    const { position, bytesBefore, bytesAfter } = section;
    if (number - position === MAX_SECTION.records || bytesAfter - bytesBefore > MAX_SECTION.bytes) {
      section.sort();
      yield section;
      [section, other] = [other, section];
      section.begin(number, bytesAfter);
    }
    number += 1;
    section.bytesAfter = record.bytes;
    if (section.position + MAX_SECTION.records > neededFrom) addTo(section, record, mapper);
  }
  section.sort();
  yield section;
}

function addTo(section: Section, { where, read }: RawRecord, mapper: Mapper): void {
  try {
    const user = mapper.map(read());
    const json = JSON.stringify(user);
    if (Buffer.byteLength(json) < MAX_BATCH_BYTES) section.add(user.username, where, json);
    else section.add("", where, JSON.stringify({ problem: "The record is too large." }));
  } catch (error) {
    if (!(error instanceof RecordProblem)) throw error;
    const [username, problem] = [error.username?.slice(0, 128), error.message.slice(0, 500)];
    section.add(username ?? "", where, JSON.stringify({ username, problem }));
  }
}

/** Reads the next value while the last one is used, and the one after it when that is no longer used. */
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
