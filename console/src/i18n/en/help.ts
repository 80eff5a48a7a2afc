interface HelpText {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Terms with their meanings. */
  readonly points?: readonly (readonly [term: string, meaning: string])[];
}

const topics = {
  userPools: {
    title: "User pools",
    paragraphs: [
      "A user pool is a directory of users with its own settings, app clients and signing keys. Applications name it by its ID.",
      "Each pool belongs to a region. The list shows the region that is chosen at the top of the page.",
    ],
  },
  createPool: {
    title: "Create a user pool",
    paragraphs: [
      "The kind of application decides the first app client: whether it has a client secret, and which flows it may use.",
      "Sign-in identifiers and required attributes can't be changed later. Everything else can.",
    ],
    points: [
      ["Email or phone number", "Users sign in with it. The user pool makes the user names itself."],
      ["User name", "Users choose one, and can also sign in with the aliases that you allow."],
    ],
  },
  users: {
    title: "Users",
    paragraphs: [
      "A search finds users whose attribute begins with what you enter. ListUsers gives its pages in a fixed order, so this list can't be sorted.",
      "Select users to disable, enable, sign out or delete them together.",
    ],
    points: [
      ["Unconfirmed", "Signed up, and has not entered the confirmation code."],
      [
        "Force change password",
        "Was created with a temporary password, and chooses another one at the first sign-in.",
      ],
      ["Confirmed", "Can sign in."],
      ["Reset required", "Sets a new password by a code before the next sign-in."],
    ],
  },
  createUser: {
    title: "Create a user",
    paragraphs: [
      "The user gets a temporary password and chooses another one at the first sign-in.",
      "Without an invitation, a generated password is shown to you once.",
      "Only a verified address can receive codes for a forgotten password.",
    ],
  },
  user: {
    title: "A user",
    paragraphs: [
      "The sub identifies the user for good; user names and addresses can be used again by others.",
      "Disabling a user or signing out from all devices ends every session at once. Services that only check signatures accept an access token until it expires.",
    ],
  },
  groups: {
    title: "Groups",
    paragraphs: [
      "The names of a user's groups are in the claim cognito:groups of both tokens. An API can decide by them.",
      "Of the roles of a user's groups, the one with the lowest precedence is the preferred role.",
    ],
  },
  appClients: {
    title: "App clients",
    paragraphs: ["An application signs users in through an app client, whose ID it sends with each request."],
    points: [
      ["Client secret", "For applications on a server. A browser or a mobile app can't keep one."],
      ["Authentication flows", "The ways to sign in that the client may use. Others are refused."],
      ["Token expiration", "Lifetimes of ID, access and refresh tokens."],
    ],
  },
  authenticationMethods: {
    title: "Authentication methods",
    paragraphs: [
      "Users can always have a password. In choice-based sign-in, with the flow ALLOW_USER_AUTH, they can begin with a code or a passkey instead.",
      "Passkeys belong to a site: the relying party ID is the host name of your application, or localhost while you develop.",
      "Email and SMS have the same settings as in Cognito. They decide the sender, and which factors can be chosen.",
    ],
  },
  signIn: {
    title: "Sign-in",
    paragraphs: ["These settings decide what a sign-in asks for after the first factor."],
    points: [
      ["MFA", "A second factor: an authenticator app, or a code by SMS or email."],
      ["Account recovery", "The address that a code for a forgotten password is sent to."],
      ["Device tracking", "Remembered devices can take the place of the second factor."],
      ["Session tracking", "Lets users list their sessions and end each by itself."],
    ],
  },
  signUp: {
    title: "Sign-up",
    paragraphs: [
      "With self-registration, everyone who knows an app client's ID can create an account. Without it, only administrators create users.",
      "An address that is verified automatically gets a code at sign-up, and confirms the user when it is entered.",
    ],
  },
  providers: {
    title: "Social and external providers",
    paragraphs: [
      "Users of another identity provider sign in with their account there. The user pool keeps a user for each of them and issues its own tokens.",
      "The provider has to know this user pool's redirect address, which the provider's page shows.",
    ],
  },
  extensions: {
    title: "Lambda triggers",
    paragraphs: [
      "A trigger calls a Lambda function at a step of sign-up or sign-in. The function can refuse the step or change its result.",
      "With --lambda-dir, the function NAME is the file NAME.mjs in that folder. With --lambda-endpoint, functions run elsewhere.",
      "Custom senders get codes encrypted under the KMS key, and deliver them instead of this server.",
    ],
  },
  domain: {
    title: "Domain",
    paragraphs: [
      "The OAuth 2.0 endpoints and the login pages of a user pool are at its domain.",
      "A resource server is an API with scopes of its own, which app clients can ask for.",
    ],
  },
  messages: {
    title: "Message templates",
    paragraphs: [
      "Placeholders stand for what differs from message to message. The preview fills them in with made-up values.",
      "In development, messages are kept in the inbox instead of being sent.",
    ],
    points: [
      ["{####}", "The code, or the temporary password."],
      ["{username}", "The user name, in invitations."],
    ],
  },
  tryIt: {
    title: "Try it",
    paragraphs: [
      "This page does what an application does, with the same operations. Each request and response is shown below.",
      "Passkeys need the page at http://localhost and the relying party ID localhost.",
    ],
    points: [
      ["USER_SRP_AUTH", "Proves the password without sending it."],
      ["USER_AUTH", "The user chooses the first factor."],
      ["CUSTOM_AUTH", "Lambda triggers make the challenges."],
    ],
  },
  iam: {
    title: "IAM",
    paragraphs: [
      "IAM users and roles decide who may call administrative operations, such as AdminCreateUser. They are not users of a user pool.",
      "A user has access keys for the AWS CLI and SDKs, and can have a password for this console. A role is assumed for a limited time.",
      "Attach a managed policy such as AmazonCognitoPowerUser, or write an inline policy.",
    ],
  },
  tokens: {
    title: "Token decoder",
    paragraphs: [
      "Paste a token to see its claims, and whether a resource server would accept it. The token is not sent anywhere.",
    ],
  },
  activity: {
    title: "Activity",
    paragraphs: [
      "Shows the calls of your applications as they come: by whom, about which user, and with which result. Secrets are hidden.",
    ],
  },
  inbox: {
    title: "Inbox",
    paragraphs: [
      "Messages that the server would send by email and SMS. The list shows the code of each, to copy.",
      "Tests read the same messages at /_cognate/inbox.",
    ],
  },
  overview: {
    title: "A user pool",
    paragraphs: [
      "A user pool is a directory of users, and the issuer of their tokens. App clients are the applications that sign users in.",
      "A resource server needs the issuer alone to verify tokens. It finds the signing keys at the token signing key URL.",
    ],
    points: [
      ["User pool ID", "The ID that SDKs and the AWS CLI ask for, together with the client ID."],
      ["Issuer", "The claim iss of every token of this user pool."],
    ],
  },
  appClient: {
    title: "An app client",
    paragraphs: [
      "The quick setup guide has code with this app client's IDs. An app client with a secret also sends the secret, or a hash of it.",
      "To use the login pages, allow the authorization code grant and enter a callback URL. “View login page” then opens the page as your application does.",
    ],
    points: [
      ["Authentication flows", "The ways to sign in by the API."],
      ["Callback URL", "The address of your application that receives the authorization code."],
      ["Scopes", "What an access token permits. openid is needed for an ID token."],
    ],
  },
  registration: {
    title: "Dynamic client registration",
    paragraphs: [
      "With it, applications register themselves at the registration endpoint, as RFC 7591 describes, and get a client ID.",
      "The settings limit the grant types, the scopes and the return URLs that such an app client can have.",
    ],
  },
  imports: {
    title: "Import users",
    paragraphs: [
      "Download the CSV header, enter one user per row, and create a job with the file. The log names each row that was skipped or failed.",
      "Users without a password hash reset their password at the first sign-in.",
    ],
    points: [
      ["cognito:username", "The user name; in user pools that sign in with addresses, an address."],
      ["cognito:mfa_enabled", "Whether MFA by SMS is on for the user: true or false."],
    ],
  },
  threatProtection: {
    title: "Threat protection",
    paragraphs: [
      "The user pool assesses the risk of each sign-in by its device and its place, and recognizes passwords that have been published.",
      "Begin with “Audit only”: it records the risks and blocks nothing. The events are on the page of each user.",
    ],
  },
  logDelivery: {
    title: "Log streaming",
    paragraphs: [
      "The user pool exports records to the destination that an ARN names. The server's setting logDestinations says which file or address each ARN stands for.",
      "Records of user activity need the feature plan Plus and threat protection.",
    ],
  },
  loginBranding: {
    title: "Managed login",
    paragraphs: [
      "Each app client can have a style of its own. The preview shows the sign-in page with the settings before they are saved.",
      "Classic pages take a logo and a style sheet. They are on domains with the branding version “Hosted UI (classic)”.",
      "Terms documents are links that users see when they sign up.",
    ],
  },
  settings: {
    title: "Settings",
    paragraphs: [
      "The feature plan decides which features can be used. There are no charges.",
      "A user pool with deletion protection cannot be deleted before the protection is deactivated.",
    ],
  },
  limits: {
    title: "Provisioned limits",
    paragraphs: [
      "The limits of Cognito's request rates, by category of operations. The server applies them if it is started with --quotas aws.",
      "An application that is over a limit gets TooManyRequestsException, and should repeat the request later.",
    ],
  },
  clock: {
    title: "Clock",
    paragraphs: [
      "Codes, tokens and sessions follow this clock. Move it forward to see them expire.",
      "Tests move it at /_cognate/clock.",
    ],
  },
  snapshots: {
    title: "Snapshots",
    paragraphs: [
      "A snapshot is everything that a restart of the server would keep, and the clock. What was issued before it is valid again after it is restored, and what was issued later is unknown.",
      "Tests take and restore the same snapshots at /_cognate/snapshots.",
    ],
  },
} satisfies Record<string, HelpText>;

export const help = {
  info: "Info",
  open: "Info about this page",
  panel: "Help",
  close: "Close help",
  topics: topics as Record<keyof typeof topics, HelpText>,
};
