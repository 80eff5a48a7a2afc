export const mfaSettings = {
  title: "Multi-factor authentication",
  description: "Whether users need a second factor after their password.",
  enforcement: "MFA enforcement",
  modes: {
    OFF: { label: "No MFA", description: "Users sign in with a single factor." },
    OPTIONAL: {
      label: "Optional MFA",
      description: "Users who have set a second factor up are asked for it.",
    },
    ON: { label: "Require MFA", description: "Everybody needs a second factor, and sets it up at sign-in." },
  },
  methods: "MFA methods",
  faults: {
    noMethod: "Choose at least one method.",
    emailNeedsSes:
      "MFA by email needs Amazon SES as the email provider. Choose it on the page Authentication methods first.",
    emailRecovers: "MFA by email and account recovery by email alone exclude each other.",
  },
  factors: { app: "Authenticator apps", sms: "SMS message", email: "Email message" },
  factorHints: {
    app: "Time-based codes (TOTP).",
    sms: "A code to the phone number.",
    email: "A code to the email address. Account recovery must not use email at the same time.",
  },
  smsRole: "IAM role for SMS",
  smsRoleHint: "Cognito asks for the role that sends messages. This server does not assume it.",
  saved: "Multi-factor authentication has been updated.",
};

export const accountRecovery = {
  title: "User account recovery",
  description: "How users who forgot their password get a code.",
  method: "Self-service account recovery",
  options: {
    emailThenPhone: "Email if available, otherwise SMS",
    phoneThenEmail: "SMS if available, otherwise email",
    email: "Email only",
    phone: "SMS only",
    admin: "None: users contact an administrator",
  },
  saved: "User account recovery has been updated.",
};

export const deviceTracking = {
  title: "Device tracking",
  description: "Whether the user pool remembers the devices that users sign in with.",
  mode: "Remember devices",
  modes: { off: "Don't remember", optIn: "User opt-in", always: "Always remember" },
  replacesMfa: "A remembered device takes the place of MFA",
  saved: "Device tracking has been updated.",
};

export const attributeVerification = {
  title: "Attribute verification and user account confirmation",
  description: "Codes that prove that an email address or phone number belongs to the user.",
  attributes: "Attributes to verify",
  attributesHint: "A new user confirms the sign-up by a code to this address.",
  needsSms: "Codes by SMS need an SMS configuration. It is on the page Authentication methods.",
  email: "Email address",
  phoneNumber: "Phone number",
  none: "None",
  keepsOriginal: "Keep original attribute value active when an update is pending",
  keepsOriginalHint: "The new address counts once its code has been entered.",
  saved: "Attribute verification has been updated.",
};

export const featurePlan = {
  title: "Feature plan",
  description:
    "The features that this user pool may use, according to Cognito's plans. There are no charges here.",
  current: "Plan",
  tiers: {
    LITE: { label: "Lite", description: "Passwords, MFA and the classic hosted UI." },
    ESSENTIALS: {
      label: "Essentials",
      description: "Passwordless sign-in, email MFA, managed login and changes to access tokens as well.",
    },
    PLUS: { label: "Plus", description: "Threat protection and its logs as well." },
  },
  saved: "The feature plan has been changed.",
};

export const userMfa = {
  title: "Multi-factor authentication",
  methods: "MFA methods",
  preferred: "Preferred method",
  none: "None",
  edit: "Update MFA configuration",
  active: "Active methods",
  activeHint:
    "A code can only go where the user has a phone number, an email address or an authenticator app.",
  faults: {
    notOfPool: "The user pool does not have this method. The page Sign-in sets its methods.",
    noPhone: "The user has no phone number.",
    noEmail: "The user has no email address.",
  },
  noPreference: "No preference",
  factors: {
    SMS_MFA: "SMS message",
    SOFTWARE_TOKEN_MFA: "Authenticator app",
    EMAIL_OTP: "Email message",
  },
  saved: (name: string) => `The MFA configuration of “${name}” has been updated.`,
};

