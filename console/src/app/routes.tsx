/** Every page: its address, its place in the navigation, and its code, which is loaded on the first visit. */
import type { ComponentType } from "react";
import type { Messages } from "../i18n/messages.ts";
import { loadedOnVisit } from "./loaded-on-visit.tsx";
import { paths } from "./paths.ts";
import type { PageOf } from "./router.tsx";

export type ContentType = "default" | "table" | "form";

export interface Crumb {
  readonly text: string;
  readonly href: string;
}

type Parameters = Readonly<Record<string, string>>;

export interface Page {
  readonly Component: ComponentType<Parameters>;
  readonly contentType: ContentType;
  /** The address of the entry in the side navigation that this page belongs to. */
  readonly section: (parameters: Parameters) => string;
  /** The crumbs after the section, this page's own included. */
  readonly trail: (text: Messages, parameters: Parameters) => readonly Crumb[];
}

interface Options {
  readonly contentType?: ContentType;
  readonly section: Page["section"];
  readonly trail?: Page["trail"];
}

function route<Path extends string>(
  path: Path,
  load: () => Promise<{ readonly default: PageOf<Path> }>,
  { contentType = "default", section, trail = () => [] }: Options,
): { readonly path: string; readonly page: Page } {
  // The router gives a page the parameters of its own path, as PageOf requires.
  const Component = loadedOnVisit(load) as unknown as ComponentType<Parameters>;
  return { path, page: { Component, contentType, section, trail } };
}

const ofPool =
  (path: (poolId: string) => string) =>
  ({ poolId = "" }: Parameters) =>
    path(poolId);

/** A page without links of its own in the trail. */
const here = (text: string): Crumb => ({ text, href: "#" });

/** Beside the parameters of the path, the frame passes the names of the user and the app client. */
const userCrumb = ({ poolId = "", username = "", userLabel = username }: Parameters): Crumb => ({
  text: userLabel,
  href: paths.user(poolId, username),
});
const groupCrumb = ({ poolId = "", groupName = "" }: Parameters): Crumb => ({
  text: groupName,
  href: paths.group(poolId, groupName),
});
const providerCrumb = ({ poolId = "", providerName = "" }: Parameters): Crumb => ({
  text: providerName,
  href: paths.identityProvider(poolId, providerName),
});
const clientCrumb = ({ poolId = "", clientId = "", clientName = clientId }: Parameters): Crumb => ({
  text: clientName,
  href: paths.appClient(poolId, clientId),
});

