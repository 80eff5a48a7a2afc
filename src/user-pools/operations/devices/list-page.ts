import type { DeviceRecord, UserRecord } from "../../../storage/index.ts";
import type { OperationContext } from "../../operation.ts";
import { openPageToken, sealPageToken } from "../page-tokens.ts";

interface ListRequest {
  readonly Limit?: number | undefined;
  readonly PaginationToken?: string | undefined;
}

/** The most that the model allows. */
const MAX_PAGE = 60;

/**
 * One page of a user's devices, in order of creation.
 *
 * @param isListed which of them the list shows
 * @throws InvalidParameterException this list did not issue the token
 */
export async function deviceListPage(
  name: string,
  { poolId, sub }: UserRecord,
  { Limit, PaginationToken }: ListRequest,
  context: OperationContext,
  isListed: (device: DeviceRecord) => boolean = () => true,
): Promise<{ readonly devices: readonly DeviceRecord[]; readonly next: string | undefined }> {
  const list = [name, poolId, sub];
  const limit = Limit || MAX_PAGE;
  const devices: DeviceRecord[] = [];
  let after = openPageToken(context, list, PaginationToken);
  do {
    const page = await context.store.devices.listOfUser(poolId, sub, {
      limit: limit - devices.length,
      after,
    });
    devices.push(...page.items.filter(isListed));
    after = page.next;
  } while (after !== undefined && devices.length < limit);
  return { devices, next: sealPageToken(context, list, after) };
}
