import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { createThread, Overloaded } from "../../thread.ts";
import { powerBySquaring } from "../testing.ts";
import { createExponentiation } from "./exponentiation.ts";
import { exponentiationThread, groupParameters, type PowerRequest } from "./exponentiation-thread.ts";
import { montgomeryModule } from "./montgomery.ts";
import { g, N } from "./srp-numbers.ts";

const exponentiation = createExponentiation(1);
afterAll(() => exponentiation.close());

describe("exponentiation off the main thread", () => {
  it("returns the result of square-and-multiply for random bases", () =>
    fc.assert(
      fc.asyncProperty(fc.bigInt(0n, N * 2n), fc.bigInt(0n, 2n ** 256n), async (base, exponent) => {
        expect(await exponentiation.power(base, exponent)).toBe(powerBySquaring(base, exponent));
      }),
      { numRuns: 30 },
    ));

  it("returns the same powers of the generator before and after its table is complete", async () => {
    const fresh = createExponentiation(1);
    // A row is made between two answers, so that the last of these find all 32.
    for (let attempt = 0; attempt < 40; attempt++) {
      const exponent = 2n ** 255n + 7n ** BigInt(attempt);
      expect(await fresh.power(g, exponent)).toBe(powerBySquaring(g, exponent));
    }
    await fc.assert(
      fc.asyncProperty(fc.bigInt(0n, 2n ** 264n), async (exponent) => {
        expect(await fresh.power(g, exponent)).toBe(powerBySquaring(g, exponent));
      }),
      { numRuns: 30 },
    );
    for (const exponent of [2n, 255n, 256n, 2n ** 255n, 2n ** 256n - 1n, 2n ** 256n, 2n ** 256n + 1n]) {
      expect(await fresh.power(g, exponent)).toBe(powerBySquaring(g, exponent));
    }
    await fresh.close();
  });

  it.each([
    ["computes wrongly", montgomeryModule(N - 2n, 64)],
    ["cannot be loaded", new Uint8Array(8)],
  ])("raises the generator by OpenSSL if the module for its table %s", async (_, module) => {
    const thread = createThread<PowerRequest, bigint>({
      name: "tests",
      program: exponentiationThread,
      workerData: () => ({ ...groupParameters(), module }),
    });
    for (let attempt = 0; attempt < 40; attempt++) {
      const exponent = 2n ** 255n + 7n ** BigInt(attempt);
      expect(await thread.ask({ base: g, exponent })).toBe(powerBySquaring(g, exponent));
    }
    await thread.close();
  });

  it.each([
    ["any base to the 0th", 2n, 0n],
    ["0 to the 0th", 0n, 0n],
    ["any base to the 1st", 2n, 1n],
    ["an even exponent", 3n, 2n],
    ["0", 0n, 5n],
    ["1", 1n, 5n],
    ["N", N, 5n],
    ["N to the (N − 1)th", N, N - 1n],
    ["−1", N - 1n, 2n],
    ["a base beyond N", N + 2n, 3n],
    ["the largest exponent that OpenSSL takes", 3n, N - 2n],
    ["the order of the group as exponent", 3n, N - 1n],
    ["N as exponent", 3n, N],
    ["an exponent beyond N", 3n, N * N + 6n],
  ])("returns the right power for %s", async (_, base, exponent) => {
    expect(await exponentiation.power(base, exponent)).toBe(powerBySquaring(base, exponent));
  });

  it.each([
    ["ordinary numbers", N - 5n, 7n, 2n ** 255n + 9n, 2n ** 256n - 3n],
    ["a factor beyond N", N * 5n + 3n, 7n, 12n, 13n],
    ["a factor that N divides", N * 5n, 7n, 12n, 13n],
    ["a product of 1", powerBySquaring(7n, N - 13n), 7n, 12n, 2n ** 200n],
    ["a base of 0", 5n, 0n, 12n, 13n],
    ["a base beyond N", 5n, N + 3n, 12n, 13n],
    ["exponents of 0 and 1", 5n, 3n, 0n, 1n],
  ])("raises a product to a power for %s", async (_, factor, base, first, second) => {
    const product = factor * powerBySquaring(base, first);
    expect(await exponentiation.powerOfProduct(factor, base, first, second)).toBe(
      powerBySquaring(product, second),
    );
  });

  it("rejects work while the queue is full, and accepts work afterwards", async () => {
    const small = createExponentiation(1, 2);
    const [first, second, third] = [small.power(3n, 5n), small.power(3n, 6n), small.power(3n, 7n)];
    await expect(third).rejects.toThrow(Overloaded);
    expect(await Promise.all([first, second])).toEqual([243n, 729n]);
    expect(await small.power(3n, 7n)).toBe(2187n);
    await small.close();
  });

  it("rejects waiting and later work when it is closed", async () => {
    const closing = createExponentiation(1);
    const [waiting, closed] = [closing.power(3n, N - 2n), closing.close()];
    await expect(waiting).rejects.toThrow("ended");
    await closed;
    await expect(closing.power(2n, 5n)).rejects.toThrow("closed");
  });

  it("computes in a minified bundle, and lets the process end", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cognate-exponentiation-"));
    const file = join(folder, "bundle.mjs");
    const path = JSON.stringify(join(import.meta.dirname, "exponentiation.ts"));
    await build({
      stdin: {
        contents: `import { createExponentiation } from ${path}; console.log(await createExponentiation(1).power(3n, 5n));`,
        resolveDir: import.meta.dirname,
      },
      outfile: file,
      bundle: true,
      minify: true,
      platform: "node",
      format: "esm",
      target: "node24",
    });
    const { stdout } = await promisify(execFile)(process.execPath, [file], { timeout: 20_000 });
    expect(stdout).toBe("243n\n");
    await rm(folder, { recursive: true });
  });
});
