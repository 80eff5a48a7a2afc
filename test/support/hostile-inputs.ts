/** Requests that meet the API model but for one member, to get past the checks of their form. */
import fc from "fast-check";
import { type OperationName, operationModel, shapeModel } from "../../src/api-model/index.ts";
import { validValue } from "./model-samples.ts";

const HOSTILE_TEXTS = ["", " ", "\u0000", "a\u0000b", "\ud800", "🙂", "\u202e", "__proto__", "constructor"]
  .concat(["null", "{}", "[]", "%zz", "../..", "1e999", "$&", "{####}", "*", "a@b"])
  .concat(["x".repeat(129), "x".repeat(3000), "(".repeat(200), "9".repeat(400), "日本語".repeat(50)]);
const ODD_VALUES = [null, true, 0, -1, 0.5, 1e308, 2 ** 63, [], {}, [null], [[]], { a: null }];

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom(...ODD_VALUES) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as unknown) },
);

/** A value of a shape with every member that it can have, three levels deep. */
function fullValue(name: string, known: Readonly<Record<string, unknown>>, depth = 0): unknown {
  const shape = shapeModel(name);
  if (depth === 3) return validValue(name);
  if (shape.type === "list") return [fullValue(shape.member, known, depth + 1)];
  if (shape.type === "map")
    return { [String(validValue(shape.key))]: fullValue(shape.value, known, depth + 1) };
  if (shape.type !== "structure") return validValue(name);
  return Object.fromEntries(
    Object.entries(shape.members).map(([member, of]) => [
      member,
      known[member] ?? fullValue(of, known, depth + 1),
    ]),
  );
}

/**
 * An input of an operation with some of its members, one of which is hostile.
 *
 * @param known values for members by their name, such as the ID of a pool that exists
 */
export function hostileInput(
  operation: OperationName,
  known: Readonly<Record<string, unknown>>,
): fc.Arbitrary<unknown> {
  const { input } = operationModel(operation);
  const shape = shapeModel(input);
  const required = new Set(shape.type === "structure" ? shape.required : []);
  const full = Object.entries(fullValue(input, known) as Record<string, unknown>);
  return fc
    .record({
      kept: fc.array(fc.boolean(), { minLength: full.length, maxLength: full.length }),
      place: fc.nat(),
      hostile,
    })
    .map(({ kept, place, hostile: value }) => {
      const some = full.filter(([member], index) => required.has(member) || kept[index]);
      const root = { input: structuredClone(Object.fromEntries(some)) };
      const places = placesIn(root.input);
      const at = places[place % Math.max(places.length, 1)];
      if (at !== undefined) Object.assign(at.holder, { [at.key]: value });
      return root.input;
    });
}

interface Place {
  readonly holder: object;
  readonly key: string;
}

function placesIn(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [{ holder: value, key }, ...placesIn(member)]);
}
