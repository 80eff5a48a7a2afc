import { describe, expect, it } from "vitest";
import { type Batch, batchesOf, type Passed } from "./batches.ts";
import { createMapper } from "./mapping.ts";
import { type RawRecord, RecordProblem } from "./records.ts";

const mapper = createMapper(
  { SchemaAttributes: [{ Name: "name" }] },
  { usernameFrom: undefined, idAttribute: undefined, resetsUnusableHashes: false },
);
const NOTHING_PASSED: Passed = { count: 0, reportedFrom: 0, report: () => undefined };

/** Records of a source in which each takes a thousand bytes, so that a section has 16,001. */
async function* sourceOf(users: Iterable<{ username: string; name?: string } | RecordProblem>) {
  let line = 0;
  for (const user of users) {
    line += 1;
    yield {
      where: `line ${line}`,
      bytes: line * 1000,
      read() {
        if (user instanceof RecordProblem) throw user;
        return { username: user.username, attributes: { name: user.name } };
      },
    } satisfies RawRecord;
  }
}

async function batchesFrom(
  users: Iterable<{ username: string; name?: string } | RecordProblem>,
  passed = NOTHING_PASSED,
) {
  const batches: Batch[] = [];
  for await (const batch of batchesOf(sourceOf(users), mapper, passed)) batches.push(batch);
  return batches;
}

const usersOf = ({ users }: Batch) =>
  JSON.parse(`[${Buffer.from(users).toString()}]`) as { username: string; attributes?: object }[];
const namesOf = (batch: Batch) => usersOf(batch).map(({ username }) => username);

/** `count` usernames in an order that is not their own. */
const shuffled = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ username: `user${(index * 7919) % count}` }));

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);

describe("the batches of a source", () => {
  it("hold the records in the order of their usernames, each with its place", async () => {
    const [batch, ...others] = await batchesFrom([
      { username: "zoë", name: "Zoë 🦊" },
      { username: "ana", name: "first" },
      { username: "ana", name: "second" },
    ]);
    expect(others).toEqual([]);
    expect(batch && usersOf(batch)).toEqual([
      { username: "ana", attributes: { name: "first" } },
      { username: "ana", attributes: { name: "second" } },
      { username: "zoë", attributes: { name: "Zoë 🦊" } },
    ]);
    expect(batch?.places).toEqual([
      { number: 2, where: "line 2" },
      { number: 3, where: "line 3" },
      { number: 1, where: "line 1" },
    ]);
    expect(batch).toMatchObject({ position: 0, bytes: 3000, isLast: true });
  });

  it("hold the problem of a record that cannot be read", async () => {
    const [batch] = await batchesFrom([{ username: "ana" }, new RecordProblem("No.", "bo")]);
    expect(batch && usersOf(batch)[1]).toEqual({ username: "bo", problem: "No." });
  });

  it("hold a problem in place of a record that is too large for a request", async () => {
    const [batch] = await batchesFrom([{ username: "ana", name: "x".repeat(800_000) }]);
    expect(batch && usersOf(batch)).toEqual([{ problem: "The record is too large." }]);
  });

  it("stay below the size of a request", async () => {
    const batches = await batchesFrom(
      Array.from({ length: 30 }, (_, index) => ({ username: `user${index}`, name: "é".repeat(150_000) })),
    );
    expect(batches.map(({ places }) => places.length)).toEqual(Array.from({ length: 15 }, () => 2));
  });

  it("hold every record once when the source has several sections", async () => {
    const users = shuffled(33_000);
    const batches = await batchesFrom(users);
    expect(batches.flatMap(namesOf).toSorted()).toEqual(users.map(({ username }) => username).toSorted());
    for (const batch of batches) {
      expect(batch.places.map(({ number }) => users[number - 1]?.username)).toEqual(namesOf(batch));
    }
    const sizes = batches.map(({ places }) => places.length);
    expect(sizes).toEqual([...Array(16).fill(1000), 1, ...Array(16).fill(1000), 1, 998]);
    expect(batches.map(({ position }) => position)).toEqual(sizes.map((_, n) => sum(sizes.slice(0, n))));
    expect(batches.filter(({ isLast }) => isLast)).toEqual([batches.at(-1)]);
  });

  it("are the same when they start at a later position, and report the places of skipped records", async () => {
    const users = shuffled(17_000);
    const all = await batchesFrom(users);
    const reported: number[] = [];
    const rest = await batchesFrom(users, {
      count: 16_001,
      reportedFrom: 15_999,
      report: (position, { number }) => reported.push(position, number),
    });
    expect(rest).toEqual(all.slice(17));
    const numbers = all.slice(15, 17).flatMap(({ places }) => places.map(({ number }) => number));
    expect(reported).toEqual([15_999, numbers[999], 16_000, numbers[1000]]);
  });

  it("are one empty batch if no record is left", async () => {
    const empty = { bytes: 0, isLast: true, places: [] };
    expect(await batchesFrom([])).toMatchObject([{ position: 0, ...empty }]);
    const passed = { ...NOTHING_PASSED, count: 10, reportedFrom: 10 };
    expect(await batchesFrom(shuffled(10), passed)).toMatchObject([{ position: 10, ...empty }]);
  });
});
