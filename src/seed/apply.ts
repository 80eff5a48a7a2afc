import { type IamEnvironment, seedPrincipals } from "../iam/index.ts";
import { inPart } from "./places.ts";
import { applyPoolSeed, type PoolSeedTarget } from "./pools.ts";
import { readSeed } from "./read.ts";
import type { Seed } from "./schema.ts";

export interface SeedTarget extends PoolSeedTarget {
  readonly iam: IamEnvironment;
}

/**
 * Applies a seed. docs/seed.md describes the effect on existing data.
 *
 * @throws SeedError naming the part that is refused, and why
 */
export async function applySeed(seed: Seed, target: SeedTarget): Promise<void> {
  await inPart("iam", () => seedPrincipals(seed.iam, target.iam));
  for (const pool of seed.pools) await inPart(`pool ${pool.name}`, () => applyPoolSeed(pool, target));
}

/** Applies a seed file. Error messages start with its name. */
export async function applySeedFile(file: string, target: SeedTarget): Promise<void> {
  const seed = await readSeed(file);
  await inPart(file, () => applySeed(seed, target));
}
