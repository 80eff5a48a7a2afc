/**
 * Work outside of requests: re-encryption under a new master key, the removal of what deleted pools and groups leave
 * behind, and of what has expired. All of it follows from the descriptions of the tables.
 */
import type { Session } from "../engine.ts";
import type { Sealer } from "../sealer.ts";
import type { Maintenance } from "../store.ts";
import { deleteExpired } from "./expiry.ts";
import { purgeStep } from "./purge.ts";
import { openAnySecret, reseal } from "./reseal.ts";

export { removeAtOnce, requestPurge } from "./purge.ts";

export function sqlMaintenance(session: Session, sealer: Sealer): Maintenance {
  return {
    deleteExpired: (now) => deleteExpired(session, now),
    purgeDeleted: () => purgeStep(session),
    reseal: () => reseal(session, sealer),
    openAnySecret: () => openAnySecret(session, sealer),
  };
}
