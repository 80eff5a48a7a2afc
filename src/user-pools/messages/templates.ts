/**
 * The texts of messages to users: by occasion and medium, from the pool's templates or Cognito's own texts.
 *
 * @see Developer Guide, "Customizing email verification messages", "Customizing user invitation messages"; API Reference,
 *   "VerificationMessageTemplateType", "MessageTemplateType"
 */
import type { DeliveryMediumType } from "../../api-model/index.ts";
import type { UserPoolRecord } from "../../storage/index.ts";
import type { MessageOccasion } from "../triggers/index.ts";

export interface Template {
  /** E-mail only. */
  readonly subject: string;
  readonly body: string;
  /** Whether the body has a link to click in place of a code. */
  readonly isLink: boolean;
}

/** The place of a code or a temporary password. */
export const CODE_PLACEHOLDER = "{####}";

/** The template of a message before a trigger changed it. */
export function templateOf(
  pool: UserPoolRecord,
  occasion: MessageOccasion,
  medium: DeliveryMediumType,
): Template {
  switch (occasion) {
    case "AdminCreateUser":
      return invitation(pool, medium);
    case "Authentication":
      return signInCode(pool, medium);
    default:
      return usesLink(pool, occasion, medium) ? linkMessage(pool) : codeMessage(pool, occasion, medium);
  }
}

/** Whether the message is a link to click in place of a code. Links are for sign-up by e-mail alone. */
function usesLink(pool: UserPoolRecord, occasion: MessageOccasion, medium: DeliveryMediumType): boolean {
  const isSignUp = occasion === "SignUp" || occasion === "ResendCode";
  const { DefaultEmailOption } = pool.settings.VerificationMessageTemplate ?? {};
  return isSignUp && medium === "EMAIL" && DefaultEmailOption === "CONFIRM_WITH_LINK";
}

function invitation({ settings }: UserPoolRecord, medium: DeliveryMediumType): Template {
  const { EmailMessage, EmailSubject, SMSMessage } =
    settings.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  return {
    subject: EmailSubject ?? "Your temporary password",
    body:
      (medium === "EMAIL" ? EmailMessage : SMSMessage) ??
      "Your username is {username} and temporary password is {####}.",
    isLink: false,
  };
}

/** The pool's own texts serve every purpose. */
function codeMessage(
  { settings }: UserPoolRecord,
  occasion: MessageOccasion,
  medium: DeliveryMediumType,
): Template {
  const { EmailMessage, EmailSubject, SmsMessage } = settings.VerificationMessageTemplate ?? {};
  const defaultEmail =
    occasion === "ForgotPassword" ? "Your password reset code is {####}" : "Your confirmation code is {####}";
  return {
    subject: EmailSubject ?? "Your verification code",
    body:
      medium === "EMAIL"
        ? (EmailMessage ?? defaultEmail)
        : (SmsMessage ?? "Your verification code is {####}."),
    isLink: false,
  };
}

function linkMessage({ settings }: UserPoolRecord): Template {
  const { EmailMessageByLink, EmailSubjectByLink } = settings.VerificationMessageTemplate ?? {};
  return {
    subject: EmailSubjectByLink ?? "Your verification link",
    body:
      EmailMessageByLink ?? "Please click the link below to verify your email address. {##Verify Email##} ",
    isLink: true,
  };
}

/** The default e-mail texts are ours: Cognito's are not known. */
function signInCode({ settings }: UserPoolRecord, medium: DeliveryMediumType): Template {
  const { Message, Subject } = settings.EmailMfaConfiguration ?? {};
  return {
    subject: Subject ?? "Your sign-in code",
    body:
      medium === "EMAIL"
        ? (Message ?? "Your authentication code is {####}")
        : (settings.SmsAuthenticationMessage ?? "Your authentication code is {####}."),
    isLink: false,
  };
}
