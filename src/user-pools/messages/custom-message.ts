/**
 * A message after the pool's CustomMessage trigger.
 *
 * @see Developer Guide, "Custom message Lambda trigger"
 */
import { type DeliveryMediumType, InvalidParameterException } from "../../api-model/index.ts";
import { hasLinkPlaceholder } from "./fill-in.ts";
import type { MessageOrder, Messaging } from "./order.ts";
import { CODE_PLACEHOLDER, type Template } from "./templates.ts";

/**
 * The template after the trigger: members that it omits, or gives as null, are unchanged.
 *
 * @throws InvalidParameterException its message is empty or has no place for the code or link
 */
export async function customized(
  { triggers, request }: Messaging,
  { occasion, pool, user, clientId }: MessageOrder,
  medium: DeliveryMediumType,
  template: Template,
): Promise<Template> {
  const response = await triggers.invoke(`CustomMessage_${occasion}`, {
    pool,
    clientId,
    username: user.username,
    user,
    request: {
      codeParameter: CODE_PLACEHOLDER,
      linkParameter: "{##Click Here##}",
      usernameParameter: occasion === "AdminCreateUser" ? "{username}" : null,
    },
    requestContext: request,
  });
  const { smsMessage, emailMessage, emailSubject } = (response ?? {}) as Readonly<Record<string, unknown>>;
  const subject = typeof emailSubject === "string" ? emailSubject : template.subject;
  const body = medium === "EMAIL" ? emailMessage : smsMessage;
  if (typeof body !== "string") return { ...template, subject };

  const isLink = template.isLink && hasLinkPlaceholder(body);
  if (!isLink) requireCodePlaceholder(body, medium);
  return { subject, body, isLink };
}

/** The text for an e-mail was quoted in amazon-archives/amazon-cognito-identity-js#99, that of SMS is by analogy. */
function requireCodePlaceholder(body: string, medium: DeliveryMediumType): void {
  if (body === "") throw new InvalidParameterException("The message is empty.");
  if (body.includes(CODE_PLACEHOLDER)) return;
  const member = medium === "EMAIL" ? "emailBody" : "smsMessage";
  const text = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*";
  throw new InvalidParameterException(
    `1 validation error detected: Value '${body}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${text}\\{####\\}${text}`,
  );
}
