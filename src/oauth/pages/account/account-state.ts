/** Reads what the account page shows, with the operations that users have. */
import { ServiceException } from "../../../api-model/index.ts";
import type { AccountModel, FactorState, Item } from "../../../managed-login/index.ts";
import {
  allowedFirstFactors,
  factorsOfPool,
  factorsToSetUp,
  hasPasskeyMfa,
  passkeysAreBothFactors,
  readableBy,
  schemaOf,
  usableFactors,
  writableBy,
} from "../../../user-pools/index.ts";
import { browserName } from "../browser-name.ts";
import type { AccountVisit } from "./account-visit.ts";

type Shown = Omit<AccountModel, "hidden" | "notice" | "signInAgainHref" | "dataHref">;

const ADDRESSES = ["email", "phone_number"] as const;

export async function accountState(visit: AccountVisit): Promise<Shown> {
  const { user, pool, client, callAsUser } = visit;
  const { Username, UserAttributes = [] } = await callAsUser("GetUser");
  const values = new Map(UserAttributes.map(({ Name, Value }) => [Name, Value ?? ""]));
  const [isReadable, isWritable] = [readableBy(pool, client), writableBy(pool, client)];
  const editable = schemaOf(pool).filter(
    ({ Name = "", Mutable, AttributeDataType }) =>
      Mutable !== false &&
      AttributeDataType !== undefined &&
      isReadable(Name) &&
      isWritable(Name) &&
      Name !== "updated_at",
  );
  const passkeys = await passkeysOf(visit);
  return {
    name: values.get("preferred_username") ?? values.get("email") ?? Username,
    timeZone: timeZoneOf(values.get("zoneinfo")),
    attributes: editable.map(({ Name = "", Required }) => ({
      attribute: Name,
      name: `attribute.${Name}`,
      value: values.get(Name),
      required: Required === true,
    })),
    addresses: ADDRESSES.flatMap((attribute) => {
      const value = values.get(attribute);
      const pending = user.pendingAttributes?.[attribute];
      const isVerified = values.get(`${attribute}_verified`) === "true";
      return [
        ...(value ? [{ attribute, value, isVerified }] : []),
        // Takes the place of the present one when its code is given.
        ...(pending ? [{ attribute, value: pending, isVerified: false }] : []),
      ];
    }),
    password: user.status === "EXTERNAL_PROVIDER" ? "none" : user.password ? "set" : "unset",
    factors: await factorsOf(visit),
    passkeyMfa: passkeyMfaOf(visit, passkeys),
    passkeys,
    devices: await devicesOf(visit),
    sessions: await sessionsOf(visit),
  };
}

/** The data that a user may download: everything that operations return to the user. */
export async function accountData(visit: AccountVisit): Promise<object> {
  const { callAsUser } = visit;
  const [user, factors, passkeys, devices, sessions] = [
    await callAsUser("GetUser"),
    await ifEnabled(callAsUser("GetUserAuthFactors")),
    await ifEnabled(callAsUser("ListWebAuthnCredentials")),
    await ifEnabled(callAsUser("ListDevices")),
    await ifEnabled(callAsUser("ListUserSessions")),
  ];
  return {
    User: user,
    AuthFactors: factors,
    Passkeys: passkeys?.Credentials,
    Devices: devices?.Devices,
    Sessions: sessions?.Sessions,
  };
}

async function factorsOf({ pool, user, callAsUser }: AccountVisit): Promise<readonly FactorState[]> {
  if ((pool.settings.MfaConfiguration ?? "OFF") === "OFF") return [];
  const { UserMFASettingList = [], PreferredMfaSetting } = await callAsUser("GetUser");
  const missing = factorsToSetUp(pool, user);
  return factorsOfPool(pool).map((factor) => ({
    factor,
    canTurnOn: !missing.includes(factor),
    isOn: UserMFASettingList.includes(factor),
    isPreferred: PreferredMfaSetting === factor,
  }));
}

function passkeyMfaOf({ pool, user }: AccountVisit, passkeys: readonly Item[] | undefined) {
  if (!passkeysAreBothFactors(pool) || !passkeys?.length) return undefined;
  return {
    isOn: hasPasskeyMfa(pool, user),
    canTurnOn: usableFactors(pool, user).length > 0,
  };
}

async function passkeysOf({ callAsUser, pool }: AccountVisit): Promise<readonly Item[] | undefined> {
  if (!allowedFirstFactors(pool).includes("WEB_AUTHN")) return undefined;
  const list = await ifEnabled(callAsUser("ListWebAuthnCredentials"));
  return list?.Credentials?.map(({ CredentialId = "", FriendlyCredentialName, CreatedAt }) => ({
    id: CredentialId,
    name: FriendlyCredentialName,
    at: dateOf(CreatedAt),
  }));
}

async function devicesOf({ callAsUser }: AccountVisit): Promise<readonly Item[] | undefined> {
  const list = await ifEnabled(callAsUser("ListDevices"));
  return list?.Devices?.map(({ DeviceKey = "", DeviceAttributes = [], DeviceLastAuthenticatedDate }) => {
    const value = (name: string) => DeviceAttributes.find(({ Name }) => Name === name)?.Value;
    return {
      id: DeviceKey,
      name: value("device_name"),
      detail: value("last_ip_used"),
      at: dateOf(DeviceLastAuthenticatedDate),
    };
  });
}

async function sessionsOf({ callAsUser, sessionId }: AccountVisit): Promise<readonly Item[] | undefined> {
  const list = await ifEnabled(callAsUser("ListUserSessions"));
  return list?.Sessions?.map(({ SessionId = "", DeviceType, LastIPAddress, LastActiveDate, CreateDate }) => ({
    id: SessionId,
    name: browserName(DeviceType) ?? DeviceType,
    detail: LastIPAddress,
    at: dateOf(LastActiveDate ?? CreateDate),
    isCurrent: SessionId === sessionId,
  }));
}

/** @returns undefined where the pool has the feature switched off */
async function ifEnabled<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ServiceException) return undefined;
    throw error;
  }
}

function dateOf(milliseconds: number | undefined): Date | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds);
}

/** @param zone the user's `zoneinfo`, which can be anything */
function timeZoneOf(zone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone ?? "UTC" }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}
