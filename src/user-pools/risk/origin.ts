import type { AppClientRecord } from "../../storage/index.ts";
import type { RequestContext } from "../request-context.ts";
import { plainAddress } from "./address-ranges.ts";
import { readEncodedData } from "./encoded-data.ts";
import { describeUserAgent } from "./user-agent.ts";

/** Where a request comes from, as far as the server and the app say. */
export interface Origin {
  readonly ipAddress?: string | undefined;
  /** `Chrome 120, Windows 10`. */
  readonly deviceName?: string | undefined;
  /** Browser and system without versions. */
  readonly agent?: string | undefined;
  /** Of the app's device data. */
  readonly deviceId?: string | undefined;
  readonly timezone?: string | undefined;
  /** Whether the app sent device data or, for an administrator, the context of the user's request. */
  readonly hasContextData: boolean;
  /** Whether it sent device data that cannot be right. */
  readonly isForged: boolean;
}

/**
 * The origin of the user's request. Apps that sign users in from their servers send the user's address: administrators
 * in `ContextData`, others in `UserContextData`. The latter is used only from app clients that have a secret and the
 * permission for it.
 *
 * @see API Reference, "ContextDataType", "UserContextDataType"; Developer Guide, "Adding user device and session data to API
 *   requests"
 */
export function originOf(
  { sourceIp, userAgent, callerArn, userContextData }: RequestContext,
  poolId: string,
  client: AppClientRecord | undefined,
): Origin {
  const isAdmin = callerArn !== undefined && userContextData !== undefined;
  const maySayAddress = isAdmin || client?.settings.EnablePropagateAdditionalUserContextData === true;
  const encoded = userContextData?.encodedData;
  const data =
    encoded === undefined || client === undefined
      ? undefined
      : readEncodedData(encoded, { poolId, clientId: client.id });
  const header = userContextData?.httpHeaders?.find(({ name }) => name.toLowerCase() === "user-agent")?.value;
  const device = describeUserAgent(data?.userAgent ?? header ?? (isAdmin ? undefined : userAgent));
  const said = maySayAddress ? plainAddress(userContextData?.ipAddress) : undefined;
  return {
    ipAddress: said ?? plainAddress(sourceIp),
    deviceName: device?.name,
    agent: device?.family,
    deviceId: data?.deviceId,
    timezone: data?.timezone,
    hasContextData: userContextData !== undefined,
    isForged: encoded !== undefined && client !== undefined && data === undefined,
  };
}