export const userFactors = {
  title: "Authentication factors",
  description: "The factors that this user can sign in with now.",
  first: "Configured factors",
  factors: { SOFTWARE_TOKEN: "Authenticator app" },
  removeApp: "Remove authenticator app",
  noApp: "The user has no authenticator app.",
  remove: "Remove",
  removeAppWarning:
    "The app's codes stop working. If MFA is required, the user sets up a factor at the next sign-in.",
  appRemoved: (name: string) => `The authenticator app of “${name}” has been removed.`,
};

export const devices = {
  title: "Devices",
  description: "Devices that this user has signed in with.",
  name: "Device",
  ip: "Last IP address",
  lastUsed: "Last used",
  remembered: "Remembered",
  remember: "Remember",
  rememberQuestion: "The device can take the place of a second factor, as the user pool's settings say.",
  stopRemembering: "Don't remember",
  stopRememberingQuestion: "The device stays listed, but signs in like a new one.",
  switched: "The device has been updated.",
  none: "No devices",
  forget: "Forget device",
  forgetQuestion: "At the next sign-in the device is a new one again.",
  forgotten: "The device has been forgotten.",
};

export const loginPages = {
  title: "Login pages",
  description: "OAuth 2.0: the URLs that users return to, and what the app client may request.",
  callbackUrls: "Allowed callback URLs",
  signOutUrls: "Allowed sign-out URLs",
  grants: "OAuth 2.0 grant types",
  grantTypes: {
    code: "Authorization code grant",
    implicit: "Implicit grant",
    client_credentials: "Client credentials",
  },
  scopes: "OpenID Connect scopes",
  providers: "Identity providers",
};

export const extensions = {
  description: "Lambda functions that the user pool calls during sign-up and sign-in.",
  title: "Lambda triggers",
  hint: "Functions are files in the folder that the server was started with (--lambda-dir), or run at a Lambda API.",
  trigger: "Trigger",
  remove: "Remove",
  removeWhat: (name: string) => `Remove trigger: ${name}`,
  removeQuestion: (name: string) =>
    `The user pool does not call a function for “${name}” any more. The function itself stays.`,
  removed: (name: string) => `The trigger “${name}” has been removed.`,
  functionArn: "Function ARN",
  functionArnHint: "The name at its end is the name of the file. An empty field removes the trigger.",
  functionArnFault:
    "Enter the ARN of a function, for example arn:aws:lambda:us-east-1:123456789012:function:name.",
  triggers: {
    PreSignUp: "Pre sign-up",
    PostConfirmation: "Post confirmation",
    PreAuthentication: "Pre authentication",
    PostAuthentication: "Post authentication",
    PreTokenGeneration: "Pre token generation",
    CustomMessage: "Custom message",
    DefineAuthChallenge: "Define auth challenge",
    CreateAuthChallenge: "Create auth challenge",
    VerifyAuthChallengeResponse: "Verify auth challenge response",
    UserMigration: "Migrate user",
    CustomEmailSender: "Custom email sender",
    CustomSMSSender: "Custom SMS sender",
    InboundFederation: "Inbound federation",
  },
  eventVersion: "Trigger event version",
  eventVersions: {
    V1_0: { label: "Basic features", description: "V1_0: claims of the ID token, and groups." },
    V2_0: {
      label: "Access token customization for user identities",
      description: "V2_0: claims and scopes of both tokens. Needs the Essentials plan.",
    },
    V3_0: {
      label: "Access token customization for user and machine identities",
      description: "V3_0: also for the client credentials grant.",
    },
  },
  keyArn: "KMS key ARN",
  keyArnHint:
    "Codes for both senders are encrypted under it. The key doesn't have to exist: this server uses a key of its own in its place. Your function decrypts with this server's KMS endpoint.",
  keyArnFault:
    "Enter the ARN of a KMS key, for example arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555.",
  saved: (name: string) => `The trigger “${name}” has been updated.`,
};
