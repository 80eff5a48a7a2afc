/** Whether sign-ups are confirmed by a code or a link, and the texts of the message with the link. */
import type { UpdateUserPoolCommandInput, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { hasLinkPlaceholder } from "../../../../src/user-pools/messages/fill-in.ts";
import { isSubject, isWritten, unlessDefault } from "./messages.ts";

export interface LinkValues {
  readonly isLink: boolean;
  readonly subject: string;
  readonly email: string;
}

/** The texts of a pool that sets none. */
export const defaultLinkTexts = {
  subject: "Your verification link",
  email: "Please click the link below to verify your email address. {##Verify Email##} ",
} as const;

export function linkValuesOf({ VerificationMessageTemplate: own = {} }: UserPoolType): LinkValues {
  return {
    isLink: own.DefaultEmailOption === "CONFIRM_WITH_LINK",
    subject: own.EmailSubjectByLink ?? defaultLinkTexts.subject,
    email: own.EmailMessageByLink ?? defaultLinkTexts.email,
  };
}

/** @see API Reference, "VerificationMessageTemplateType" */
export function linkFaults({ subject, email }: LinkValues) {
  return {
    subject: !isSubject(subject),
    email: email.length < 6 || email.length > 20_000 || !isWritten(email) || !hasLinkPlaceholder(email),
  };
}

/** The changes that give a pool these values. */
export function linkChanges(
  { VerificationMessageTemplate }: UserPoolType,
  { isLink, subject, email }: LinkValues,
): Partial<UpdateUserPoolCommandInput> {
  return {
    VerificationMessageTemplate: {
      ...VerificationMessageTemplate,
      DefaultEmailOption: isLink ? "CONFIRM_WITH_LINK" : "CONFIRM_WITH_CODE",
      EmailSubjectByLink: unlessDefault(subject, defaultLinkTexts.subject),
      EmailMessageByLink: unlessDefault(email, defaultLinkTexts.email),
    },
  };
}
