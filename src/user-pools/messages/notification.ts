/**
 * Notifications of risky sign-ins. They hold no code, and the CustomMessage trigger is not asked about them; a custom sender
 * is.
 *
 * @see Developer Guide, "Custom email sender Lambda trigger", CustomEmailSender_AccountTakeOverNotification
 */
import type { UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { asHtml, fillIn } from "./fill-in.ts";
import type { Messaging } from "./order.ts";
import { deliver } from "./send-message.ts";

const OCCASION = "AccountTakeOverNotification";

interface Notification {
  readonly pool: UserPoolRecord;
  readonly user: UserRecord;
  readonly clientId: string;
  /** Where it goes. */
  readonly email: string;
  readonly from: string | undefined;
  readonly replyTo: string | undefined;
  readonly subject: string;
  readonly body: string;
  /** Whether the body is plain text, which is shown as it is. */
  readonly isText: boolean;
  /** By the names of their placeholders. */
  readonly values: Readonly<Record<string, string>>;
  /** The attributes for a custom sender in place of the user's. */
  readonly forSender: Readonly<Record<string, string>>;
}

/** Sends a notification after the request has been answered. A failure is logged and published. */
export function sendNotificationLater(context: Messaging, notification: Notification): void {
  const { poolId, sub } = notification.user;
  context.outbox.enqueue(() => send(context, notification), { poolId, sub, occasion: OCCASION });
}

async function send(context: Messaging, notification: Notification): Promise<void> {
  const { pool, user, clientId, email, from, replyTo, subject, values } = notification;
  if (context.triggers.has(pool, "CustomEmailSender_AccountTakeOverNotification")) {
    await context.triggers.invoke("CustomEmailSender_AccountTakeOverNotification", {
      pool,
      clientId,
      username: user.username,
      user,
      request: {
        type: "customEmailSenderRequestV1",
        code: null,
        userAttributes: { ...user.attributes, ...notification.forSender },
      },
      requestContext: context.request,
    });
    return;
  }
  await deliver(context, {
    poolId: pool.id,
    username: user.username,
    medium: "EMAIL",
    destination: email,
    purpose: OCCASION,
    subject: fillIn(subject, values),
    body: bodyOf(notification),
    from: from ?? pool.settings.EmailConfiguration?.From,
    replyTo: replyTo ?? pool.settings.EmailConfiguration?.ReplyToEmailAddress,
    configurationSet: pool.settings.EmailConfiguration?.ConfigurationSet,
  });
}

/** Values come from clients, so they must not bring mark-up along. */
function bodyOf({ body, isText, values }: Notification): string {
  const escaped = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asHtml(value)]));
  const template = isText ? asHtml(body).replaceAll("\n", "<br>") : body;
  return fillIn(template, escaped);
}
