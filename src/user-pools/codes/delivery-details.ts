/** The API's description of a code's destination: enough to recognise the address, not enough to read it. */
import type { CodeDeliveryDetailsType } from "../../api-model/index.ts";
import type { Crypto } from "../../crypto/index.ts";
import type { CodeDestination, UserPoolRecord } from "../../storage/index.ts";
import { isEmailAddress, isPhoneNumber } from "../attributes/index.ts";
import type { Environment } from "../environment.ts";
import { MEDIUM_OF_ADDRESS } from "../messages/index.ts";
import { normalizeUsername } from "../users/index.ts";

/** @see API Reference, "CodeDeliveryDetailsType"; the masks are those of recorded answers of the service. */
export function deliveryDetails({ attribute, value }: CodeDestination): CodeDeliveryDetailsType {
  return {
    Destination: attribute === "email" ? maskedEmail(value) : maskedPhone(value),
    DeliveryMedium: MEDIUM_OF_ADDRESS[attribute],
    AttributeName: attribute,
  };
}

/**
 * The answer to a request for a code of an unknown user, or of one who cannot get a code. It contains an address in the
 * format of the name that was sent. If the name is no address, it contains an invented one, the same every time.
 *
 * @param attributes to which of them codes of this kind go, the preferred one first
 * @see Developer Guide, "Managing user existence error responses"
 */
export function simulatedDelivery(
  crypto: Crypto,
  pool: UserPoolRecord,
  name: string,
  attributes: readonly CodeDestination["attribute"][],
): CodeDeliveryDetailsType {
  const isAddress = { email: isEmailAddress, phone_number: isPhoneNumber };
  const typed = attributes.find((attribute) => isAddress[attribute](name));
  if (typed) return deliveryDetails({ attribute: typed, value: name });

  const [attribute = "email"] = attributes;
  const seed = crypto.srp
    .decoy(`destination ${pool.id} ${normalizeUsername(pool, name)}`)
    .saltHex.padStart(32, "0");
  const number = (start: number, below: number) => Number.parseInt(seed.slice(start, start + 8), 16) % below;
  const letter = (start: number) => String.fromCharCode("a".charCodeAt(0) + number(start, 26));
  const value =
    attribute === "email" ? `${letter(8)}@${letter(16)}` : String(number(24, 10_000)).padStart(4, "0");
  return deliveryDetails({ attribute, value });
}

/** Commits a row that is never read, so that an answer about an unknown user takes as long as one that is written down. */
export async function writeAsIfForUser({
  store,
  random,
  clock,
}: Pick<Environment, "store" | "random" | "clock">): Promise<void> {
  await store.usedTickets.use(random.uuid(), clock.now());
}

function maskedEmail(address: string): string {
  const at = address.lastIndexOf("@");
  const first = (text: string) => [...text][0] ?? "";
  return `${first(address.slice(0, at))}***@${first(address.slice(at + 1))}***`;
}

function maskedPhone(number: string): string {
  return `+${"*".repeat(7)}${number.slice(-4)}`;
}
