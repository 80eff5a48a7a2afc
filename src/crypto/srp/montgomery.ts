/**
 * Multiplication of 3072-bit numbers modulo an odd number, four times as fast as with BigInt: Montgomery's method in
 * WebAssembly, by fused multiplications and additions of doubles, two at a time.
 *
 * A number is 64 limbs of 51 bits, each a double. The product of two limbs has 102 bits. Added to 2^103, whose last place is
 * 2^51, it is rounded to its high half; what that leaves of it, added to 3·2^51, is its low half, exactly, from −2^50 to 2^50. As
 * such sums always have the same exponent, their bits can be added as integers, and what the two constants add to them is
 * subtracted at once for all products of a column.
 *
 * The modulus is replaced by a multiple that is −1 modulo 2^102. Then the two lowest columns of a sum are themselves the digits
 * by which to multiply it, so that they become 0.
 *
 * @see Montgomery, "Modular Multiplication Without Trial Division" (1985), for the method; Emmart, Zheng and Weems, "Faster
 *   Modular Exponentiation Using Double Precision Floating Point Arithmetic on the GPU" (2018), for the halves of products
 */
import {
  type Code,
  f64,
  f64x2,
  get,
  i32,
  i64,
  i64x2,
  repeatWhile,
  set,
  tee,
  v128,
  when,
  writeModule,
} from "./webassembly.ts";

const LIMBS = 64;
const LIMB_BITS = 51;
const LIMB_BYTES = 8;
const NUMBER_BYTES = LIMBS * LIMB_BYTES;
/** Beside a right factor, where zeros are read in place of limbs that it does not have. */
const PADDING_BYTES = 32;
/** Columns that are summed up together. */
const COLUMNS = 4;

/** In the module's own memory: one more than the multiple of the modulus, and the digits that it is multiplied by. */
const MODULUS_AT = PADDING_BYTES;
const DIGITS_AT = MODULUS_AT + NUMBER_BYTES + PADDING_BYTES;
const FREE_AT = DIGITS_AT + NUMBER_BYTES;

/** How numbers are in the memory of a module. */
export interface MontgomeryLayout {
  readonly limbs: number;
  readonly limbBits: number;
  readonly numberBytes: number;
  /** Of zeros before and after a right factor. */
  readonly paddingBytes: number;
  /** The first address that the module does not use itself. */
  readonly freeAt: number;
}

export const montgomeryLayout: MontgomeryLayout = {
  limbs: LIMBS,
  limbBits: LIMB_BITS,
  numberBytes: NUMBER_BYTES,
  paddingBytes: PADDING_BYTES,
  freeAt: FREE_AT,
};

/** So many of the lowest bits of the multiple of the modulus, plus 1, are 0: those of two limbs. */
const CLEAR_BITS = 2 * LIMB_BITS;

const HIGH_BIAS = 2 ** 103;
const LOW_BIAS = 3 * 2 ** 51;

// The parameters: where the result goes, and where the factors are. The result may take the place of the left one.
const [result, left, right] = [0, 1, 2];
// Addresses: of a block of columns, relative; of limbs that are multiplied; and where the next loop ends.
const [block, leftLimb, rightLimb, digit, modulusLimb, end] = [3, 4, 5, 6, 7, 8];
// The carry into the next column, and a sum.
const [carry, sum] = [9, 10];
// Sums of low halves in columns 0 and 1, 2 and 3 of a block; of high halves, which are for columns 1 and 2, 3 and 4.
const low = [11, 12] as const;
const high = [13, 14] as const;
const [multiplier, multiplicands, rounded, highBias, bothBiases] = [15, 16, 17, 18, 19];

const bitsOf = (double: number) => new BigInt64Array(Float64Array.of(double).buffer)[0] ?? 0n;
const addTo = (local: number, number: number) => set(local, i32.add(get(local), i32.const(number)));
const addVector = (local: number, vector: Code) => set(local, i64x2.add(get(local), vector));

