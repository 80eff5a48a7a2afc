/** The texts of codes at a sign-in: a second factor, or a one-time password as the first. */
import type {
  GetUserPoolMfaConfigCommandOutput,
  SetUserPoolMfaConfigCommandInput,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { mfaRequest, mfaValuesOf } from "../authentication/security-settings.ts";
import { type MessageTexts, unlessDefault } from "./messages.ts";

/** The texts of a pool that sets none. */
export const defaultSignInTexts: MessageTexts = {
  subject: "Your sign-in code",
  email: "Your authentication code is {####}",
  sms: "Your authentication code is {####}.",
};

export function signInTextsOf(pool: UserPoolType, config: GetUserPoolMfaConfigCommandOutput): MessageTexts {
  const { subject, email, sms } = defaultSignInTexts;
  return {
    subject: config.EmailMfaConfiguration?.Subject ?? subject,
    email: config.EmailMfaConfiguration?.Message ?? email,
    sms: pool.SmsAuthenticationMessage ?? sms,
  };
}

/** Only a pool with e-mail as a second factor has a text for it. */
export function hasEmailText(config: GetUserPoolMfaConfigCommandOutput): boolean {
  return config.EmailMfaConfiguration !== undefined;
}

/** The request that gives a pool the texts of the e-mail. */
export function emailTextRequest(
  pool: UserPoolType,
  config: GetUserPoolMfaConfigCommandOutput,
  { subject, email }: MessageTexts,
): SetUserPoolMfaConfigCommandInput {
  return {
    ...mfaRequest(pool, config, mfaValuesOf(config)),
    // With it, email would be a factor again if somebody has turned that off.
    ...(hasEmailText(config) && {
      EmailMfaConfiguration: {
        Subject: unlessDefault(subject, defaultSignInTexts.subject),
        Message: unlessDefault(email, defaultSignInTexts.email),
      },
    }),
  };
}
