/** A browser without a window: it keeps cookies, follows no redirect by itself, and fills in forms. */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** Where it redirects to, absolute. */
  readonly location: string;
}

export type Browser = ReturnType<typeof openBrowser>;

export function openBrowser() {
  const cookies = new Map<string, string>();

  async function visit(
    url: string,
    form?: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Page> {
    const answer = await fetch(url, {
      redirect: "manual",
      headers: { ...headers, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(cookie)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    return {
      status: answer.status,
      headers: answer.headers,
      html: await answer.text(),
      location: location === null ? "" : new URL(location, url).href,
    };
  }

  return {
    cookies,
    visit,
    /** Sends the form of a page, with the fields that it carries unseen. */
    submit(
      url: string,
      page: Page,
      fields: Readonly<Record<string, string>>,
      headers?: Readonly<Record<string, string>>,
    ): Promise<Page> {
      const hidden = [...page.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/?>/g)];
      const carried = Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, value]));
      return visit(url, { ...carried, ...fields }, headers);
    },
    /** Opens an authorization request and signs in. @returns the redirect to the client */
    async signIn(url: string, username: string, password: string): Promise<Page> {
      const start = await visit(url);
      const login = await visit(start.location);
      return this.submit(start.location, login, { username, password });
    },
  };
}

/** Follows redirects, and signs in at a provider on the way. @returns the first address that starts with `end` */
export async function passProvider(
  browser: Browser,
  start: string,
  login: string,
  end: string,
): Promise<string> {
  let { location } = await browser.visit(start);
  for (let step = 0; step < 12; step++) {
    if (location.startsWith(end)) return location;
    const page = await browser.visit(location);
    const form = { login, password: "any" };
    location = page.location || (await browser.submit(location, page, form)).location;
  }
  throw new Error(`The provider does not send the browser back: ${location}`);
}

/** What a page says of what was sent to it. */
export const alertOf = ({ html }: Page): string | undefined =>
  /role="(?:alert|status)"[^>]*>([^<]*)</.exec(html)?.[1];