export const routes = [
  route("/user-pools", () => import("../pages/pools/user-pools.tsx"), {
    contentType: "table",
    section: () => paths.userPools,
  }),
  route("/user-pools/create", () => import("../pages/pools/create-user-pool.tsx"), {
    contentType: "form",
    section: () => paths.userPools,
    trail: (text) => [here(text.createPool.title)],
  }),
  route("/user-pools/:poolId/overview", () => import("../pages/pools/pool-overview.tsx"), {
    section: ofPool(paths.poolOverview),
  }),
  route("/user-pools/:poolId/users", () => import("../pages/users/users.tsx"), {
    contentType: "table",
    section: ofPool(paths.users),
  }),
  route("/user-pools/:poolId/users/create", () => import("../pages/users/create-user.tsx"), {
    contentType: "form",
    section: ofPool(paths.users),
    trail: (text) => [here(text.createUser.title)],
  }),
  route("/user-pools/:poolId/users/import", () => import("../pages/imports/import-users.tsx"), {
    section: ofPool(paths.importUsers),
  }),
  route("/user-pools/:poolId/users/detail/:username", () => import("../pages/users/user.tsx"), {
    section: ofPool(paths.users),
    trail: (_text, parameters) => [userCrumb(parameters)],
  }),
  route("/user-pools/:poolId/users/detail/:username/edit", () => import("../pages/users/edit-user.tsx"), {
    contentType: "form",
    section: ofPool(paths.users),
    trail: (text, parameters) => [userCrumb(parameters), here(text.editUser.title)],
  }),
  route("/user-pools/:poolId/groups", () => import("../pages/groups/groups.tsx"), {
    contentType: "table",
    section: ofPool(paths.groups),
  }),
  route("/user-pools/:poolId/groups/create", () => import("../pages/groups/create-group.tsx"), {
    contentType: "form",
    section: ofPool(paths.groups),
    trail: (text) => [here(text.groups.create)],
  }),
  route("/user-pools/:poolId/groups/detail/:groupName", () => import("../pages/groups/group.tsx"), {
    section: ofPool(paths.groups),
    trail: (_text, parameters) => [groupCrumb(parameters)],
  }),
  route("/user-pools/:poolId/groups/detail/:groupName/edit", () => import("../pages/groups/edit-group.tsx"), {
    contentType: "form",
    section: ofPool(paths.groups),
    trail: (text, parameters) => [groupCrumb(parameters), here(text.groups.edit)],
  }),
  route("/user-pools/:poolId/app-clients", () => import("../pages/app-clients/app-clients.tsx"), {
    contentType: "table",
    section: ofPool(paths.appClients),
  }),
  route(
    "/user-pools/:poolId/app-clients/create",
    () => import("../pages/app-clients/create-app-client.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.appClients),
      trail: (text) => [here(text.appClients.create)],
    },
  ),
  route(
    "/user-pools/:poolId/app-clients/detail/:clientId",
    () => import("../pages/app-clients/app-client.tsx"),
    {
      section: ofPool(paths.appClients),
      trail: (_text, parameters) => [clientCrumb(parameters)],
    },
  ),
  route(
    "/user-pools/:poolId/app-clients/detail/:clientId/set-up",
    () => import("../pages/app-clients/set-up-application.tsx"),
    {
      section: ofPool(paths.appClients),
      trail: (text, parameters) => [clientCrumb(parameters), here(text.setUp.title)],
    },
  ),
  route(
    "/user-pools/:poolId/app-clients/detail/:clientId/edit",
    () => import("../pages/app-clients/edit-app-client.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.appClients),
      trail: (text, parameters) => [clientCrumb(parameters), here(text.appClients.edit)],
    },
  ),
  route(
    "/user-pools/:poolId/app-clients/detail/:clientId/login-pages",
    () => import("../pages/app-clients/edit-login-pages.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.appClients),
      trail: (text, parameters) => [clientCrumb(parameters), here(text.clientFeatures.loginPages.edit)],
    },
  ),
  route(
    "/user-pools/:poolId/app-clients/detail/:clientId/attribute-permissions",
    () => import("../pages/app-clients/edit-attribute-permissions.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.appClients),
      trail: (text, parameters) => [clientCrumb(parameters), here(text.appClients.editPermissions)],
    },
  ),
  route(
    "/user-pools/:poolId/client-registration",
    () => import("../pages/app-clients/client-registration.tsx"),
    {
      section: ofPool(paths.clientRegistration),
    },
  ),
  route(
    "/user-pools/:poolId/identity-providers",
    () => import("../pages/identity-providers/identity-providers.tsx"),
    {
      contentType: "table",
      section: ofPool(paths.identityProviders),
    },
  ),
  route(
    "/user-pools/:poolId/identity-providers/create",
    () => import("../pages/identity-providers/create-identity-provider.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.identityProviders),
      trail: (text) => [here(text.providers.create)],
    },
  ),
  route(
    "/user-pools/:poolId/identity-providers/detail/:providerName",
    () => import("../pages/identity-providers/identity-provider.tsx"),
    {
      section: ofPool(paths.identityProviders),
      trail: (_text, parameters) => [providerCrumb(parameters)],
    },
  ),
  route(
    "/user-pools/:poolId/identity-providers/detail/:providerName/edit",
    () => import("../pages/identity-providers/edit-identity-provider.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.identityProviders),
      trail: (text, parameters) => [providerCrumb(parameters), here(text.providers.edit)],
    },
  ),
  route(
    "/user-pools/:poolId/authentication-methods",
    () => import("../pages/authentication/authentication-methods.tsx"),
    {
      section: ofPool(paths.authenticationMethods),
    },
  ),
  route(
    "/user-pools/:poolId/authentication-methods/password-policy",
    () => import("../pages/authentication/edit-password-policy.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.authenticationMethods),
      trail: (text) => [here(text.passwordPolicy.edit)],
    },
  ),
  route("/user-pools/:poolId/sign-in", () => import("../pages/authentication/sign-in-settings.tsx"), {
    section: ofPool(paths.signIn),
  }),
  route("/user-pools/:poolId/sign-up", () => import("../pages/authentication/sign-up-settings.tsx"), {
    section: ofPool(paths.signUp),
  }),
  route("/user-pools/:poolId/extensions", () => import("../pages/triggers/extensions.tsx"), {
    section: ofPool(paths.extensions),
  }),
  route("/user-pools/:poolId/domain", () => import("../pages/branding/domain.tsx"), {
    section: ofPool(paths.domain),
  }),
  route("/user-pools/:poolId/message-templates", () => import("../pages/messages/message-templates.tsx"), {
    section: ofPool(paths.messageTemplates),
  }),
  route("/user-pools/:poolId/managed-login", () => import("../pages/branding/login-branding.tsx"), {
    section: ofPool(paths.loginBranding),
  }),
  route("/user-pools/:poolId/threat-protection", () => import("../pages/security/threat-protection.tsx"), {
    section: ofPool(paths.threatProtection),
  }),
  route("/user-pools/:poolId/log-streaming", () => import("../pages/security/log-delivery.tsx"), {
    section: ofPool(paths.logDelivery),
  }),
  route("/user-pools/:poolId/settings", () => import("../pages/pools/pool-settings.tsx"), {
    section: ofPool(paths.settings),
  }),
  route("/user-pools/:poolId/try-it", () => import("../pages/try-it/try-it.tsx"), {
    section: ofPool(paths.tryIt),
  }),

  route("/provisioned-limits", () => import("../pages/pools/provisioned-limits.tsx"), {
    contentType: "table",
    section: () => paths.provisionedLimits,
  }),

  route("/iam/users", () => import("../pages/iam/iam-users.tsx"), {
    contentType: "table",
    section: () => paths.iamUsers,
  }),
  route("/iam/users/create", () => import("../pages/iam/create-iam-user.tsx"), {
    contentType: "form",
    section: () => paths.iamUsers,
    trail: (text) => [here(text.iam.createUser)],
  }),
  route("/iam/users/detail/:userName", () => import("../pages/iam/iam-user.tsx"), {
    section: () => paths.iamUsers,
    trail: (_text, { userName = "" }) => [here(userName)],
  }),
  route("/iam/roles", () => import("../pages/iam/iam-roles.tsx"), {
    contentType: "table",
    section: () => paths.iamRoles,
  }),
  route("/iam/roles/create", () => import("../pages/iam/create-iam-role.tsx"), {
    contentType: "form",
    section: () => paths.iamRoles,
    trail: (text) => [here(text.iam.createRole)],
  }),
  route("/iam/roles/detail/:roleName", () => import("../pages/iam/iam-role.tsx"), {
    section: () => paths.iamRoles,
    trail: (_text, { roleName = "" }) => [here(roleName)],
  }),

  route("/oauth/callback", () => import("../pages/tools/oauth-callback.tsx"), {
    section: () => paths.userPools,
    trail: (text) => [here(text.clientFeatures.exchange.callbackTitle)],
  }),
  route("/token-decoder", () => import("../pages/tools/token-decoder.tsx"), {
    section: () => paths.tokenDecoder,
  }),
  route("/activity", () => import("../pages/tools/activity.tsx"), {
    contentType: "table",
    section: () => paths.activity,
  }),
  route("/inbox", () => import("../pages/tools/inbox.tsx"), {
    contentType: "table",
    section: () => paths.inbox,
  }),
  route("/snapshots", () => import("../pages/tools/snapshots.tsx"), {
    contentType: "table",
    section: () => paths.snapshots,
  }),
  route("/clock", () => import("../pages/tools/clock.tsx"), { section: () => paths.clock }),
];
