/**
 * Addresses under /console and the page that each shows. Links are ordinary anchors: the browser's own keys and menus work
 * on them, and a plain click is answered here without leaving the page.
 */
import {
  type ComponentType,
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";

const BASE = "/console";

/** The names after colons in a path: `/user-pools/:poolId` has `poolId`. */
export type PathParameters<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [Key in Name | keyof PathParameters<`/${Rest}`>]: string }
  : Path extends `${string}:${infer Name}`
    ? { readonly [Key in Name]: string }
    : Record<never, string>;

export interface Location {
  /** Without /console, for example `/user-pools`; still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface Match<Page> {
  readonly page: Page;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Finds the first path that fits. */
export function matchPath<Page>(
  routes: readonly { readonly path: string; readonly page: Page }[],
  path: string,
): Match<Page> | undefined {
  const given = segmentsOf(path);
  for (const route of routes) {
    const parameters = matchSegments(segmentsOf(route.path), given);
    if (parameters !== undefined) return { page: route.page, parameters };
  }
  return undefined;
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function matchSegments(
  wanted: readonly string[],
  given: readonly string[],
): Record<string, string> | undefined {
  if (wanted.length !== given.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? "";
    if (segment.startsWith(":")) parameters[segment.slice(1)] = decode(value);
    else if (segment !== value) return undefined;
  }
  return parameters;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

interface Navigation {
  readonly location: Location;
  readonly navigate: (href: string, options?: { replace?: boolean }) => void;
}

const NavigationContext = createContext<Navigation | undefined>(undefined);

export function Router({ children }: { children: ReactNode }) {
  const [location, setLocation] = useState(currentLocation);

  const navigation = useMemo<Navigation>(
    () => ({
      location,
      navigate(href, { replace = false } = {}) {
        if (replace) history.replaceState(null, "", href);
        else history.pushState(null, "", href);
        setLocation(currentLocation());
        if (!replace) window.scrollTo(0, 0);
      },
    }),
    [location],
  );

  useEffect(() => {
    const onPopState = () => setLocation(currentLocation());
    const onClick = (event: MouseEvent) => {
      const href = ownLinkOf(event);
      if (href === undefined) return;
      event.preventDefault();
      navigation.navigate(href);
    };
    window.addEventListener("popstate", onPopState);
    document.addEventListener("click", onClick);
    return () => {
      window.removeEventListener("popstate", onPopState);
      document.removeEventListener("click", onClick);
    };
  }, [navigation]);

  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}

export function useNavigation(): Navigation {
  const navigation = useContext(NavigationContext);
  if (navigation === undefined) throw new Error("useNavigation is called outside of Router.");
  return navigation;
}

function currentLocation(): Location {
  return {
    path: window.location.pathname.slice(BASE.length) || "/",
    query: new URLSearchParams(window.location.search),
  };
}

/** The address of a console page that a plain click on a link asks for. */
function ownLinkOf(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const anchor = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(anchor instanceof HTMLAnchorElement) || (anchor.target !== "" && anchor.target !== "_self"))
    return undefined;
  const url = new URL(anchor.href);
  const isOwn = url.origin === window.location.origin && url.pathname.startsWith(`${BASE}/`);
  return isOwn && url.hash === "" ? url.pathname + url.search : undefined;
}

/** A page with the parameters of its path as properties. */
export type PageOf<Path extends string> = ComponentType<PathParameters<Path>>;
