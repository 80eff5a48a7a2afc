import { appClients, setUp } from "./app-clients.ts";
import { branding } from "./branding.ts";
import { bulkDelete, bulkDialog } from "./bulk.ts";
import { clientFeatures } from "./client-features.ts";
import { common } from "./common.ts";
import { emailDelivery, smsDelivery } from "./delivery.ts";
import { domains, oauthRequests, resourceServers } from "./domains.ts";
import { firstFactors, passkeySettings, passkeys, sessionTracking } from "./factors.ts";
import { find, navigation, signInPage, topBar } from "./frame.ts";
import { functions } from "./functions.ts";
import { help } from "./help.ts";
import { iam, serviceRole } from "./iam.ts";
import { imports } from "./imports.ts";
import { messagePreview, signInMessage, verificationLink } from "./messages.ts";
import { policies } from "./policies.ts";
import { poolFeatures } from "./pool-features.ts";
import {
  createPool,
  messageTemplates,
  passwordPolicy,
  poolOverview,
  poolSettings,
  quickstart,
  recommendations,
  signInSettings,
  signUpSettings,
  tags,
  userPools,
} from "./pools.ts";
import { logDelivery, signInChart, threatProtection, userEvents } from "./protection.ts";
import { providerTest } from "./provider-test.ts";
import { identityLinks, providerLevels, providers } from "./providers.ts";
import { saml } from "./saml.ts";
import {
  accountRecovery,
  attributeVerification,
  devices,
  deviceTracking,
  extensions,
  featurePlan,
  loginPages,
  mfaSettings,
  userFactors,
  userMfa,
} from "./security.ts";
import { activity, clock, inbox, snapshots, tokens, tryIt } from "./tools.ts";
import { bulk, createUser, editUser, groups, user, users } from "./users.ts";

export const en = {
  activity,
  appClients,
  setUp,
  clientFeatures,
  branding,
  clock,
  snapshots,
  common,
  createPool,
  createUser,
  editUser,
  find,
  functions,
  firstFactors,
  passkeySettings,
  passkeys,
  sessionTracking,
  domains,
  oauthRequests,
  resourceServers,
  groups,
  help,
  iam,
  serviceRole,
  imports,
  inbox,
  messagePreview,
  messageTemplates,
  navigation,
  passwordPolicy,
  poolFeatures,
  poolOverview,
  poolSettings,
  signInPage,
  signInSettings,
  signUpSettings,
  tags,
  tokens,
  topBar,
  tryIt,
  user,
  userPools,
  users,
  quickstart,
  recommendations,
  policies,
  identityLinks,
  providerLevels,
  providers,
  providerTest,
  saml,
  accountRecovery,
  attributeVerification,
  devices,
  extensions,
  loginPages,
  deviceTracking,
  featurePlan,
  mfaSettings,
  userFactors,
  userMfa,
  signInMessage,
  emailDelivery,
  smsDelivery,
  verificationLink,
  bulk,
  bulkDelete,
  bulkDialog,
  logDelivery,
  signInChart,
  threatProtection,
  userEvents,
};
