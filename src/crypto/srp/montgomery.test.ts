import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { montgomeryLayout, montgomeryModule } from "./montgomery.ts";
import { N } from "./srp-numbers.ts";

const { limbs, limbBits, numberBytes, paddingBytes, freeAt } = montgomeryLayout;
const R = 2n ** BigInt(limbBits * limbs);
const LARGEST = 2n ** 3175n - 1n;
const LEFT = freeAt + paddingBytes;
const RIGHT = LEFT + numberBytes + paddingBytes;
const RESULT = RIGHT + numberBytes + paddingBytes;

const module = new WebAssembly.Module(montgomeryModule(N, 1));
const { memory, run } = new WebAssembly.Instance(module).exports as {
  memory: WebAssembly.Memory;
  run(result: number, left: number, right: number): void;
};
const doubles = new Float64Array(memory.buffer);

function write(address: number, number: bigint): void {
  for (let limb = 0; limb < limbs; limb++) {
    doubles[address / 8 + limb] = Number(BigInt.asUintN(limbBits, number >> BigInt(limbBits * limb)));
  }
}

function read(address: number): bigint {
  let number = 0n;
  for (let limb = limbs - 1; limb >= 0; limb--) {
    number = (number << BigInt(limbBits)) + BigInt(doubles[address / 8 + limb] ?? Number.NaN);
  }
  return number;
}

function multiply(left: bigint, right: bigint, result = RESULT): bigint {
  write(LEFT, left);
  write(RIGHT, right);
  run(result, LEFT, RIGHT);
  return read(result);
}

describe("multiplication by Montgomery's method", () => {
  it.each([
    ["zeros", 0n, 0n],
    ["ones", 1n, 1n],
    ["R, which it divides by", R % N, 12345n],
    ["N", N, N],
    ["N − 1", N - 1n, N - 1n],
    ["the largest numbers, all of whose bits are 1", LARGEST, LARGEST],
    ["the largest number and 1", LARGEST, 1n],
    ["lowest limbs that are 0", 2n ** 3100n, 2n ** 3151n],
    // Half of 2^51: the high halves of products are rounded from the middle between two numbers.
    [
      "limbs in the middle",
      ((2n ** 3162n - 1n) / (2n ** 51n - 1n)) << 50n,
      (2n ** 3162n - 1n) / (2n ** 51n - 1n),
    ],
  ])("returns the right product for %s", (_, left, right) => {
    const result = multiply(left, right);
    expect((result * R) % N).toBe((left * right) % N);
    expect(result).toBeLessThanOrEqual(LARGEST);
  });

  it("returns BigInt's product for random numbers", () =>
    fc.assert(
      fc.property(fc.bigInt(0n, LARGEST), fc.bigInt(0n, LARGEST), (left, right) => {
        const result = multiply(left, right);
        expect((result * R) % N).toBe((left * right) % N);
        expect(result).toBeLessThanOrEqual(LARGEST);
      }),
      { numRuns: 300 },
    ));

  it("can write the result in the place of the left factor", () => {
    expect(multiply(N - 5n, N - 7n, LEFT)).toBe(multiply(N - 5n, N - 7n));
  });

  it("returns the right product at the end of a long chain", () => {
    let expected = 3n;
    write(LEFT, 3n);
    write(RIGHT, (7n * R) % N);
    for (let count = 0; count < 2000; count++) {
      run(LEFT, LEFT, RIGHT);
      expected = (expected * 7n) % N;
    }
    expect(read(LEFT) % N).toBe(expected);
  });
});
