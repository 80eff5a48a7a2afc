/** The address of every page. */
import type { ClientType } from "../rules/app-clients/app-client.ts";

const page = (...segments: string[]) => `/console/${segments.map(encodeSegment).join("/")}`;

/**
 * A user or group may be named `.` or `..`. Browsers remove such a segment from an address, in its encoded form too (URL
 * Standard, "double-dot URL path segment"), so it gets a tilde before it, as does a name that looks like one with a tilde.
 */
function encodeSegment(name: string): string {
  return encodeURIComponent(/^~*\.\.?$/.test(name) ? `~${name}` : name);
}

/** The name in a segment of an address. */
export function decodeSegment(segment: string): string {
  const name = decoded(segment);
  return /^~+\.\.?$/.test(name) ? name.slice(1) : name;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
const ofPool =
  (...rest: string[]) =>
  (poolId: string) =>
    page("user-pools", poolId, ...rest);

export const paths = {
  userPools: page("user-pools"),
  createUserPool: page("user-pools", "create"),

  poolOverview: ofPool("overview"),
  users: ofPool("users"),
  createUser: ofPool("users", "create"),
  user: (poolId: string, username: string) => page("user-pools", poolId, "users", "detail", username),
  editUser: (poolId: string, username: string) =>
    page("user-pools", poolId, "users", "detail", username, "edit"),
  importUsers: ofPool("users", "import"),
  groups: ofPool("groups"),
  createGroup: ofPool("groups", "create"),
  group: (poolId: string, name: string) => page("user-pools", poolId, "groups", "detail", name),
  editGroup: (poolId: string, name: string) => page("user-pools", poolId, "groups", "detail", name, "edit"),
  appClients: ofPool("app-clients"),
  createAppClient: ofPool("app-clients", "create"),
  appClient: (poolId: string, clientId: string, tab?: "login-pages" | "attributes") =>
    page("user-pools", poolId, "app-clients", "detail", clientId) + (tab === undefined ? "" : `?tab=${tab}`),
  /** @param type for which the page has code; by itself the page goes by the client's settings */
  setUpApplication: (poolId: string, clientId: string, type?: ClientType) =>
    page("user-pools", poolId, "app-clients", "detail", clientId, "set-up") +
    (type === undefined ? "" : `?type=${type}`),
  editAppClient: (poolId: string, clientId: string) =>
    page("user-pools", poolId, "app-clients", "detail", clientId, "edit"),
  editLoginPages: (poolId: string, clientId: string) =>
    page("user-pools", poolId, "app-clients", "detail", clientId, "login-pages"),
  editAttributePermissions: (poolId: string, clientId: string) =>
    page("user-pools", poolId, "app-clients", "detail", clientId, "attribute-permissions"),
  clientRegistration: ofPool("client-registration"),
  authenticationMethods: ofPool("authentication-methods"),
  editPasswordPolicy: ofPool("authentication-methods", "password-policy"),
  signIn: ofPool("sign-in"),
  signUp: ofPool("sign-up"),
  identityProviders: ofPool("identity-providers"),
  createIdentityProvider: ofPool("identity-providers", "create"),
  identityProvider: (poolId: string, name: string) =>
    page("user-pools", poolId, "identity-providers", "detail", name),
  editIdentityProvider: (poolId: string, name: string) =>
    page("user-pools", poolId, "identity-providers", "detail", name, "edit"),
  extensions: ofPool("extensions"),
  domain: ofPool("domain"),
  messageTemplates: ofPool("message-templates"),
  loginBranding: ofPool("managed-login"),
  threatProtection: ofPool("threat-protection"),
  logDelivery: ofPool("log-streaming"),
  settings: ofPool("settings"),
  tryIt: ofPool("try-it"),

  provisionedLimits: page("provisioned-limits"),

  iamUsers: page("iam", "users"),
  createIamUser: page("iam", "users", "create"),
  iamUser: (name: string) => page("iam", "users", "detail", name),
  iamRoles: page("iam", "roles"),
  createIamRole: page("iam", "roles", "create"),
  iamRole: (name: string) => page("iam", "roles", "detail", name),

  oauthCallback: page("oauth", "callback"),
  tokenDecoder: page("token-decoder"),
  activity: page("activity"),
  inbox: page("inbox"),
  clock: page("clock"),
  snapshots: page("snapshots"),
};

/** The address of "Try it" whose form begins with this app client, or this user. */
export function tryItWith(
  poolId: string,
  chosen: { readonly client: string } | { readonly username: string },
): string {
  return `${paths.tryIt(poolId)}?${new URLSearchParams(chosen)}`;
}
