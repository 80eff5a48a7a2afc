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
 * @throws InvalidParameterException its message is empty, too long, or has no place for the code or link
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

  if (body === "") throw new InvalidParameterException("The message is empty.");
  const isLink = template.isLink && hasLinkPlaceholder(body);
  if (!isLink && !body.includes(CODE_PLACEHOLDER)) {
    const text = "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*";
    throw violation(body, medium, `satisfy regular expression pattern: ${text}\\{####\\}${text}`);
  }
  const longest = MAXIMUM_LENGTHS[medium];
  if (body.length > longest) {
    throw violation(body, medium, `have length less than or equal to ${longest}`);
  }
  return { subject, body, isLink };
}

/** Developer Guide, "Custom message Lambda trigger". */
const MAXIMUM_LENGTHS: Readonly<Record<DeliveryMediumType, number>> = { EMAIL: 20_000, SMS: 140 };

/** The pattern of an e-mail was quoted in amazon-archives/amazon-cognito-identity-js#99, the rest is by analogy. */
function violation(body: string, medium: DeliveryMediumType, constraint: string): InvalidParameterException {
  const member = medium === "EMAIL" ? "emailBody" : "smsMessage";
  return new InvalidParameterException(
    `1 validation error detected: Value '${body}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
  );
}