/** Adds `multiplier` times two limbs to the sums of two columns. */
function addProducts(pair: 0 | 1, limbs: Code): Code {
  return [
    ...set(multiplicands, limbs),
    ...addVector(
      high[pair],
      tee(rounded, f64x2.relaxedMultiplyAdd(get(multiplier), get(multiplicands), get(highBias))),
    ),
    ...addVector(
      low[pair],
      f64x2.relaxedMultiplyAdd(get(multiplier), get(multiplicands), f64x2.sub(get(bothBiases), get(rounded))),
    ),
  ];
}

/** The same for limbs that the count of {@link clearSums} does not include. */
const addUncounted = (limbs: Code): Code => [
  ...addProducts(1, limbs),
  ...addVector(high[1], v128.const(-bitsOf(HIGH_BIAS))),
  ...addVector(low[1], v128.const(-bitsOf(LOW_BIAS))),
];

/** Adds the products of four limbs with those that are for the columns of the block, and moves on to the next limbs. */
function addFour(multiplierAt: number, limbsAt: number): Code {
  const products = [0, 1, 2, 3].flatMap((index) => {
    // A limb more on one side is a limb less on the other.
    const offset = (COLUMNS - 1 - index) * LIMB_BYTES;
    return [
      set(multiplier, v128.loadSplat(index * LIMB_BYTES, get(multiplierAt))),
      addProducts(0, v128.load(offset, get(limbsAt))),
      addProducts(1, v128.load(offset + 2 * LIMB_BYTES, get(limbsAt))),
    ].flat();
  });
  const bytes = COLUMNS * LIMB_BYTES;
  return [...products, ...addTo(multiplierAt, bytes), ...addTo(limbsAt, -bytes)];
}

/** Begins the sums of a block with what the biases of its products will add to them, subtracted. */
function clearSums(countOfProducts: Code): Code {
  const bias = (double: number) =>
    i64x2.splat(i64.mul(i64.extend(countOfProducts), i64.const(-bitsOf(double))));
  return [
    ...low.flatMap((local) => set(local, bias(LOW_BIAS))),
    ...high.flatMap((local) => set(local, bias(HIGH_BIAS))),
  ];
}

/** Stores the limb of a column of the block, and carries the rest. */
function settle(column: 0 | 1 | 2 | 3, address: Code, offset: number): Code {
  const lane = (column % 2) as 0 | 1; // Which is all that it can be.
  const lowHalves = i64x2.lane(lane, get(low[column < 2 ? 0 : 1]));
  const highHalves = [
    [],
    i64x2.lane(0, get(high[0])),
    i64x2.lane(1, get(high[0])),
    i64x2.lane(0, get(high[1])),
  ][column];
  const halves = column === 0 ? lowHalves : i64.add(lowHalves, highHalves ?? []);
  return [
    ...set(sum, i64.add(halves, get(carry))),
    ...set(carry, i64.shiftRight(get(sum), i64.const(BigInt(LIMB_BITS)))),
    ...f64.store(
      offset + column * LIMB_BYTES,
      address,
      f64.ofI64(i64.and(get(sum), i64.const(2n ** BigInt(LIMB_BITS) - 1n))),
    ),
  ];
}

const carryHighHalves = () => set(carry, i64.add(get(carry), i64x2.lane(1, get(high[1]))));

const eachBlock = (...code: Code[]): Code => [
  ...set(block, i32.const(0)),
  ...repeatWhile(
    i32.notEqual(get(block), i32.const(NUMBER_BYTES)),
    ...code,
    addTo(block, COLUMNS * LIMB_BYTES),
  ),
];

const limbsOf = (bytes: Code) => i32.shiftRight(bytes, i32.const(Math.log2(LIMB_BYTES)));
/** From the limb of a factor that the first column takes to the one that the first column takes of the next three. */
const THREE_LIMBS = (COLUMNS - 1) * LIMB_BYTES;

