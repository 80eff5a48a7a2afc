import SideNavigation, { type SideNavigationProps } from "@cloudscape-design/components/side-navigation";
import { memo, useEffect, useState } from "react";
import { useText } from "../i18n/text.tsx";
import { paths } from "./paths.ts";
import { useLoadedPool } from "./pool.tsx";
import { useSession } from "./session.tsx";

type Link = { readonly type: "link"; readonly text: string; readonly href: string };

/** The entries of the side navigation, in groups, for the place where the reader is. */
export function useNavigationGroups(poolId: string | undefined) {
  const text = useText().navigation;
  const { imports, providers, poolFeatures, threatProtection, logDelivery } = useText();
  const { me } = useSession();
  const link = (label: string, href: string): Link => ({ type: "link", text: label, href });

  const ofPool =
    poolId === undefined
      ? []
      : [
          {
            title: text.applications,
            links: [
              link(text.appClients, paths.appClients(poolId)),
              link(poolFeatures.registration.navigation, paths.clientRegistration(poolId)),
            ],
          },
          {
            title: text.userManagement,
            links: [
              link(text.users, paths.users(poolId)),
              link(text.groups, paths.groups(poolId)),
              link(imports.title, paths.importUsers(poolId)),
            ],
          },
          {
            title: text.authentication,
            links: [
              link(text.authenticationMethods, paths.authenticationMethods(poolId)),
              link(text.signIn, paths.signIn(poolId)),
              link(text.signUp, paths.signUp(poolId)),
              link(providers.title, paths.identityProviders(poolId)),
              link(text.extensions, paths.extensions(poolId)),
            ],
          },
          {
            title: threatProtection.security,
            links: [
              link(threatProtection.title, paths.threatProtection(poolId)),
              link(logDelivery.title, paths.logDelivery(poolId)),
            ],
          },
          {
            title: text.branding,
            links: [
              link(text.loginBranding, paths.loginBranding(poolId)),
              link(text.domain, paths.domain(poolId)),
              link(text.messageTemplates, paths.messageTemplates(poolId)),
            ],
          },
        ];
  const tools = [
    ...(poolId === undefined ? [] : [link(text.tryIt, paths.tryIt(poolId))]),
    link(text.tokenDecoder, paths.tokenDecoder),
    link(text.activity, paths.activity),
    ...(me.hasInbox ? [link(text.inbox, paths.inbox)] : []),
    ...(me.mode === "dev" ? [link(text.clock, paths.clock), link(text.snapshots, paths.snapshots)] : []),
  ];
  const iam = [link(text.iamUsers, paths.iamUsers), link(text.iamRoles, paths.iamRoles)];
  const account = [link(poolFeatures.limits.navigation, paths.provisionedLimits)];
  return { ofPool, account, tools, iam };
}

/**
 * The pool that a reader came from to a tool for all pools, as the way back; not after the list of pools. It is named by its ID
 * if the reader left before its name was loaded.
 */
function useVisitedPool(
  poolId: string | undefined,
  poolName: string | undefined,
  activeHref: string | undefined,
): Link | undefined {
  const [visited, setVisited] = useState<Link>();
  useEffect(() => {
    if (poolId !== undefined) {
      const href = paths.poolOverview(poolId);
      setVisited((before) =>
        poolName === undefined && before?.href === href
          ? before
          : { type: "link", text: poolName ?? poolId, href },
      );
    } else if (activeHref === paths.userPools) setVisited(undefined);
  }, [poolId, poolName, activeHref]);
  return visited;
}

interface Props {
  readonly poolId: string | undefined;
  readonly activeHref: string | undefined;
}

export const Navigation = memo(function Navigation({ poolId, activeHref }: Props) {
  const text = useText().navigation;
  const poolName = useLoadedPool()?.Name;
  const { ofPool, account, tools, iam } = useNavigationGroups(poolId);
  const visited = useVisitedPool(poolId, poolName, activeHref);
  const isTool = tools.some(({ href }) => href === activeHref);

  const sections = [...ofPool, ...(poolId === undefined ? [{ title: text.iam, links: iam }] : [])];
  const items: SideNavigationProps.Item[] = [
    { type: "link", text: text.userPools, href: paths.userPools },
    ...(poolId === undefined
      ? [...(isTool && visited !== undefined ? [visited] : []), ...account]
      : ([
          { type: "divider" },
          { type: "link", text: text.overview, href: paths.poolOverview(poolId) },
        ] satisfies SideNavigationProps.Item[])),
    ...sections.map(
      ({ title, links }): SideNavigationProps.Item => ({ type: "section-group", title, items: links }),
    ),
    ...(poolId === undefined
      ? []
      : ([
          { type: "link", text: text.settings, href: paths.settings(poolId) },
        ] satisfies SideNavigationProps.Item[])),
    { type: "divider" },
    { type: "section-group", title: text.tools, items: tools },
  ];
  const header =
    poolId === undefined
      ? { text: text.product, href: paths.userPools }
      : { text: poolName ?? poolId, href: paths.poolOverview(poolId) };
  return (
    <SideNavigation header={header} items={items} {...(activeHref === undefined ? {} : { activeHref })} />
  );
});
