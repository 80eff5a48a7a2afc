/**
 * Browsers as devices. A program makes the secret of its device by itself; for a browser the login pages make it and keep it
 * in a cookie of the browser. The stored record is the same.
 */
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { findUser } from "../users/index.ts";
import { deviceGroupKey } from "./tracking.ts";

/** A device of a user, as their browser stores it. */
export interface BrowserDevice {
  readonly sub: string;
  readonly key: string;
  readonly password: string;
}

const PASSWORD_BYTES = 40;

/** Of the devices of a browser, the one of the user with this name, if it still exists. */
export async function deviceOfBrowser(
  { store }: Pick<Environment, "store">,
  pool: UserPoolRecord,
  name: string,
  known: readonly BrowserDevice[],
): Promise<BrowserDevice | undefined> {
  if (known.length === 0) return undefined;
  const user = await findUser(store, pool, name);
  const device = known.find(({ sub }) => sub === user?.sub);
  const kept = device && (await store.devices.get(pool.id, device.key));
  return kept?.sub === user?.sub ? device : undefined;
}

interface NewBrowser {
  readonly pool: UserPoolRecord;
  readonly user: UserRecord;
  /** The key that the sign-in got. */
  readonly deviceKey: string;
  /** Whether the sign-in has proved a second factor, which the device can replace from now on. */
  readonly hasProvedMfa: boolean;
  readonly name: string | undefined;
}

/** Keeps the browser that a sign-in was from as a remembered device. */
export async function rememberBrowser(
  { pool, user, deviceKey, hasProvedMfa, name }: NewBrowser,
  {
    store,
    random,
    crypto,
    clock,
    request,
  }: Pick<Environment, "store" | "random" | "crypto" | "clock"> & {
    readonly request: { readonly sourceIp: string | undefined };
  },
): Promise<BrowserDevice> {
  const password = Buffer.from(random.bytes(PASSWORD_BYTES)).toString("base64url");
  const groupKey = deviceGroupKey(pool);
  const verifier = await crypto.srp.makeVerifier({ poolName: groupKey, username: deviceKey }, password);
  const now = clock.now();
  await store.devices.insert({
    poolId: pool.id,
    sub: user.sub,
    deviceKey,
    deviceGroupKey: groupKey,
    verifier,
    name,
    status: "remembered",
    ...(hasProvedMfa && { hasProvedMfa }),
    lastIpAddress: request.sourceIp,
    lastAuthenticatedAt: now,
    createdAt: now,
    lastModifiedAt: now,
  });
  return { sub: user.sub, key: deviceKey, password };
}

/** Whether users decide which devices are remembered. */
export function leavesRememberingToUsers({ settings }: UserPoolRecord): boolean {
  return settings.DeviceConfiguration?.DeviceOnlyRememberedOnUserPrompt === true;
}
