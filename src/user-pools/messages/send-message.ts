/**
 * Sends a user a message: composes it for its occasion, invokes the pool's CustomMessage trigger, fills in the values
 * and delivers it. Every message is sent this way.
 */
import {
  CodeDeliveryFailureException,
  type DeliveryMediumType,
  InvalidParameterException,
} from "../../api-model/index.ts";
import { DeliveryFailed, type Message } from "../../delivery/index.ts";
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { NO_CLIENT } from "../triggers/index.ts";
import { isNamedByAttribute } from "../users/index.ts";
import { customized } from "./custom-message.ts";
import { sentByFunction } from "./custom-sender.ts";
import { asHtml, fillIn, fillInLink } from "./fill-in.ts";
import { ADDRESS_OF_MEDIUM, MEDIUM_OF_ADDRESS, type MessageOrder, type Messaging } from "./order.ts";
import { CODE_PLACEHOLDER, type Template, templateOf } from "./templates.ts";

/**
 * Composes a message and delivers it.
 *
 * @throws CodeDeliveryFailureException it could not be delivered
 * @throws InvalidParameterException the CustomMessage trigger wrote a message without a place for the code
 */
export async function sendMessage(context: Messaging, order: MessageOrder): Promise<void> {
  if (await sentByFunction(context, order)) return;
  const medium = MEDIUM_OF_ADDRESS[order.to.attribute];
  const template = await customized(context, order, medium, templateOf(order.pool, order.occasion, medium));
  await deliver(context, await filledIn(context, order, template));
}

/**
 * Composes a message and delivers it after the request has been answered. A failure is logged and published, and is never
 * reported to the caller.
 */
export function sendMessageLater(context: Messaging, order: MessageOrder): void {
  const { poolId, sub } = order.user;
  context.outbox.enqueue(() => sendMessage(context, order), { poolId, sub, occasion: order.occasion });
}

/**
 * The media of an invitation. Requested ones need an address; if none is requested it is SMS, as far
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
 * Sends the invitation of a user whom an administrator created, by each medium even if another failed. A template
 * without the password is not sent to a user who has one, and a template with it is not sent to a user who has none.
 *
 * @throws CodeDeliveryFailureException a message was not taken
 */
export async function sendInvitation(
  context: Messaging,
  pool: UserPoolRecord,
  user: UserRecord,
  password: string | undefined,
  media: readonly DeliveryMediumType[],
): Promise<void> {
  const failures: unknown[] = [];
  for (const medium of media) {
    const template = templateOf(pool, "AdminCreateUser", medium);
    if (template.body.includes(CODE_PLACEHOLDER) !== (password !== undefined)) {
      context.log.warn(
        { poolId: pool.id, sub: user.sub, medium },
        "An invitation was not sent: its template and the user differ in having a password",
      );
      continue;
    }
    const attribute = ADDRESS_OF_MEDIUM[medium];
    const to = { attribute, value: user.attributes[attribute] ?? "" };
    await sendMessage(context, {
      occasion: "AdminCreateUser",
      pool,
      user,
      clientId: NO_CLIENT,
      to,
      secret: password,
    }).catch((error) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function filledIn(context: Messaging, order: MessageOrder, template: Template): Promise<Message> {
  const { occasion, pool, user, to, secret } = order;
  const medium = MEDIUM_OF_ADDRESS[to.attribute];
  const asText = medium === "EMAIL" ? asHtml : (text: string) => text;
  // Only invitations name the user.
  const username = occasion === "AdminCreateUser" ? { username: asText(shownName(pool, user)) } : {};
  const link = template.isLink ? await confirmationLink(context, order) : undefined;
  const body = fillIn(template.body, { ...username, "####": asText(secret ?? "") });
  const common = {
    poolId: pool.id,
    username: user.username,
    destination: to.value,
    purpose: occasion,
    body: link === undefined ? body : fillInLink(body, link),
    ...(link !== undefined && { link }),
    ...(occasion !== "AdminCreateUser" && { code: secret }),
  };
  if (medium === "SMS") return { ...common, medium };
  const { From, ReplyToEmailAddress, ConfigurationSet } = pool.settings.EmailConfiguration ?? {};
  return {
    ...common,
    medium,
    subject: template.subject,
    from: From,
    replyTo: ReplyToEmailAddress,
    configurationSet: ConfigurationSet,
  };
}

/** @see Developer Guide, "Customizing email verification messages", section on links */
async function confirmationLink(
  { confirmationPageOf }: Messaging,
  { pool, user, clientId, secret }: MessageOrder,
): Promise<string> {
  const query = new URLSearchParams({
    client_id: clientId ?? "",
    user_name: user.username,
    confirmation_code: secret ?? "",
  });
  return `${await confirmationPageOf(pool.id)}?${query}`;
}

/** The name that the user signs in with: the address where addresses name users, because users do not know their UUID. */
function shownName(pool: UserPoolRecord, { username, attributes }: UserRecord): string {
  if (!isNamedByAttribute(pool)) return username;
  const [address] = (pool.settings.UsernameAttributes ?? []).flatMap((name) => attributes[name] ?? []);
  return address ?? username;
}

/** Hands a finished message over, and publishes what came of it. @throws CodeDeliveryFailureException */
export async function deliver(
  { delivery, events, log }: Pick<Messaging, "delivery" | "events" | "log">,
  message: Message,
): Promise<void> {
  const { poolId, username, medium, purpose } = message;
  const publish = (failure: string | undefined) =>
    events.publish("message", { poolId, username, medium, occasion: purpose, failure });
  try {
    await delivery.send(message);
    publish(undefined);
  } catch (error) {
    if (!(error instanceof DeliveryFailed)) throw error;
    publish(error.message);
    const cause = error.cause instanceof Error ? error.cause.message : undefined;
    log.warn({ poolId, medium, purpose, reason: error.message, cause }, "A message was not delivered");
    throw asCodeDeliveryFailure(error, medium);
  }
}

/** Cognito's text for a pool without SMS configuration (aws-amplify/amplify-js#166); the other one is ours. */
function asCodeDeliveryFailure(
  error: DeliveryFailed,
  medium: DeliveryMediumType,
): CodeDeliveryFailureException {
  const message =
    error.isUnconfigured && medium === "SMS"
      ? "Invalid phone number provided/Unable to send the message. User pool does not have SMS configuration to send messages."
      : "Unable to send the message.";
  return new CodeDeliveryFailureException(message, { cause: error });
}
