/** The texts of a user pool's messages, and Cognito's rules for them. */
import type { UpdateUserPoolCommandInput, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { poolUpdate } from "../pools/update-user-pool.ts";

/** Verification messages bring codes; invitations go to users that an administrator creates. */
export type MessageKind = "verification" | "invitation";

export interface MessageTexts {
  readonly subject: string;
  readonly email: string;
  readonly sms: string;
}

/** The texts of a pool that sets none. */
export const defaultTexts: Readonly<Record<MessageKind, MessageTexts>> = {
  verification: {
    subject: "Your verification code",
    email: "Your password reset code is {####}",
    sms: "Your verification code is {####}.",
  },
  invitation: {
    subject: "Your temporary password",
    email: "Your username is {username} and temporary password is {####}.",
    sms: "Your username is {username} and temporary password is {####}.",
  },
};

const placeholders: Readonly<Record<MessageKind, readonly string[]>> = {
  verification: ["{####}"],
  invitation: ["{username}", "{####}"],
};

export function textsOf(pool: UserPoolType, kind: MessageKind): MessageTexts {
  const { subject, email, sms } = defaultTexts[kind];
  const ownCodes = pool.VerificationMessageTemplate ?? {};
  const ownInvitation = pool.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  const own = kind === "verification" ? ownCodes : ownInvitation;
  return {
    subject: own.EmailSubject ?? subject,
    email: own.EmailMessage ?? email,
    sms: (kind === "verification" ? ownCodes.SmsMessage : ownInvitation.SMSMessage) ?? sms,
  };
}

/**
 * The texts that the API would reject, or that lack a needed placeholder: the API itself accepts an invitation
 * without its password.
 *
 * @see API Reference, "VerificationMessageTemplateType" and "MessageTemplateType"
 */
export function textFaults(kind: MessageKind, { subject, email, sms }: MessageTexts) {
  const isWhole = (text: string, longest: number) =>
    text.length >= 6 && text.length <= longest && placeholders[kind].every((name) => text.includes(name));
  return {
    subject: !isSubject(subject),
    email: !isWhole(email, 20_000) || !isWritten(email),
    sms: !isWhole(sms, 140) || (kind === "verification" && /[\r\n]/.test(sms)),
  };
}

/** @see API Reference, "VerificationMessageTemplateType", EmailSubject */
export const isSubject = (text: string) => text.length >= 1 && text.length <= 140 && isWritten(text);

/** Whether it has nothing but letters, marks, symbols, digits, punctuation and space, as both texts of an e-mail. */
export function isWritten(text: string): boolean {
  return /^[\p{L}\p{M}\p{S}\p{N}\p{P}\s]*$/u.test(text);
}

/** A text for the API: one that is the default is left out, so that it stays the server's. */
export function unlessDefault(text: string, standard: string): string | undefined {
  return text === standard ? undefined : text;
}

/** The update that gives a pool these texts. */
export function messageUpdate(
  pool: UserPoolType,
  kind: MessageKind,
  texts: MessageTexts,
): UpdateUserPoolCommandInput {
  const ownOrNone = (name: keyof MessageTexts) => unlessDefault(texts[name], defaultTexts[kind][name]);
  const update = poolUpdate(pool, {});
  const EmailSubject = ownOrNone("subject");
  const EmailMessage = ownOrNone("email");
  if (kind === "invitation") {
    const InviteMessageTemplate = { EmailSubject, EmailMessage, SMSMessage: ownOrNone("sms") };
    return { ...update, AdminCreateUserConfig: { ...update.AdminCreateUserConfig, InviteMessageTemplate } };
  }
  const SmsMessage = ownOrNone("sms");
  return {
    ...update,
    // The older three say the same and may not contradict the template.
    EmailVerificationSubject: EmailSubject,
    EmailVerificationMessage: EmailMessage,
    SmsVerificationMessage: SmsMessage,
    VerificationMessageTemplate: {
      ...update.VerificationMessageTemplate,
      EmailSubject,
      EmailMessage,
      SmsMessage,
    },
  };
}
