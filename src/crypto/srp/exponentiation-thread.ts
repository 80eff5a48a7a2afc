import type { MessagePort } from "node:worker_threads";

/** A request for base^exponent; both are at least 2 and less than the modulus. */
export interface PowerRequest {
  readonly id: number;
  readonly base: bigint;
  readonly exponent: bigint;
  /** If the power is to be multiplied by a factor and raised again: both halves of SRP in one request. */
  readonly next?: { readonly factor: bigint; readonly exponent: bigint };
}

export type PowerAnswer =
  | { readonly id: number; readonly power: bigint }
  | { readonly id: number; readonly failure: string };

/** The parameters of the group, as a thread gets them. */
export interface GroupParameters {
  readonly modulus: bigint;
  readonly generator: bigint;
}

type Require = (name: string) => unknown;

/**
 * The program of a thread, as text: the sources and the bundle run the same program, and it needs no file of its
 * own.
 */
export function exponentiationThreadSource(): string {
  return `(${runThread.toString()})(require);`;
}

/**
 * Answers requests until the thread is ended. Nothing outside this function exists where it runs: it may use imported types,
 * but no imported values.
 *
 * Any base is raised by OpenSSL, as a raw RSA public operation (`n` the modulus, `e` the exponent, no padding); this is the fastest
 * way to it that Node has. The generator never changes, so its powers g^(d·256^i) are kept for every byte d at every place
 * i of an exponent: g^x is then the product of 32 of them, which BigInt finds in about half of OpenSSL's time. The table (8,160
 * numbers, 3.5 MB) is made row by row between the first requests, which do not wait for it.
 */
function runThread(require: Require): void {
  const crypto = require("node:crypto") as typeof import("node:crypto");
  const threads = require("node:worker_threads") as typeof import("node:worker_threads");
  // Both exist in a worker; the main thread never runs this.
  const port = threads.parentPort as MessagePort;
  const { modulus, generator } = threads.workerData as GroupParameters;

  const modulusBytes = toBytes(modulus);
  const rows: bigint[][] = [];
  const allRows = 32;
  let rowBase = generator;

  function toBytes(number: bigint, length = 0): Buffer {
    const hex = number.toString(16);
    return Buffer.from(hex.padStart(Math.max(length * 2, hex.length + (hex.length % 2)), "0"), "hex");
  }

  function addRow(): void {
    const row = [1n];
    let power = 1n;
    for (let byte = 1; byte < 256; byte++) {
      power = (power * rowBase) % modulus;
      row.push(power);
    }
    rows.push(row);
    rowBase = (power * rowBase) % modulus;
    if (rows.length < allRows) setImmediate(addRow);
  }

  function powerOfGenerator(bytes: Uint8Array): bigint {
    let power = 1n;
    for (const [index, byte] of bytes.entries()) {
      // The caller has checked that every place has its row and every byte its entry.
      power = (power * (rows[bytes.length - 1 - index]?.[byte] ?? 0n)) % modulus;
    }
    return power;
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
    const isTabled = base === generator && rows.length === allRows && bytes.length <= allRows;
    const power = isTabled ? powerOfGenerator(bytes) : powerByOpenSsl(base, bytes);
    if (next === undefined) return power;
    const product = (next.factor * power) % modulus;
    return product < 2n ? product : powerByOpenSsl(product, toBytes(next.exponent));
  }

  port.on("message", (request: PowerRequest) => {
    const { id } = request;
    try {
      port.postMessage({ id, power: powerOf(request) } satisfies PowerAnswer);
    } catch (error) {
      port.postMessage({ id, failure: String(error) } satisfies PowerAnswer);
    }
  });
  setImmediate(addRow);
}
