/** Records that stand together in the source, sorted by username. */
import type { Place } from "./batches.ts";

/** The system gives the memory page by page, as it is written. */
const FIRST_BYTES = 16_000_000;

/**
 * Their texts are bytes in one buffer. As strings, the records of a section would move to V8's old generation, which
 * grows to twice their size before it is collected. A section can be filled again when it is no longer read.
 */
export class Section {
  /** Of its first record among all that are sent. */
  position = 0;
  /** Of the source: before its first record, and up to the end of its last one. */
  bytesBefore = 0;
  bytesAfter = 0;
  #usernames: string[] = [];
  /** Record numbers, counted from 0 in the order of the source, sorted. */
  #order: number[] = [];
  /** Where the texts of the records end: of each its place, then its JSON. */
  #ends: number[] = [];
  #texts = Buffer.allocUnsafeSlow(FIRST_BYTES);

  /** The number of its records. */
  get size(): number {
    return this.#usernames.length;
  }

  /** Makes it an empty one. */
  begin(position: number, bytesBefore: number): void {
    Object.assign(this, { position, bytesBefore, bytesAfter: bytesBefore });
    this.#usernames = [];
    this.#ends = [];
  }

  /** Adds the record that follows in the source. */
  add(username: string, where: string, json: string): void {
    this.#usernames.push(username);
    this.#write(where);
    this.#write(json);
  }

  /** To be called when it has all its records. Records of the same name stay in their order: the first of them is imported. */
  sort(): void {
    const names = this.#usernames;
    this.#order = Array.from(names.keys()).sort((a, b) => {
      const [one, other] = [names[a] as string, names[b] as string];
      return one < other ? -1 : one > other ? 1 : 0;
    });
  }

  /** @param index in the order of usernames */
  placeAt(index: number): Place {
    const record = this.#order[index] as number;
    return { number: this.position + record + 1, where: this.#textAt(2 * record).toString() };
  }

  /** As the server takes the record. The bytes are those of the section: copy them before it is filled again. */
  jsonAt(index: number): Buffer {
    return this.#textAt(2 * (this.#order[index] as number) + 1);
  }

  #textAt(text: number): Buffer {
    return this.#texts.subarray(this.#ends[text - 1] ?? 0, this.#ends[text]);
  }

  #write(text: string): void {
    const start = this.#ends.at(-1) ?? 0;
    // No character takes more than three bytes in UTF-8.
    const needed = start + 3 * text.length;
    if (needed > this.#texts.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#texts.length));
      this.#texts.copy(larger, 0, 0, start);
      this.#texts = larger;
    }
    this.#ends.push(start + this.#texts.write(text, start));
  }
}
