/**
 * Writes WebAssembly: only what `montgomery.ts` needs. An instruction is a function of its operands, so that code reads as
 * expressions.
 *
 * @see WebAssembly Core Specification, chapter 5, "Binary Format"; the proposal "Relaxed SIMD" for `f64x2.relaxed_madd`
 */
export type Code = readonly number[];

const BYTES_OF_DOUBLE = 8;

function unsigned(number: number): Code {
  return number < 128 ? [number] : [(number & 127) | 128, ...unsigned(number >>> 7)];
}

function signed(number: bigint): Code {
  const [low, rest] = [Number(number & 127n), number >> 7n];
  const isLast = rest === (low & 64 ? -1n : 0n);
  return isLast ? [low] : [low | 128, ...signed(rest)];
}

const instruction =
  (...opcode: Code) =>
  (...operands: Code[]): Code => [...operands.flat(), ...opcode];

const simd = (opcode: number) => instruction(0xfd, ...unsigned(opcode));

/** @param alignment the exponent of 2 that the address is expected to be a multiple of; wrong ones are only slower */
const memory =
  (opcode: Code, alignment: number) =>
  (offset: number, ...operands: Code[]): Code => [
    ...operands.flat(),
    ...opcode,
    alignment,
    ...unsigned(offset),
  ];

export const i32 = {
  const: (value: number): Code => [0x41, ...signed(BigInt(value))],
  add: instruction(0x6a),
  sub: instruction(0x6b),
  shiftRight: instruction(0x76),
  notEqual: instruction(0x47),
};

export const i64 = {
  const: (value: bigint): Code => [0x42, ...signed(BigInt.asIntN(64, value))],
  extend: instruction(0xac),
  add: instruction(0x7c),
  mul: instruction(0x7e),
  and: instruction(0x83),
  /** Keeps the sign. */
  shiftRight: instruction(0x87),
};

export const f64 = {
  ofI64: instruction(0xb9),
  store: memory([0x39], 3),
};

export const v128 = {
  load: memory([0xfd, 0], 3),
  /** One double in both lanes. */
  loadSplat: memory([0xfd, 10], 3),
  /** The same 64 bits in both lanes. */
  const: (bits: bigint): Code => {
    const lane = Array.from({ length: BYTES_OF_DOUBLE }, (_, byte) =>
      Number((bits >> BigInt(8 * byte)) & 255n),
    );
    return [0xfd, 12, ...lane, ...lane];
  },
};

export const i64x2 = {
  splat: simd(18),
  lane: (index: 0 | 1, vector: Code): Code => [...vector, 0xfd, 29, index],
  add: simd(206),
};

export const f64x2 = {
  sub: simd(0xf1),
  /** a · b + c, rounded once where the processor can; where it cannot, twice. */
  relaxedMultiplyAdd: simd(0x107),
};

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];
/** Sets, and is the value. */
export const tee = (local: number, value: Code): Code => [...value, 0x22, ...unsigned(local)];
/** Runs the code once, and again for as long as the condition is not 0. */
export const repeatWhile = (condition: Code, ...code: Code[]): Code => [
  ...[0x03, 0x40],
  ...code.flat(),
  ...condition,
  ...[0x0d, 0, 0x0b],
];
/** Runs the code if the condition is not 0. */
export const when = (condition: Code, ...code: Code[]): Code => [
  ...condition,
  ...[0x04, 0x40],
  ...code.flat(),
  0x0b,
];

const TYPES = { i32: 0x7f, i64: 0x7e, v128: 0x7b };

interface Module {
  /** The parameters of the only function, which returns nothing, and its other variables, in the order of their numbers. */
  readonly parameters: readonly (keyof typeof TYPES)[];
  readonly locals: readonly (keyof typeof TYPES)[];
  readonly code: Code;
  /** Of 64 KiB. */
  readonly pages: number;
  /** What is in memory at the beginning. */
  readonly data: { readonly address: number; readonly bytes: Code };
}

/** A module that exports its memory as `memory` and its function as `run`. */
export function writeModule({ parameters, locals, code, pages, data }: Module): Uint8Array<ArrayBuffer> {
  const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
  const sized = (bytes: Code): Code => [...unsigned(bytes.length), ...bytes];
  const section = (id: number, ...items: Code[]): Code => [id, ...sized(list(items))];
  const name = (text: string): Code => sized([...Buffer.from(text)]);
  const END = 0x0b;
  return Uint8Array.from([
    ...Buffer.from("\0asm"),
    ...[1, 0, 0, 0],
    ...section(1, [0x60, ...list(parameters.map((type) => [TYPES[type]])), 0]),
    ...section(3, [0]),
    ...section(5, [1, ...unsigned(pages), ...unsigned(pages)]),
    ...section(7, [...name("memory"), 2, 0], [...name("run"), 0, 0]),
    ...section(10, sized([...list(locals.map((type) => [1, TYPES[type]])), ...code, END])),
    ...section(11, [0, ...i32.const(data.address), END, ...sized(data.bytes)]),
  ]);
}
