import { trustsUnknownKeys } from "../config/index.ts";
import { controlSurface } from "../control/index.ts";
import type { Surface } from "../http/index.ts";
import { importRecords, rotateSigningKeys } from "../user-pools/index.ts";
import { providerTests } from "./provider-tests.ts";
import type { Server } from "./surfaces.ts";

/** The routes under `/_cognate` for tests, tools and operators. */
export function control(server: Server): Surface {
  const { settings, ports, domain } = server;
  return controlSurface({
    store: ports.store,
    events: ports.events,
    ending: server.ending,
    activity: ports.activity,
    snapshots: server.snapshots,
    clock: ports.movableClock,
    isOpen: trustsUnknownKeys(settings),
    authorize: domain.callers.authorizeOnPool,
    onPoolAction: (action) =>
      ports.events.publish("poolAction", {
        ...action,
        requestId: ports.random.uuid(),
        at: ports.clock.now(),
      }),
    importUsers: (poolId, batch) => importRecords(poolId, batch, domain.environment),
    testIdentityProvider: providerTests(server),
    rotateSigningKeys: async (poolId) => {
      await rotateSigningKeys(domain.environment, poolId);
      ports.log.info({ poolId }, "The pool has new signing keys");
    },
  });
}
