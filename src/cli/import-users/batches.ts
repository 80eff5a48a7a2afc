/** Records as batches that the server takes. */
import type { Mapper } from "./mapping.ts";
import { type RawRecord, RecordProblem } from "./records.ts";

export interface Batch {
  /** Of its first record in the source. */
  readonly position: number;
  readonly bytes: number;
  readonly isLast: boolean;
  /** Of each record where it is in the source. */
  readonly places: readonly string[];
  /** The records, each as JSON. */
  readonly users: readonly string[];
}

/** What the server takes at a time. */
const MAX_USERS = 500;
/** Below the 1 MiB that a request may have, whatever the characters. */
const MAX_BATCH_BYTES = 800_000;

/**
 * @param from records before this position are passed over
 * @param onPassed is called with them
 */
export async function* batchesOf(
  records: AsyncIterable<RawRecord>,
  mapper: Mapper,
  from: number,
  onPassed: (position: number, record: RawRecord) => void,
): AsyncGenerator<Batch> {
  let position = 0;
  let last: RawRecord | undefined;
  let [places, users, size]: [string[], string[], number] = [[], [], 0];
  const batch = (isLast: boolean): Batch => {
    const made = { position: position - users.length, bytes: last?.bytes ?? 0, isLast, places, users };
    [places, users, size] = [[], [], 0];
    return made;
  };
  for await (const record of records) {
    if (position < from) {
      onPassed(position++, record);
      last = record;
      continue;
    }
    const json = jsonOf(record, mapper);
    const bytes = Buffer.byteLength(json) + 1;
    if (users.length === MAX_USERS || size + bytes > MAX_BATCH_BYTES) yield batch(false);
    position += 1;
    last = record;
    places.push(record.where);
    users.push(json);
    size += bytes;
  }
  yield batch(true);
}

function jsonOf(record: RawRecord, mapper: Mapper): string {
  try {
    const json = JSON.stringify(mapper.map(record.read()));
    if (Buffer.byteLength(json) < MAX_BATCH_BYTES) return json;
    return JSON.stringify({ problem: "The record is too large." });
  } catch (error) {
    if (!(error instanceof RecordProblem)) throw error;
    return JSON.stringify({ username: error.username?.slice(0, 128), problem: error.message.slice(0, 500) });
  }
}
