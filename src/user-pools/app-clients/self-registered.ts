import type { AppClientRecord, AppClientSettings } from "../../storage/index.ts";

/** Whether a client registered itself (RFC 7591). */
export function isSelfRegistered({ ClientType }: Pick<AppClientSettings, "ClientType">): boolean {
  return ClientType === "DCR";
}

/** A client as events name it. */
export function clientOfEvent({ poolId, id, settings }: AppClientRecord) {
  return { poolId, clientId: id, isSelfRegistered: isSelfRegistered(settings) };
}
