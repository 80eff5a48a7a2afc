import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

export interface InvitationMessage {
  readonly subject: string;
  readonly body: string;
}

/** What is sent where a pool sets nothing. */
export const defaultInvitation: InvitationMessage = {
  subject: "Your temporary password",
  body: "Your username is {username} and temporary password is {####}.",
};

export function invitationOf({ AdminCreateUserConfig }: UserPoolType): InvitationMessage {
  const { EmailSubject, EmailMessage } = AdminCreateUserConfig?.InviteMessageTemplate ?? {};
  return {
    subject: EmailSubject ?? defaultInvitation.subject,
    body: EmailMessage ?? defaultInvitation.body,
  };
}

/** @see API Reference, "MessageTemplateType" */
export function invitationFaults({ subject, body }: InvitationMessage) {
  return {
    subject: subject.length < 1 || subject.length > 140,
    body: body.length < 6 || body.length > 20_000 || !body.includes("{username}") || !body.includes("{####}"),
  };
}
