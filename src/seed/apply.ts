import { type IamEnvironment, seedPrincipals } from "../iam/index.ts";
import { applyPoolSeed, type PoolSeedTarget } from "./pools.ts";
import type { Seed } from "./schema.ts";

export interface SeedTarget extends PoolSeedTarget {
  readonly iam: IamEnvironment;
}

/** Puts a seed in force; see docs/seed.md for what that means for what is there already. */
export async function applySeed(seed: Seed, target: SeedTarget): Promise<void> {
  await seedPrincipals(seed.iam, target.iam);
  for (const pool of seed.pools) await applyPoolSeed(pool, target);
}
