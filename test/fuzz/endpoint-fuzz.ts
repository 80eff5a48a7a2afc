/**
 * A fuzz of everything beside the user pools API: OAuth endpoints, managed login pages, callbacks of identity providers,
 * uploads, the console's API, the control endpoints, IAM, STS and KMS. It works on the pools of a fuzz of the API, and its
 * requests are right but for a fault or two in some of them.
 */
import type { EndpointFuzz, Visit } from "./endpoints/ask.ts";
import { federationVisits } from "./endpoints/federation.ts";
import { iamVisits } from "./endpoints/iam.ts";
import { pageVisits } from "./endpoints/pages.ts";
import { programVisits } from "./endpoints/program.ts";
import { tokenVisits } from "./endpoints/tokens.ts";
import { providersOf } from "./inputs/resources.ts";
import { userCreation } from "./inputs/users.ts";
import { poolOf, type World } from "./world.ts";

const visits: Readonly<Record<string, Visit>> = {
  ...pageVisits,
  ...tokenVisits,
  ...federationVisits,
  ...programVisits,
  ...iamVisits,
};

export async function openEndpointFuzz(world: World): Promise<EndpointFuzz & { step(): Promise<void> }> {
  const pool = poolOf(world, "full");
  for (const provider of pool ? providersOf(pool, world) : [])
    await world.send("CreateIdentityProvider", provider);
  const names = Object.keys(visits);
  const fuzz: EndpointFuzz = {
    world,
    counts: new Map(names.map((name) => [name, new Map()])),
    problems: [],
    codes: [],
    tokens: [],
  };
  return {
    ...fuzz,
    async step() {
      const name = world.random.pickAny(names) ?? "";
      for (const pool of world.pools)
        if (pool.users.length < 3)
          await world.send("AdminCreateUser", userCreation(pool, `u${world.random.word(6)}`));
      const before = fuzz.problems.length;
      const status = await visits[name]?.(fuzz);
      if (fuzz.problems.length > before) fuzz.problems.push(`  … in ${name}`);
      const counts = fuzz.counts.get(name);
      counts?.set(status ?? 0, (counts.get(status ?? 0) ?? 0) + 1);
    },
  };
}
