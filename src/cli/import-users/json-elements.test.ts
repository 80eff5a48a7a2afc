import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonElements } from "./json-elements.ts";

async function elementsOf(text: string, chunkBytes = 7): Promise<{ value: unknown; end: number }[]> {
  async function* chunks() {
    const bytes = Buffer.from(text);
    for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes);
  }
  const found = [];
  for await (const { text, end } of jsonElements(chunks(), "users"))
    found.push({ value: JSON.parse(text), end });
  return found;
}

const valuesOf = async (text: string, chunkBytes?: number) =>
  (await elementsOf(text, chunkBytes)).map(({ value }) => value);

describe("the elements of an array in a JSON file", () => {
  it("are those of the named list of the outermost object, and of no nested list", async () => {
    const realm = {
      realm: "users",
      clients: [{ users: [{ a: 0 }] }],
      roles: { users: [{ b: 0 }] },
      users: [{ name: 'a"]}\\' }, { nested: [{ users: [1] }] }],
      groups: [{ c: 0 }],
    };
    expect(await valuesOf(JSON.stringify(realm, null, 2))).toEqual(realm.users);
  });

  it("are those of a file that is itself a list, with or without a byte order mark", async () => {
    expect(await valuesOf('[{"a":1},{"a":2}]')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(await valuesOf('\uFEFF[{"a":1}]')).toEqual([{ a: 1 }]);
    expect(await valuesOf('{"users":[]}')).toEqual([]);
  });

  it("have the number of bytes up to their end", async () => {
    expect((await elementsOf('[{"é":1}, {}]')).map(({ end }) => end)).toEqual([9, 13]);
  });

  it("do not depend on how the file is cut into chunks", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.dictionary(
            fc.string({ unit: "binary" }),
            fc.json().map((text) => JSON.parse(text)),
          ),
        ),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(0, 2),
        async (users, chunkBytes, indent) => {
          const text = JSON.stringify({ note: "[{", users, more: {} }, null, indent);
          expect(JSON.stringify(await valuesOf(text, chunkBytes))).toBe(JSON.stringify(users));
        },
      ),
      { numRuns: 100 },
    ));

  it.each([
    ['{"users":[{"a":1},{"a"', "ends in the middle"],
    ['{"users":[{"a":1}]', "ends in the middle"],
    ['{"people":[{"a":1}]}', 'has no list "users"'],
    ['{"users":{"a":1}}', 'has no list "users"'],
    ['{"users":[1,2]}', "something else than objects"],
    ['{"users":["text"]}', "something else than objects"],
    ["}", "is no JSON"],
    ["name,email", "is no JSON"],
    ["", 'has no list "users"'],
  ])("are refused in %s", async (text, reason) => {
    await expect(valuesOf(text)).rejects.toThrow(reason);
  });
});
