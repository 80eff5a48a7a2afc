/** "Test connection" of an identity provider, which this server carries out. */
import type { ConnectionReport } from "../../../src/federation/connection-test/connection-report.ts";
import { control, ofPool } from "./control.ts";

export const testProvider = (poolId: string, providerName: string) =>
  control<ConnectionReport>(
    "POST",
    ofPool(poolId, `identity-providers/${encodeURIComponent(providerName)}/test`),
  );
