/** Random decisions that a seed repeats. */
export interface RandomSource {
  /** From 0 to `end` - 1. */
  below(end: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** Undefined where there is nothing to pick. */
  pickAny<T>(items: readonly T[]): T | undefined;
  /** Some of the items, in their order. */
  some<T>(items: readonly T[]): T[];
  /** Letters and digits. */
  word(length: number): string;
}

/** Mulberry32: small, fast, and good enough to choose test cases. */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  const chance = (probability: number) => next() < probability;
  const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
  return {
    below,
    chance,
    pick: (items) => items[below(items.length)] ?? items[0],
    pickAny: (items) => items[below(items.length)],
    some: (items) => items.filter(() => chance(0.5)),
    word: (length) => Array.from({ length }, () => LETTERS[below(LETTERS.length)]).join(""),
  };
}
