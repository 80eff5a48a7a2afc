import { SoftwareTokenMFANotFoundException } from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import { factorsOfPool } from "./choice.ts";

/** @throws SoftwareTokenMFANotFoundException the pool has authenticator apps switched off */
export function requireTotp(pool: UserPoolRecord): void {
  if (factorsOfPool(pool).includes("SOFTWARE_TOKEN_MFA")) return;
  throw new SoftwareTokenMFANotFoundException("Software Token MFA has not been enabled by the userPool");
}
