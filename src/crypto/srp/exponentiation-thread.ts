import type { MessagePort } from "node:worker_threads";
import type { ThreadAnswer } from "../../thread.ts";
import { type MontgomeryLayout, montgomeryLayout, montgomeryModule } from "./montgomery.ts";
import { g, N } from "./srp-numbers.ts";

/** A request for base^exponent; both are at least 2 and less than the modulus. */
export interface PowerRequest {
  readonly base: bigint;
  readonly exponent: bigint;
  /** If the power is to be multiplied by a factor and raised again: both halves of SRP in one request. */
  readonly next?: { readonly factor: bigint; readonly exponent: bigint };
}

/** The parameters of the group, as a thread gets them, and how to multiply in it. */
export interface GroupParameters {
  readonly modulus: bigint;
  readonly generator: bigint;
  readonly module: Uint8Array<ArrayBuffer>;
  readonly layout: MontgomeryLayout;
}

/** For the table: 8,160 numbers of 512 bytes, and what the module itself needs. */
const PAGES = 64;

export function groupParameters(): GroupParameters {
  return { modulus: N, generator: g, module: montgomeryModule(N, PAGES), layout: montgomeryLayout };
}

type Require = (name: string) => unknown;

/**
 * The program of a thread. Nothing outside this function exists where it runs: it can use imported types, but no
 * imported values.
 *
 * OpenSSL raises any base, as a raw RSA public operation (`n` is the modulus, `e` the exponent, without padding). This
 * is the fastest way to it that Node has. The generator never changes, so its powers g^(d·256^i) are kept for every
 * byte d at every place i of an exponent. Then g^x is the product of 32 of them, which takes an eighth of OpenSSL's
 * time. The table is computed row by row between the first requests, which do not wait for it.
 */
export function exponentiationThread(require: Require): void {
  const crypto = require("node:crypto") as typeof import("node:crypto");
  const threads = require("node:worker_threads") as typeof import("node:worker_threads");
  // Both exist in a worker; the main thread never runs this.
  const port = threads.parentPort as MessagePort;
  const { modulus, generator, module, layout } = threads.workerData as GroupParameters;

  const modulusBytes = toBytes(modulus);
  const tabledBytes = 32;
  const anyExponent = modulusBytes.subarray(8, 8 + tabledBytes);
  let tabledPower: ((exponent: Uint8Array) => bigint) | undefined;

  function toBytes(number: bigint, length = 0): Buffer {
    const hex = number.toString(16);
    return Buffer.from(hex.padStart(Math.max(length * 2, hex.length + (hex.length % 2)), "0"), "hex");
  }

  function makeTable(): void {
    const { limbs, limbBits, numberBytes, paddingBytes, freeAt } = layout;
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module));
    const { memory, run } = exports as {
      memory: WebAssembly.Memory;
      run(result: number, left: number, right: number): void;
    };
    const bytes = new Uint8Array(memory.buffer);
    const doubles = new Float64Array(memory.buffer);
    const rightFactors: [number, number] = [freeAt + paddingBytes, freeAt + numberBytes + 2 * paddingBytes];
    const tableAt = rightFactors[1] + numberBytes + paddingBytes;
    const entryAt = (place: number, byte: number) => tableAt + (255 * place + byte - 1) * numberBytes;
    let rows = 0;

    const limbsAt = (address: number) => doubles.subarray(address / 8, address / 8 + limbs);
    const copy = (from: number, to: number) => bytes.copyWithin(to, from, from + numberBytes);

    /** The next row, each entry times 2^(51·64), by which `run` divides. */
    function addRow(): void {
      const [base, nextBase] = rightFactors;
      if (rows === 0) {
        const number = (generator << BigInt(limbBits * limbs)) % modulus;
        limbsAt(base).forEach((_, limb, all) => {
          all[limb] = Number(BigInt.asUintN(limbBits, number >> BigInt(limbBits * limb)));
        });
      }
      copy(base, entryAt(rows, 1));
      for (let byte = 2; byte < 256; byte++) run(entryAt(rows, byte), entryAt(rows, byte - 1), base);
      run(nextBase, entryAt(rows, 255), base);
      copy(nextBase, base);
      rows += 1;
      if (rows < tabledBytes) setImmediate(addRow);
      // The module is right only on processors that round a fused multiplication and addition once.
      else if (power(anyExponent) === powerByOpenSsl(generator, anyExponent)) tabledPower = power;
    }

    function power(exponent: Uint8Array): bigint {
      let [from, to] = rightFactors;
      limbsAt(from).fill(0)[0] = 1;
      for (const [index, byte] of exponent.entries()) {
        if (byte === 0) continue;
        run(to, entryAt(exponent.length - 1 - index, byte), from);
        [from, to] = [to, from];
      }
      return (
        limbsAt(from).reduceRight((high, limb) => (high << BigInt(limbBits)) | BigInt(limb), 0n) % modulus
      );
    }

    addRow();
  }

  function powerByOpenSsl(base: bigint, exponent: Uint8Array): bigint {
    const [n, e] = [modulusBytes.toString("base64url"), Buffer.from(exponent).toString("base64url")];
    const key = crypto.createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" });
    const padding = crypto.constants.RSA_NO_PADDING;
    const power = crypto.publicEncrypt({ key, padding }, toBytes(base, modulusBytes.length));
    return BigInt(`0x${power.toString("hex")}`);
  }

  function powerOf({ base, exponent, next }: PowerRequest): bigint {
    const bytes = toBytes(exponent);
    const isTabled = base === generator && bytes.length <= tabledBytes;
    const power = (isTabled && tabledPower?.(bytes)) || powerByOpenSsl(base, bytes);
    if (next === undefined) return power;
    const product = (next.factor * power) % modulus;
    return product < 2n ? product : powerByOpenSsl(product, toBytes(next.exponent));
  }

  port.on("message", (request: PowerRequest & { readonly id: number }) => {
    const { id } = request;
    try {
      port.postMessage({ id, result: powerOf(request) } satisfies ThreadAnswer<bigint>);
    } catch (error) {
      port.postMessage({ id, failure: String(error) } satisfies ThreadAnswer<bigint>);
    }
  });
  setImmediate(() => {
    try {
      makeTable();
    } catch {
      // Without WebAssembly, or the addresses that a memory of it reserves, OpenSSL raises the generator, too.
    }
  });
}
