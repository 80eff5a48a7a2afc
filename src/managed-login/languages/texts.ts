/** The texts of the pages, in one language. */
export interface Texts {
  /** As in the `lang` attribute. */
  readonly tag: string;
  readonly dir: "ltr" | "rtl";
  /** Of the language, in the language. */
  readonly name: string;
  readonly signIn: {
    readonly title: string;
    readonly subtitle: string;
    readonly submit: string;
    readonly next: string;
    readonly forgotPassword: string;
    readonly noAccount: string;
    readonly createAccount: string;
    /** Between the providers and the form. */
    readonly or: string;
    readonly signedInAs: (name: string) => string;
    readonly continueSession: string;
    readonly asAnotherUser: string;
  };
  readonly providers: {
    readonly continueWith: (provider: string) => string;
    readonly sso: string;
    readonly ssoTitle: string;
    readonly ssoSubtitle: string;
    readonly ssoUnknown: string;
  };
  readonly signUp: {
    readonly title: string;
    readonly subtitle: string;
    readonly submit: string;
    readonly haveAccount: string;
    readonly signIn: string;
    readonly optional: string;
    readonly passwordOptional: string;
    /** Around the two links: "By signing up you agree to our {terms} and {privacy}." */
    readonly terms: (terms: string, privacy: string) => readonly string[];
    readonly termsOfUse: string;
    readonly privacyPolicy: string;
  };
  readonly confirm: {
    readonly title: string;
    readonly submit: string;
    readonly resend: string;
    readonly resent: string;
    readonly notSent: string;
    /** For pools that confirm by a link. */
    readonly linkSent: (destination: string) => string;
    readonly linkNext: string;
  };
  readonly forgotPassword: {
    readonly title: string;
    readonly subtitle: string;
    readonly submit: string;
    readonly back: string;
    readonly resetTitle: string;
    readonly resetSubmit: string;
    readonly resetRequired: string;
    readonly done: string;
  };
  readonly newPassword: {
    readonly title: string;
    readonly subtitle: string;
    readonly submit: string;
  };
  readonly code: {
    readonly title: string;
    readonly label: string;
    readonly sentTo: (destination: string) => string;
    readonly sentByEmail: (destination: string) => string;
    readonly sentBySms: (destination: string) => string;
    readonly authenticator: string;
    readonly submit: string;
    readonly resend: string;
  };
  readonly mfa: {
    readonly chooseTitle: string;
    readonly chooseSubtitle: string;
    readonly setupTitle: string;
    readonly setupSubtitle: string;
    readonly setupAuthenticator: string;
    readonly setupAuthenticatorSteps: readonly [install: string, scan: string, enter: string];
    readonly secret: string;
    readonly qrCode: string;
    readonly deviceName: string;
    readonly setupEmail: string;
    readonly setupSms: string;
    readonly rememberDevice: string;
    readonly factors: Readonly<Record<"SMS_MFA" | "EMAIL_OTP" | "SOFTWARE_TOKEN_MFA", string>>;
  };
  readonly choice: {
    readonly title: string;
    readonly subtitle: string;
    readonly factors: Readonly<Record<"PASSWORD" | "EMAIL_OTP" | "SMS_OTP" | "WEB_AUTHN", string>>;
    readonly otherWay: string;
    readonly passwordTitle: string;
  };
  /** A signed-in user must prove more for the app that they go to. */
  readonly stepUp: {
    readonly title: string;
    readonly text: string;
  };
  readonly passkey: {
    readonly signInTitle: string;
    readonly signInSubtitle: string;
    readonly signInSubmit: string;
    readonly addTitle: string;
    readonly addSubtitle: string;
    readonly addSubmit: string;
    readonly skip: string;
    readonly needsScript: string;
    readonly failed: string;
  };
  readonly challenge: {
    readonly title: string;
    readonly answer: string;
  };
  readonly signedOut: {
    readonly title: string;
    readonly text: string;
  };
  readonly error: {
    readonly title: string;
    readonly page: string;
    readonly expiredForm: string;
    readonly busy: string;
    readonly tooManyRequests: string;
    readonly somethingWrong: string;
    readonly back: string;
  };
  readonly confirmed: {
    readonly title: string;
    readonly text: string;
    readonly expiredTitle: string;
    readonly expiredText: string;
    readonly invalidTitle: string;
    readonly invalidText: string;
    readonly failedTitle: string;
    readonly tryAgainText: string;
  };
  readonly fields: {
    readonly username: string;
    readonly email: string;
    readonly phone: string;
    readonly emailOrPhone: string;
    /** A name in a pool with aliases. */
    readonly usernameOr: (others: readonly ("email" | "phone_number" | "preferred_username")[]) => string;
    readonly password: string;
    readonly newPassword: string;
    readonly confirmPassword: string;
    readonly passwordsDiffer: string;
    readonly showPassword: string;
    readonly phoneHint: string;
    readonly birthdateHint: string;
    /** By attribute; of others the name itself is shown. */
    readonly attributes: Readonly<Record<string, string>>;
  };
  /** The page on which users look after their own account. */
  readonly account: {
    readonly title: string;
    readonly signOut: string;
    readonly profile: string;
    readonly moreDetails: string;
    readonly save: string;
    readonly verified: string;
    readonly notVerified: string;
    readonly sendCode: string;
    readonly codeFor: (address: string) => string;
    readonly verify: string;
    readonly currentPassword: string;
    readonly mfa: string;
    readonly mfaText: string;
    readonly on: string;
    readonly off: string;
    readonly turnOn: string;
    readonly turnOff: string;
    readonly setUp: string;
    readonly preferred: string;
    readonly prefer: string;
    /** The switch that makes a passkey count as both steps. */
    readonly passkeyMfa: string;
    readonly passkeys: string;
    readonly noPasskeys: string;
    readonly remove: string;
    readonly devices: string;
    readonly devicesText: string;
    readonly noDevices: string;
    readonly unnamed: string;
    readonly thisBrowser: string;
    readonly sessions: string;
    readonly sessionsText: string;
    readonly noSessions: string;
    readonly end: string;
    readonly signOutEverywhere: string;
    readonly data: string;
    readonly dataText: string;
    readonly download: string;
    readonly deletion: string;
    readonly deletionText: string;
    readonly typeToConfirm: (name: string) => string;
    readonly signInAgain: string;
    readonly signInAgainAction: string;
    readonly back: string;
    readonly done: Readonly<Record<"saved" | "codeSent" | "removed" | "ended", string>>;
    readonly deleted: { readonly title: string; readonly text: string };
  };
  readonly language: string;
  /** Messages of the service by their English text. */
  readonly messages: Readonly<Record<string, string>>;
  /** Of a password that breaks the policy, by the rule's English words. */
  readonly passwordRules: Readonly<Record<string, string>>;
}

/** @returns the names as a choice of one, such as "Username, email, or phone number" */
export function eitherOf(tag: string, names: readonly string[]): string {
  return new Intl.ListFormat(tag, { type: "disjunction" }).format(names);
}
