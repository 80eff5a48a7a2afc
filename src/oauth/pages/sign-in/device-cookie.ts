/** The devices that a browser is for the users of a pool: a sealed cookie. */
import {
  type BrowserDevice,
  deviceOfBrowser,
  leavesRememberingToUsers,
  rememberBrowser,
} from "../../../user-pools/index.ts";
import { optionsFor } from "../../browser/index.ts";
import { browserName } from "../browser-name.ts";
import type { Visit } from "../visit.ts";
import type { SignedIn } from "./sign-in-step.ts";

const SEAL_PURPOSE = "browser devices";
/** Longer than browsers keep a cookie. */
const COOKIE_SECONDS = 400 * 24 * 60 * 60;
/** Users of one browser. A cookie has room for about twice as many. */
const MAX_USERS = 10;

const cookieName = (poolId: string) => `cognito-device-${poolId}`;

/** The device that the browser is for the user with this name. */
export function deviceOfVisit(visit: Visit, name: string): Promise<BrowserDevice | undefined> {
  return deviceOfBrowser(visit.context, visit.authorization.pool, name, devicesOf(visit));
}

/** Remembers the browser of a finished sign-in, where the pool does that by itself or the user wants it. */
export async function rememberDevice(visit: Visit, { attempt, device }: SignedIn): Promise<void> {
  const { request, reply, context, fields, authorization } = visit;
  const { pool } = authorization;
  if (!device?.isNew || (leavesRememberingToUsers(pool) && !fields.has("remember_device"))) return;
  const { user } = attempt;
  const name = browserName(request.headers["user-agent"]);
  const remembered = await rememberBrowser(
    { pool, user, deviceKey: device.key, hasProvedMfa: device.hasProvedMfa, name },
    context,
  );
  const others = devicesOf(visit).filter(({ sub }) => sub !== user.sub);
  const devices = [remembered, ...others].slice(0, MAX_USERS);
  reply.setCookie(cookieName(pool.id), context.crypto.tokens.seal(SEAL_PURPOSE, { devices }), {
    ...optionsFor(request),
    maxAge: COOKIE_SECONDS,
  });
}

function devicesOf({ request, authorization: { pool }, context }: Visit): readonly BrowserDevice[] {
  const sealed = request.cookies[cookieName(pool.id)];
  if (sealed === undefined) return [];
  // Only rememberDevice seals for this purpose.
  const opened = context.crypto.tokens.open(SEAL_PURPOSE, sealed) as
    | { readonly devices: readonly BrowserDevice[] }
    | undefined;
  return opened?.devices ?? [];
}
