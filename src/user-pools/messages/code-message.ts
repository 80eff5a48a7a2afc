/**
 * The message that brings a confirmation code.
 *
 * @see Developer Guide, "Customizing email verification messages"; API Reference, "VerificationMessageTemplateType"
 */
import type { Message } from "../../delivery/index.ts";
import type { CodePurpose, CodeRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { MEDIUM_OF_ADDRESS, senderOf } from "./addresses.ts";
import { fillIn } from "./template.ts";

const DEFAULT_SUBJECT = "Your verification code";
const DEFAULT_EMAILS: Readonly<Record<CodePurpose, string>> = {
  ForgotPassword: "Your password reset code is {####}",
  SignUp: "Your confirmation code is {####}",
  VerifyEmail: "Your confirmation code is {####}",
  VerifyPhoneNumber: "Your confirmation code is {####}",
};
const DEFAULT_SMS = "Your verification code is {####}.";

/** The pool's own texts serve every purpose. Links take the place of codes at sign-up alone, so never here. */
export function codeMessage(
  pool: UserPoolRecord,
  { username }: UserRecord,
  { purpose, code, sentTo }: CodeRecord,
): Message {
  const { EmailMessage, EmailSubject, SmsMessage } = pool.settings.VerificationMessageTemplate ?? {};
  const filledIn = (template: string) => fillIn(template, { "####": code });
  const common = { poolId: pool.id, username, destination: sentTo.value, purpose };
  const medium = MEDIUM_OF_ADDRESS[sentTo.attribute];
  if (medium === "SMS") return { ...common, medium, body: filledIn(SmsMessage ?? DEFAULT_SMS) };
  return {
    ...common,
    medium,
    subject: EmailSubject ?? DEFAULT_SUBJECT,
    body: filledIn(EmailMessage ?? DEFAULT_EMAILS[purpose]),
    ...senderOf(pool),
  };
}
