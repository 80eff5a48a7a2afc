import type { CodeDeliveryDetailsType } from "../../api-model/index.ts";
import type { CodeRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { codeMessage, type Delivering, deliver } from "../messages/index.ts";
import { deliveryDetails } from "./delivery-details.ts";

/**
 * Sends a code that has been kept to the address that it is for.
 *
 * @returns what the caller may be told of that address
 * @throws CodeDeliveryFailureException the message was not taken; the code stands
 */
export async function sendCode(
  context: Delivering,
  pool: UserPoolRecord,
  user: UserRecord,
  code: CodeRecord,
): Promise<CodeDeliveryDetailsType> {
  await deliver(context, [codeMessage(pool, user, code)]);
  return deliveryDetails(code.sentTo);
}
