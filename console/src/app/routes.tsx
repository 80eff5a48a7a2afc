/** Every page: its address, its place in the navigation, and its code, which is loaded on the first visit. */
import { type ComponentType, lazy } from "react";
import type { Messages } from "../i18n/messages.ts";
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
  const Component = lazy(load) as unknown as ComponentType<Parameters>;
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
  route("/user-pools", () => import("../pages/user-pools.tsx"), {
    contentType: "table",
    section: () => paths.userPools,
  }),
  route("/user-pools/create", () => import("../pages/create-user-pool.tsx"), {
    contentType: "form",
    section: () => paths.userPools,
    trail: (text) => [here(text.createPool.title)],
  }),
  route("/user-pools/:poolId/overview", () => import("../pages/pool-overview.tsx"), {
    section: ofPool(paths.poolOverview),
  }),
  route("/user-pools/:poolId/users", () => import("../pages/users.tsx"), {
    contentType: "table",
    section: ofPool(paths.users),
  }),
  route("/user-pools/:poolId/users/create", () => import("../pages/create-user.tsx"), {
    contentType: "form",
    section: ofPool(paths.users),
    trail: (text) => [here(text.createUser.title)],
  }),
  route("/user-pools/:poolId/users/import", () => import("../pages/import-users.tsx"), {
    section: ofPool(paths.importUsers),
  }),
  route("/user-pools/:poolId/users/detail/:username", () => import("../pages/user.tsx"), {
    section: ofPool(paths.users),
    trail: (_text, parameters) => [userCrumb(parameters)],
  }),
  route("/user-pools/:poolId/users/detail/:username/edit", () => import("../pages/edit-user.tsx"), {
    contentType: "form",
    section: ofPool(paths.users),
    trail: (text, parameters) => [userCrumb(parameters), here(text.editUser.title)],
  }),
  route("/user-pools/:poolId/groups", () => import("../pages/groups.tsx"), {
    contentType: "table",
    section: ofPool(paths.groups),
  }),
  route("/user-pools/:poolId/groups/create", () => import("../pages/create-group.tsx"), {
    contentType: "form",
    section: ofPool(paths.groups),
    trail: (text) => [here(text.groups.create)],
  }),
  route("/user-pools/:poolId/groups/detail/:groupName", () => import("../pages/group.tsx"), {
    section: ofPool(paths.groups),
    trail: (_text, parameters) => [groupCrumb(parameters)],
  }),
  route("/user-pools/:poolId/groups/detail/:groupName/edit", () => import("../pages/edit-group.tsx"), {
    contentType: "form",
    section: ofPool(paths.groups),
    trail: (text, parameters) => [groupCrumb(parameters), here(text.groups.edit)],
  }),
  route("/user-pools/:poolId/app-clients", () => import("../pages/app-clients.tsx"), {
    contentType: "table",
    section: ofPool(paths.appClients),
  }),
  route("/user-pools/:poolId/app-clients/create", () => import("../pages/create-app-client.tsx"), {
    contentType: "form",
    section: ofPool(paths.appClients),
    trail: (text) => [here(text.appClients.create)],
  }),
  route("/user-pools/:poolId/app-clients/detail/:clientId", () => import("../pages/app-client.tsx"), {
    section: ofPool(paths.appClients),
    trail: (_text, parameters) => [clientCrumb(parameters)],
  }),
  route(
    "/user-pools/:poolId/app-clients/detail/:clientId/edit",
    () => import("../pages/edit-app-client.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.appClients),
      trail: (text, parameters) => [clientCrumb(parameters), here(text.appClients.edit)],
    },
  ),
  route(
    "/user-pools/:poolId/app-clients/detail/:clientId/login-pages",
    () => import("../pages/edit-login-pages.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.appClients),
      trail: (text, parameters) => [clientCrumb(parameters), here(text.clientFeatures.loginPages.edit)],
    },
  ),
  route(
    "/user-pools/:poolId/app-clients/detail/:clientId/attribute-permissions",
    () => import("../pages/edit-attribute-permissions.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.appClients),
      trail: (text, parameters) => [clientCrumb(parameters), here(text.appClients.editPermissions)],
    },
  ),
  route("/user-pools/:poolId/client-registration", () => import("../pages/client-registration.tsx"), {
    section: ofPool(paths.clientRegistration),
  }),
  route("/user-pools/:poolId/identity-providers", () => import("../pages/identity-providers.tsx"), {
    contentType: "table",
    section: ofPool(paths.identityProviders),
  }),
  route(
    "/user-pools/:poolId/identity-providers/create",
    () => import("../pages/create-identity-provider.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.identityProviders),
      trail: (text) => [here(text.providers.create)],
    },
  ),
  route(
    "/user-pools/:poolId/identity-providers/detail/:providerName",
    () => import("../pages/identity-provider.tsx"),
    {
      section: ofPool(paths.identityProviders),
      trail: (_text, parameters) => [providerCrumb(parameters)],
    },
  ),
  route(
    "/user-pools/:poolId/identity-providers/detail/:providerName/edit",
    () => import("../pages/edit-identity-provider.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.identityProviders),
      trail: (text, parameters) => [providerCrumb(parameters), here(text.providers.edit)],
    },
  ),
  route("/user-pools/:poolId/authentication-methods", () => import("../pages/authentication-methods.tsx"), {
    section: ofPool(paths.authenticationMethods),
  }),
  route(
    "/user-pools/:poolId/authentication-methods/password-policy",
    () => import("../pages/edit-password-policy.tsx"),
    {
      contentType: "form",
      section: ofPool(paths.authenticationMethods),
      trail: (text) => [here(text.passwordPolicy.edit)],
    },
  ),
  route("/user-pools/:poolId/sign-in", () => import("../pages/sign-in-settings.tsx"), {
    section: ofPool(paths.signIn),
  }),
  route("/user-pools/:poolId/sign-up", () => import("../pages/sign-up-settings.tsx"), {
    section: ofPool(paths.signUp),
  }),
  route("/user-pools/:poolId/extensions", () => import("../pages/extensions.tsx"), {
    section: ofPool(paths.extensions),
  }),
  route("/user-pools/:poolId/domain", () => import("../pages/domain.tsx"), {
    section: ofPool(paths.domain),
  }),
  route("/user-pools/:poolId/message-templates", () => import("../pages/message-templates.tsx"), {
    section: ofPool(paths.messageTemplates),
  }),
  route("/user-pools/:poolId/managed-login", () => import("../pages/login-branding.tsx"), {
    section: ofPool(paths.loginBranding),
  }),
  route("/user-pools/:poolId/threat-protection", () => import("../pages/threat-protection.tsx"), {
    section: ofPool(paths.threatProtection),
  }),
  route("/user-pools/:poolId/log-streaming", () => import("../pages/log-delivery.tsx"), {
    section: ofPool(paths.logDelivery),
  }),
  route("/user-pools/:poolId/settings", () => import("../pages/pool-settings.tsx"), {
    section: ofPool(paths.settings),
  }),
  route("/user-pools/:poolId/try-it", () => import("../pages/try-it.tsx"), {
    section: ofPool(paths.tryIt),
  }),

  route("/provisioned-limits", () => import("../pages/provisioned-limits.tsx"), {
    contentType: "table",
    section: () => paths.provisionedLimits,
  }),

  route("/iam/users", () => import("../pages/iam-users.tsx"), {
    contentType: "table",
    section: () => paths.iamUsers,
  }),
  route("/iam/users/create", () => import("../pages/create-iam-user.tsx"), {
    contentType: "form",
    section: () => paths.iamUsers,
    trail: (text) => [here(text.iam.createUser)],
  }),
  route("/iam/users/detail/:userName", () => import("../pages/iam-user.tsx"), {
    section: () => paths.iamUsers,
    trail: (_text, { userName = "" }) => [here(userName)],
  }),
  route("/iam/roles", () => import("../pages/iam-roles.tsx"), {
    contentType: "table",
    section: () => paths.iamRoles,
  }),
  route("/iam/roles/create", () => import("../pages/create-iam-role.tsx"), {
    contentType: "form",
    section: () => paths.iamRoles,
    trail: (text) => [here(text.iam.createRole)],
  }),
  route("/iam/roles/detail/:roleName", () => import("../pages/iam-role.tsx"), {
    section: () => paths.iamRoles,
    trail: (_text, { roleName = "" }) => [here(roleName)],
  }),

  route("/oauth/callback", () => import("../pages/oauth-callback.tsx"), {
    section: () => paths.userPools,
    trail: (text) => [here(text.clientFeatures.exchange.callbackTitle)],
  }),
  route("/token-decoder", () => import("../pages/token-decoder.tsx"), { section: () => paths.tokenDecoder }),
  route("/activity", () => import("../pages/activity.tsx"), {
    contentType: "table",
    section: () => paths.activity,
  }),
  route("/inbox", () => import("../pages/inbox.tsx"), { contentType: "table", section: () => paths.inbox }),
  route("/clock", () => import("../pages/clock.tsx"), { section: () => paths.clock }),
];
