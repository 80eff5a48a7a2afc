/**
 * Sending a user a message: composed for its occasion, filled in, handed over. Every message takes this way.
 */
import {
  CodeDeliveryFailureException,
  type DeliveryMediumType,
  InvalidParameterException,
} from "../../api-model/index.ts";
import { DeliveryFailed, type Message } from "../../delivery/index.ts";
import type { CodeDestination, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { isNamedByAttribute } from "../users/index.ts";
import { asHtml, fillIn } from "./fill-in.ts";
import { CODE_PLACEHOLDER, type MessageOccasion, type Template, templateOf } from "./templates.ts";

/** What sending stands on. */
export type Messaging = Pick<Environment, "delivery" | "log">;

/** The medium by which each address is reached. */
export const MEDIUM_OF_ADDRESS = { email: "EMAIL", phone_number: "SMS" } as const;

const ADDRESS_OF_MEDIUM = { EMAIL: "email", SMS: "phone_number" } as const;

/** A message that is to be composed. */
export interface MessageOrder {
  readonly occasion: MessageOccasion;
  readonly pool: UserPoolRecord;
  readonly user: UserRecord;
  /** Null where no app client is involved. */
  readonly clientId: string | null;
  readonly to: CodeDestination;
  /** The code or the temporary password in it. */
  readonly secret: string | undefined;
}

/**
 * Composes a message and hands it over.
 *
 * @throws CodeDeliveryFailureException it was not taken
 */
export async function sendMessage(context: Messaging, order: MessageOrder): Promise<void> {
  const template = templateOf(order.pool, order.occasion, MEDIUM_OF_ADDRESS[order.to.attribute]);
  await deliver(context, filledIn(order, template));
}

/**
 * By which media an invitation goes out. Those that are asked for need an address; when none is asked for it is SMS, as far
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
 * Sends the invitation of a user whom an administrator made, by each medium whether or not another failed. A template that
 * leaves out the password of a user who has one is not sent, and neither is one with a place for a password to a user who
 * has none.
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
      clientId: null,
      to,
      secret: password,
    }).catch((error) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

function filledIn({ occasion, pool, user, to, secret = "" }: MessageOrder, template: Template): Message {
  const medium = MEDIUM_OF_ADDRESS[to.attribute];
  const common = { poolId: pool.id, username: user.username, destination: to.value, purpose: occasion };
  // Only invitations name the user.
  const values = occasion === "AdminCreateUser" ? { username: shownName(pool, user) } : {};
  const fill = (asText: (text: string) => string) =>
    fillIn(template.body, {
      ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asText(value)])),
      "####": asText(secret),
    });
  if (medium === "SMS") return { ...common, medium, body: fill((text) => text) };
  const { From, ReplyToEmailAddress } = pool.settings.EmailConfiguration ?? {};
  return {
    ...common,
    medium,
    subject: template.subject,
    body: fill(asHtml),
    from: From,
    replyTo: ReplyToEmailAddress,
  };
}

/** What the user signs in with: where addresses name users the address, since nobody knows their UUID. */
function shownName(pool: UserPoolRecord, { username, attributes }: UserRecord): string {
  if (!isNamedByAttribute(pool)) return username;
  const [address] = (pool.settings.UsernameAttributes ?? []).flatMap((name) => attributes[name] ?? []);
  return address ?? username;
}

async function deliver({ delivery, log }: Messaging, message: Message): Promise<void> {
  try {
    await delivery.send(message);
  } catch (error) {
    if (!(error instanceof DeliveryFailed)) throw error;
    const { poolId, medium, purpose } = message;
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