/** The lower columns of the product: each gives the digit by which the modulus must be multiplied to make it 0. */
const lowerHalf = () =>
  eachBlock(
    clearSums(i32.add(limbsOf(get(block)), i32.add(limbsOf(get(block)), i32.const(COLUMNS)))),
    set(leftLimb, get(left)),
    set(rightLimb, i32.sub(i32.add(get(right), get(block)), i32.const(THREE_LIMBS))),
    set(digit, i32.const(DIGITS_AT)),
    set(modulusLimb, i32.add(get(block), i32.const(MODULUS_AT - THREE_LIMBS))),
    set(end, i32.add(get(block), i32.const(DIGITS_AT))),
    when(
      get(block),
      repeatWhile(
        i32.notEqual(get(digit), get(end)),
        addFour(leftLimb, rightLimb),
        addFour(digit, modulusLimb),
      ),
    ),
    addFour(leftLimb, rightLimb),
    settle(0, get(block), DIGITS_AT),
    settle(1, get(block), DIGITS_AT),
    // These two digits count in the next two columns already, not in their own: there the modulus plus 1 is 0.
    set(multiplier, v128.loadSplat(DIGITS_AT, get(block))),
    addUncounted(v128.load(MODULUS_AT + 2 * LIMB_BYTES, i32.const(0))),
    set(multiplier, v128.loadSplat(DIGITS_AT + LIMB_BYTES, get(block))),
    addUncounted(v128.load(MODULUS_AT + LIMB_BYTES, i32.const(0))),
    settle(2, get(block), DIGITS_AT),
    settle(3, get(block), DIGITS_AT),
    carryHighHalves(),
  );

/** The higher columns, which are the result. */
const resultAddress = () => i32.add(get(result), get(block));
const upperHalf = () =>
  eachBlock(
    clearSums(limbsOf(i32.sub(i32.const(2 * NUMBER_BYTES), i32.add(get(block), get(block))))),
    set(leftLimb, i32.add(get(left), get(block))),
    set(rightLimb, i32.add(get(right), i32.const(NUMBER_BYTES - THREE_LIMBS))),
    set(digit, i32.add(get(block), i32.const(DIGITS_AT))),
    set(modulusLimb, i32.const(MODULUS_AT + NUMBER_BYTES - THREE_LIMBS)),
    repeatWhile(
      i32.notEqual(get(digit), i32.const(DIGITS_AT + NUMBER_BYTES)),
      addFour(leftLimb, rightLimb),
      addFour(digit, modulusLimb),
    ),
    settle(0, resultAddress(), 0),
    settle(1, resultAddress(), 0),
    settle(2, resultAddress(), 0),
    settle(3, resultAddress(), 0),
    carryHighHalves(),
  );

/**
 * A module whose function `run(result, left, right)` multiplies two numbers in its memory: their product, divided by
 * 2^(51·64) modulo `modulus`. Numbers below 2^3175 make a result that is as small, not yet reduced modulo `modulus`.
 *
 * It is right only where the processor rounds a fused multiplication and addition once, as nearly all do. Check a result.
 *
 * @param modulus odd, of 3072 bits at most
 */
export function montgomeryModule(modulus: bigint, pages: number): Uint8Array<ArrayBuffer> {
  const multiple = modulus * (2n ** BigInt(CLEAR_BITS) - inverse(modulus));
  const limbs = Array.from({ length: LIMBS }, (_, index) =>
    Number(BigInt.asUintN(LIMB_BITS, (multiple + 1n) >> BigInt(LIMB_BITS * index))),
  );
  return writeModule({
    parameters: ["i32", "i32", "i32"],
    locals: [
      ...Array<"i32">(6).fill("i32"),
      ...Array<"i64">(2).fill("i64"),
      ...Array<"v128">(9).fill("v128"),
    ],
    code: [
      ...set(carry, i64.const(0n)),
      ...set(highBias, v128.const(bitsOf(HIGH_BIAS))),
      ...set(bothBiases, v128.const(bitsOf(HIGH_BIAS + LOW_BIAS))),
      ...lowerHalf(),
      ...upperHalf(),
    ],
    pages,
    data: { address: MODULUS_AT, bytes: [...new Uint8Array(Float64Array.from(limbs).buffer)] },
  });
}

/** Of an odd number modulo 2^102; each step of Newton's doubles the bits that are right. */
function inverse(number: bigint): bigint {
  let found = 1n;
  while (BigInt.asUintN(CLEAR_BITS, found * number) !== 1n) {
    found = BigInt.asUintN(CLEAR_BITS, found * (2n - found * number));
  }
  return found;
}
