export const passkeys = {
  title: "Passkeys",
  description: "Passkeys that this user registered.",
  name: "Passkey",
  site: "Relying party",
  none: "No passkeys",
  deleteTitle: "Delete passkey",
  deleteWhat: (name: string) => `Delete: ${name}`,
  deleteQuestion: "The user can't sign in with it any more, and can register another one.",
  deleted: (name: string) => `Passkey “${name}” has been deleted.`,
  bothFactors: "Passkeys of this user count as both factors.",
  firstFactor: "Passkeys of this user count as the first factor alone.",
  turnOn: "Turn on MFA with passkeys",
  turnOff: "Turn off MFA with passkeys",
  turnOnQuestion: (name: string) =>
    `A passkey with a fingerprint, a face or a PIN then signs “${name}” in without a second factor. Another MFA method has to be active, in case the passkey is lost.`,
  turnOffQuestion: (name: string) => `With MFA, “${name}” needs the password and a second factor again.`,
  turnedOn: (name: string) => `Passkeys of “${name}” count as both factors.`,
  turnedOff: (name: string) => `Passkeys of “${name}” count as the first factor alone.`,
};

export const firstFactors = {
  title: "Options for choice-based sign-in",
  description: "What users can choose from in app clients that allow choice-based sign-in.",
  choices: "Available choices",
  needsSms: "Codes by SMS need an SMS configuration. It is further down on this page.",
  choicesHint: "An app client needs the flow ALLOW_USER_AUTH for them.",
  factors: {
    PASSWORD: "Password",
    EMAIL_OTP: "Email message one-time password",
    SMS_OTP: "SMS message one-time password",
    WEB_AUTHN: "Passkey",
  },
  saved: "The options for choice-based sign-in have been updated.",
};

export const passkeySettings = {
  title: "Passkey",
  description: "The site that passkeys belong to, and how users unlock them.",
  relyingParty: "Relying party ID",
  relyingPartyDefault: "The user pool's domain",
  relyingPartyHint: "The host name of your application, or localhost. Empty, it is the user pool's domain.",
  relyingPartyFault: "Enter a host name without scheme and port, for example app.example.com.",
  userVerification: "User verification",
  verifications: {
    preferred: { label: "Preferred", description: "Asks for it where the authenticator can." },
    required: { label: "Required", description: "Refuses passkeys without a fingerprint, a face or a PIN." },
  },
  factor: "Passkeys and MFA",
  factors: {
    SINGLE_FACTOR: {
      label: "Single factor",
      description: "A passkey is a first factor. Users with MFA sign in with their password.",
    },
    MULTI_FACTOR_WITH_USER_VERIFICATION: {
      label: "Multi-factor with user verification",
      description: "A passkey with a fingerprint, a face or a PIN counts as both factors.",
    },
  },
  singleFactorHint:
    "MFA is required in this user pool, so a single-factor passkey can't be among the options for choice-based sign-in.",
  saved: "The passkey settings have been updated.",
};

export const sessionTracking = {
  title: "Session tracking",
  description: "Lets users and administrators list sessions and end each by itself.",
  tracking: "Track user sessions",
  trackingHint: "Sessions get an ID, and their last activity, IP address and device are kept.",
  most: "Sessions per user",
  mostRule:
    "A whole number from 1 to 100. A new session beyond it ends the one that was not used for longest.",
  saved: "Session tracking has been updated.",
};
