/** Browsers without a window, for every engine: they keep cookies and follow no redirect by themselves. */
import type { Engine } from "./engines.ts";

/**
 * Opens an address, or sends a form to it.
 *
 * @param jar the browser's cookies
 * @param path on the node that is asked
 */
export async function visit(
  engine: Engine,
  jar: Map<string, string>,
  path: string,
  node: number,
  form?: Readonly<Record<string, string>>,
): Promise<{ location: string; html: string }> {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const response = await engine.fetch(
    path,
    { headers: { cookie }, ...(form && { method: "POST", body: new URLSearchParams(form) }) },
    node,
  );
  for (const set of response.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(set)) jar.delete(name);
    else jar.set(name, value);
  }
  return { location: response.headers.get("location") ?? "", html: await response.text() };
}

/** Redirects of nodes behind one name are to that name, and are followed on any of them. */
export function pathOf(location: string): string {
  const { pathname, search } = new URL(location, "https://id.example.com");
  return pathname + search;
}
