/**
 * The e-mail to a user about a risky sign-in.
 *
 * @see Developer Guide, "Working with adaptive authentication"; API Reference, "NotifyConfigurationType"
 */
import type {
  AccountTakeoverEventActionType,
  FeedbackValueType,
  NotifyConfigurationType,
  NotifyEmailType,
} from "../../api-model/index.ts";
import type { AppClientRecord, AuthEventRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import { type Messaging, sendNotificationLater } from "../messages/index.ts";
import { sealFeedbackToken } from "./feedback.ts";

/** The page behind the links; the path is ours, as that of Cognito is not documented. */
const FEEDBACK_PATH = "/authEventFeedback";

/** The action that was taken. */
export type Outcome = "block" | "mfa" | "no action";

const TEMPLATES = {
  block: {
    name: "BlockEmail",
    subject: "Blocked sign-in attempt",
    intro: "We blocked an unrecognized sign-in to your account with this information:",
  },
  mfa: {
    name: "MfaEmail",
    subject: "New sign-in attempt",
    intro: "We required you to use multi-factor authentication for the following sign-in attempt:",
  },
  "no action": {
    name: "NoActionEmail",
    subject: "New sign-in attempt",
    intro: "We observed an unrecognized sign-in to your account with this information:",
  },
} as const satisfies Record<Outcome, { name: keyof NotifyConfigurationType; subject: string; intro: string }>;

const ACTION_OF: Readonly<Record<Outcome, AccountTakeoverEventActionType>> = {
  block: "BLOCK",
  mfa: "MFA_REQUIRED",
  "no action": "NO_ACTION",
};

interface NotifiedSubject {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly user: UserRecord;
}

/** Sends the notification after the answer. A user without a verified address gets none. */
export function notify(
  outcome: Outcome,
  configuration: NotifyConfigurationType,
  { pool, client, user }: NotifiedSubject,
  { id, event, createdAt }: AuthEventRecord,
  context: Messaging & Pick<Environment, "clock" | "baseUrl">,
): void {
  const { email, email_verified } = user.attributes;
  if (!email || email_verified !== "true") return;
  const token = sealFeedbackToken(user, id, context);
  const link = (value: FeedbackValueType) =>
    `${context.baseUrl()}${FEEDBACK_PATH}?${new URLSearchParams({
      user_pool_id: pool.id,
      user_name: user.username,
      event_id: id,
      feedback_value: value,
      feedback_token: token,
    })}`;
  const values = {
    "ip-address": event.EventContextData?.IpAddress ?? "unknown",
    city: event.EventContextData?.City ?? "unknown",
    country: event.EventContextData?.Country ?? "unknown",
    "login-time": new Date(createdAt).toUTCString(),
    "device-name": event.EventContextData?.DeviceName ?? "unknown",
    "one-click-link-valid": link("Valid"),
    "one-click-link-invalid": link("Invalid"),
    "event-id": id,
    "feedback-token": token,
    username: user.username,
  };
  const { name, subject: defaultSubject, intro } = TEMPLATES[outcome];
  const template = configuration[name] as NotifyEmailType | undefined;
  sendNotificationLater(context, {
    pool,
    user,
    clientId: client.id,
    email,
    from: configuration.From,
    replyTo: configuration.ReplyTo,
    subject: template?.Subject ?? defaultSubject,
    body: template?.HtmlBody ?? template?.TextBody ?? defaultBody(intro),
    isText: template !== undefined && template.HtmlBody === undefined,
    values,
    forSender: {
      EVENT_ID: id,
      USER_NAME: user.username,
      IP_ADDRESS: values["ip-address"],
      ACCOUNT_TAKE_OVER_ACTION: ACTION_OF[outcome],
      ONE_CLICK_LINK_VALID: values["one-click-link-valid"],
      ONE_CLICK_LINK_INVALID: values["one-click-link-invalid"],
      LOGIN_TIME: values["login-time"],
      FEEDBACK_TOKEN: token,
      CITY: values.city,
      COUNTRY: values.country,
      DEVICE_NAME: values["device-name"],
    },
  });
}

function defaultBody(intro: string): string {
  return `<p>${intro}</p><p>Time: {login-time}<br>Device: {device-name}<br>Location: {city}, {country}<br>Address: {ip-address}</p><p>If this was you, <a href="{one-click-link-valid}">tell us so</a>. If it was not, <a href="{one-click-link-invalid}">report it</a> and change your password.</p>`;
}
