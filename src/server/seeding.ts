import { readInput } from "../aws/json-protocol/index.ts";
import { applySeed, applySeedFile, demoSeed, type SeedTarget } from "../seed/index.ts";
import { operations } from "../user-pools/index.ts";
import type { Server } from "./surfaces.ts";

/** Makes what the settings ask a server to have at its start. @throws SeedError naming the part that is refused */
export async function seedServer({ settings, ports, domain }: Server): Promise<void> {
  const { store, random } = ports;
  const target: SeedTarget = {
    region: settings.region,
    installation: store.installation,
    iam: domain.iam,
    call: (name, region, input, givenIds) => {
      const read = readInput(name, input);
      const received = {
        requestId: random.uuid(),
        region,
        callerArn: undefined,
        sourceIp: undefined,
        userAgent: undefined,
      };
      return operations[name](read, { ...domain.contextOf(received, read), givenIds });
    },
  };
  if (settings.demo && (await store.installation.get("demo")) === undefined) {
    await applySeed(demoSeed(settings.region), target);
    await store.installation.set("demo", "made");
  }
  if (settings.seed !== undefined) await applySeedFile(settings.seed, target);
}
