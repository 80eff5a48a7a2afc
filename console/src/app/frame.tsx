import type {
  AdminGetUserCommandOutput,
  UserPoolClientType,
  UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import AppLayoutToolbar from "@cloudscape-design/components/app-layout-toolbar";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import { memo, useCallback, useEffect, useRef, useState } from "react";
import { clientKey, userKey } from "../api/described.ts";
import { useLoadedValue } from "../api/load.ts";
import { PageFailure } from "../components/basics/page-failure.tsx";
import { useText } from "../i18n/text.tsx";
import NotFound from "../pages/not-found.tsx";
import SignIn from "../pages/sign-in.tsx";
import { userLabel } from "../rules/users/user-label.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { FindAnything } from "./find-anything.tsx";
import { FlashMessages } from "./flashes.tsx";
import { Help, HelpProvider, helpTopicOf } from "./help.tsx";
import { paths } from "./paths.ts";
import { PoolPage, PoolProvider, useLoadedPool } from "./pool.tsx";
import { redirect, useMatch, useNavigation } from "./router.tsx";
import { type Crumb, type Page, routes } from "./routes.tsx";
import { useSession } from "./session.tsx";
import { Navigation, useNavigationGroups } from "./side-navigation.tsx";
import { TopBar } from "./top-bar.tsx";

/** The frame around every page: the bar at the top, the navigation, the breadcrumbs, messages. */
export function Frame() {
  const { me, hasExpired } = useSession();
  const { path, navigate } = useNavigation();
  const [wantsSignIn, setWantsSignIn] = useState(false);
  const [isFinding, setFinding] = useState(false);
  const match = useMatch(routes);
  const poolId = match?.parameters.poolId;

  useEffect(() => {
    if (path === "/") redirect(paths.userPools);
  }, [path]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setFinding(true);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);

  const find = useCallback(() => setFinding(true), []);
  const signIn = useCallback(() => setWantsSignIn(true), []);
  const showPools = useCallback(() => navigate(paths.userPools), [navigate]);

  // Not what was typed on the page: it stays there, hidden, for the same person.
  const mustSignIn = !me.signedIn || wantsSignIn;
  useFocusOnReturn(mustSignIn);
  return (
    <>
      <SkipLink />
      <div id="top-bar">
        <TopBar poolRegion={poolId?.split("_")[0]} onFind={find} onSignIn={signIn} onRegion={showPools} />
      </div>
      {mustSignIn && (
        <SignIn
          hasExpired={hasExpired}
          onSignedIn={() => setWantsSignIn(false)}
          {...(me.canSkipSignIn ? { onCancel: () => setWantsSignIn(false) } : {})}
        />
      )}
      {me.arn !== undefined && (
        <div className="signed-in-page" hidden={mustSignIn}>
          <PoolProvider poolId={poolId} key={me.arn}>
            <Layout page={match?.page} parameters={match?.parameters ?? NO_PARAMETERS} />
            {isFinding && <FindAnything poolId={poolId} onDismiss={() => setFinding(false)} />}
          </PoolProvider>
        </div>
      )}
    </>
  );
}

/** After a sign-in, the focus moves to the heading of the page: of a new one, or of that of before, which has kept its input. */
function useFocusOnReturn(isHidden: boolean): void {
  const wasHidden = useRef(false);
  useEffect(() => {
    const isBack = wasHidden.current && !isHidden;
    wasHidden.current = isHidden;
    return isBack ? focusHeadingOnceShown() : undefined;
  }, [isHidden]);
}

function focusHeading(): void {
  const heading = document.querySelector<HTMLElement>("main h1");
  if (heading === null) return;
  heading.tabIndex = -1;
  heading.focus();
}

/** The first element in the tab order: it skips the navigation. */
function SkipLink() {
  const text = useText().topBar;
  return (
    <button type="button" className="skip-link" onClick={focusHeading}>
      {text.skip}
    </button>
  );
}

const NO_PARAMETERS = {};

interface LayoutProps {
  readonly page: Page | undefined;
  readonly parameters: Readonly<Record<string, string>>;
}

function Layout({ page, parameters }: LayoutProps) {
  const text = useText();
  const isWide = window.matchMedia("(min-width: 1200px)").matches;
  const [isNavigationOpen, setNavigationOpen] = useState(isWide);
  const [isToolsOpen, setToolsOpen] = useState(false);
  const { path } = useNavigation();
  const { poolId } = parameters;
  const section = page?.section(parameters);
  const topic = helpTopicOf(routes.find((route) => route.page === page)?.path);
  useFocusOnArrival(path);

  useEffect(() => {
    // On a narrow screen the navigation lies over the page that it has led to.
    if (!window.matchMedia("(min-width: 688px)").matches && path !== "") setNavigationOpen(false);
  }, [path]);

  // At the root, until the redirect.
  const nothing = path === "/" ? null : <NotFound />;
  const content = page === undefined ? nothing : <page.Component {...parameters} key={path} />;
  return (
    <AppLayoutToolbar
      headerSelector="#top-bar"
      contentType={page?.contentType ?? "default"}
      navigation={<Navigation poolId={poolId} activeHref={section} />}
      navigationOpen={isNavigationOpen}
      onNavigationChange={({ detail }) => setNavigationOpen(detail.open)}
      toolsOpen={isToolsOpen}
      onToolsChange={({ detail }) => setToolsOpen(detail.open)}
      tools={topic && <Help topic={topic} />}
      toolsHide={topic === undefined}
      ariaLabels={{ tools: text.help.panel, toolsToggle: text.help.open, toolsClose: text.help.close }}
      breadcrumbs={<Trail page={page} parameters={parameters} />}
      notifications={<FlashMessages />}
      // The actions of a long page are far from its top.
      stickyNotifications
      content={
        // A new address is a new page, so that an earlier failure is cleared.
        <HelpProvider onOpen={topic && (() => setToolsOpen(true))}>
          <ErrorBoundary key={path} fallback={(error) => <PageFailure error={error} />}>
            {poolId === undefined ? content : <PoolPage poolId={poolId}>{content}</PoolPage>}
          </ErrorBoundary>
        </HelpProvider>
      }
    />
  );
}

const Trail = memo(function Trail(props: LayoutProps) {
  const text = useText().navigation;
  return <BreadcrumbGroup items={useCrumbs(props)} ariaLabel={text.trail} />;
});

function useCrumbs({ page, parameters }: LayoutProps): Crumb[] {
  const text = useText();
  const section = page?.section(parameters);
  const { poolId } = parameters;
  const pool = useLoadedPool();
  const names = useNamesOf(pool, parameters);
  const groups = useNavigationGroups(poolId);
  const links = [
    ...groups.ofPool.flatMap(({ links }) => links),
    ...groups.tools,
    ...groups.iam,
    ...groups.account,
    ...(poolId === undefined
      ? []
      : [
          { text: text.navigation.overview, href: paths.poolOverview(poolId) },
          { text: text.navigation.settings, href: paths.settings(poolId) },
        ]),
  ];
  const start = [{ text: text.navigation.product, href: paths.userPools }];
  if (page === undefined || section === undefined) return start;
  const pools = { text: text.navigation.userPools, href: paths.userPools };
  const inIam = section === paths.iamUsers || section === paths.iamRoles;
  const sectionLink = links.find(({ href }) => href === section);
  return [
    ...start,
    ...(section === paths.userPools || poolId !== undefined ? [pools] : []),
    ...(poolId === undefined ? [] : [{ text: pool?.Name ?? poolId, href: paths.poolOverview(poolId) }]),
    ...(inIam ? [{ text: text.navigation.iam, href: paths.iamUsers }] : []),
    ...(sectionLink === undefined ? [] : [{ text: sectionLink.text, href: sectionLink.href }]),
    ...page.trail(text, { ...parameters, ...names }),
  ];
}

/** The names of the user and the app client of the page, once the page has loaded them. */
function useNamesOf(
  pool: UserPoolType | undefined,
  { poolId = "", username = "", clientId = "" }: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const user = useLoadedValue<AdminGetUserCommandOutput>(userKey(poolId, username));
  const client = useLoadedValue<UserPoolClientType>(clientKey(poolId, clientId));
  return {
    ...(user && { userLabel: userLabel(pool, user) }),
    ...(client?.ClientName && { clientName: client.ClientName }),
  };
}

/** After a link led here, the focus moves to the page's heading, not to the top. */
function useFocusOnArrival(path: string): void {
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs on arrival at another path
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false;
      return;
    }
    return focusHeadingOnceShown();
  }, [path]);
}

/**
 * Moves the focus to the page's heading as soon as that is there, unless the user has moved the focus before.
 *
 * @returns stops waiting for the heading
 */
function focusHeadingOnceShown(): (() => void) | undefined {
  const from = document.activeElement;
  const focusHeading = () => {
    const { activeElement } = document;
    if (activeElement !== from && activeElement !== document.body) return true;
    const heading = document.querySelector<HTMLElement>("main h1");
    // The page before is still there, hidden, until this one's script has come.
    if (heading === null || !heading.checkVisibility()) return false;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    return true;
  };
  if (focusHeading()) return undefined;
  const observer = new MutationObserver(() => focusHeading() && observer.disconnect());
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}
