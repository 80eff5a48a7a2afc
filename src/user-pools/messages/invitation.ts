/**
 * The invitation that a user who was made by an administrator gets.
 *
 * @see Developer Guide, "Customizing user invitation messages"; API Reference, "AdminCreateUser"
 */
import { type DeliveryMediumType, InvalidParameterException } from "../../api-model/index.ts";
import type { Message } from "../../delivery/index.ts";
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { isNamedByAttribute } from "../users/index.ts";
import { ADDRESS_OF_MEDIUM, senderOf } from "./addresses.ts";
import { type Delivering, deliver } from "./deliver.ts";
import { asHtml, fillIn } from "./template.ts";

const DEFAULT_SUBJECT = "Your temporary password";
const DEFAULT_BODY = "Your username is {username} and temporary password is {####}.";

/**
 * By which media the invitation goes out. Those that are asked for need an address; when none is asked for it is SMS, as far
 * as there is a phone number.
 *
 * @throws InvalidParameterException the user has no address for one; the text is ours
 */
export function invitationMedia(
  asked: readonly DeliveryMediumType[] | undefined,
  attributes: Readonly<Record<string, string>>,
): DeliveryMediumType[] {
  if (asked === undefined || asked.length === 0) return attributes.phone_number ? ["SMS"] : [];
  const media = [...new Set(asked)];
  const unreachable = media.find((medium) => !attributes[ADDRESS_OF_MEDIUM[medium]]);
  if (unreachable) {
    throw new InvalidParameterException(
      `User does not have the attribute ${ADDRESS_OF_MEDIUM[unreachable]}, which the delivery medium ${unreachable} needs.`,
    );
  }
  return media;
}

/**
 * Sends the invitation. A template that leaves out the password of a user who has one is not sent, and neither is one with a
 * place for a password to a user who has none.
 *
 * @throws CodeDeliveryFailureException a message was not taken
 */
export async function sendInvitation(
  context: Delivering,
  pool: UserPoolRecord,
  user: UserRecord,
  password: string | undefined,
  media: readonly DeliveryMediumType[],
): Promise<void> {
  const messages: Message[] = [];
  for (const medium of media) {
    const template = templateOf(pool, medium);
    if (template.includes("{####}") !== (password !== undefined)) {
      context.log.warn(
        { poolId: pool.id, sub: user.sub, medium },
        "An invitation was not sent: its template and the user differ in having a password",
      );
      continue;
    }
    messages.push(invitation(pool, user, medium, template, password));
  }
  await deliver(context, messages);
}

function templateOf(pool: UserPoolRecord, medium: DeliveryMediumType): string {
  const { EmailMessage, SMSMessage } = pool.settings.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  return (medium === "EMAIL" ? EmailMessage : SMSMessage) ?? DEFAULT_BODY;
}

function invitation(
  pool: UserPoolRecord,
  user: UserRecord,
  medium: DeliveryMediumType,
  template: string,
  password = "",
): Message {
  const common = {
    poolId: pool.id,
    username: user.username,
    destination: user.attributes[ADDRESS_OF_MEDIUM[medium]] ?? "",
    purpose: "AdminCreateUser",
  };
  const values = { username: shownName(pool, user), "####": password };
  if (medium === "SMS") return { ...common, medium, body: fillIn(template, values) };
  return {
    ...common,
    medium,
    subject: pool.settings.AdminCreateUserConfig?.InviteMessageTemplate?.EmailSubject ?? DEFAULT_SUBJECT,
    body: fillIn(template, { username: asHtml(values.username), "####": asHtml(password) }),
    ...senderOf(pool),
  };
}

/** What the user signs in with: where addresses name users the address, since nobody knows their UUID. */
function shownName(pool: UserPoolRecord, { username, attributes }: UserRecord): string {
  if (!isNamedByAttribute(pool)) return username;
  const [address] = (pool.settings.UsernameAttributes ?? []).flatMap((name) => attributes[name] ?? []);
  return address ?? username;
}
