/**
 * Addresses under /console and the page that each shows. Links are ordinary anchors: the browser's own keys and menus work
 * on them, and a plain click is answered here without leaving the page.
 */
import { type ComponentType, type ReactNode, useCallback, useEffect, useMemo, useRef } from "react";
import { matchRoute, useRouter } from "wouter";
import { navigate as goTo, usePathname, useSearch } from "wouter/use-browser-location";
import { decodeSegment } from "./paths.ts";
import { mayLeave } from "./unsaved-changes.ts";

const BASE = "/console";

/** The names after colons in a path: `/user-pools/:poolId` has `poolId`. */
export type PathParameters<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [Key in Name | keyof PathParameters<`/${Rest}`>]: string }
  : Path extends `${string}:${infer Name}`
    ? { readonly [Key in Name]: string }
    : Record<never, string>;

/** A page with the parameters of its path as properties. */
export type PageOf<Path extends string> = ComponentType<PathParameters<Path>>;

export interface Match<Page> {
  readonly page: Page;
  readonly parameters: Readonly<Record<string, string>>;
}

/** The first route that fits the address. */
export function useMatch<Page>(
  routes: readonly { readonly path: string; readonly page: Page }[],
): Match<Page> | undefined {
  const { parser } = useRouter();
  const { path } = useNavigation();
  return useMemo(() => {
    for (const route of routes) {
      const [fits, found] = matchRoute(parser, route.path, path);
      if (!fits) continue;
      const parameters = Object.entries(found).map(([name, value]) => [name, decodeSegment(String(value))]);
      return { page: route.page, parameters: Object.fromEntries(parameters) };
    }
    return undefined;
  }, [parser, routes, path]);
}

interface Navigation {
  /**
   * Without /console, for example `/user-pools`; still percent-encoded. Not from wouter's `useLocation`, which decodes the
   * path before it is taken apart, so that a name with a slash or a percent sign would become another one.
   */
  readonly path: string;
  /**
   * Asks before unsaved changes are lost, unless `isSaved` says that the answer to their save leads on. Does nothing once its
   * component is gone: a slow answer must not lead away from the page that a person went on to.
   */
  readonly navigate: (href: string, options?: { readonly isSaved: boolean }) => void;
}

export function useNavigation(): Navigation {
  const path = usePathname().slice(BASE.length) || "/";
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  const navigate = useCallback<Navigation["navigate"]>((href, { isSaved } = { isSaved: false }) => {
    if (isGone.current || !(isSaved || mayLeave())) return;
    goTo(href);
    window.scrollTo(0, 0);
  }, []);
  return { path, navigate };
}

/** Shows the page at another address in place of this one, which Back will not return to. */
export function redirect(href: string): void {
  goTo(href, { replace: true });
}

/**
 * The state that a page keeps in its address, so that Back, a reload and a copied link restore it. A value that is its default
 * is not in the address.
 */
export function useAddressState<Values extends Readonly<Record<string, string>>>(
  defaults: Values,
): readonly [values: Values, change: (changes: Partial<Values>) => void] {
  const query = new URLSearchParams(useSearch());
  const values = Object.fromEntries(
    Object.entries(defaults).map(([name, fallback]) => [name, query.get(name) ?? fallback]),
  ) as Values;
  const change = (changes: Partial<Values>) => {
    // From the address as it is now, which another change may just have written.
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === defaults[name]) next.delete(name);
      else next.set(name, value);
    }
    const search = next.toString();
    redirect(window.location.pathname + (search === "" ? "" : `?${search}`));
  };
  return [values, change];
}

/** The address of the page that is shown. The browser's own is another one while Back is asked about. */
let shownAddress = "";

/**
 * Asks before Back and Forward leave a page with unsaved changes. Called before the first page is drawn, because listeners of the
 * window run in their order, and those of the router draw the other page.
 */
export function askBeforeBack(): void {
  window.addEventListener("popstate", (event) => {
    if (mayLeave()) return;
    // The browser has changed the address already. It is put back before anything reads it.
    event.stopImmediatePropagation();
    window.history.pushState(null, "", shownAddress);
  });
}

/** Answers clicks on the console's own links. */
export function OwnLinks({ children }: { readonly children: ReactNode }) {
  const { navigate } = useNavigation();
  const address = usePathname() + useSearch();
  useEffect(() => {
    shownAddress = address;
  }, [address]);
  useEffect(() => {
    const onClick = (event: MouseEvent) => {
      const href = ownLinkOf(event);
      if (href === undefined) return;
      event.preventDefault();
      navigate(href);
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [navigate]);
  return children;
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
