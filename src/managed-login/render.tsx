import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Appearance } from "./appearance.ts";
import type { Texts } from "./languages/index.ts";
import { type ClassicCards, Layout } from "./layout.tsx";

/** The properties of every page. */
export interface PageSetting {
  readonly texts: Texts;
  readonly appearance: Appearance;
  /** Random, and new for each answer. */
  readonly nonce: string;
  readonly languageLinks?: Readonly<Record<string, string>> | undefined;
}

/** One page: its title and what is in the card. */
export interface Page {
  readonly title: string;
  readonly content: ComponentChildren;
  /** Rules that only this page needs. */
  readonly css?: string | undefined;
  /** Source of the one script of the page, which all but passkeys do without. */
  readonly script?: string | undefined;
  readonly classicCards?: ClassicCards | undefined;
}

export interface RenderedPage {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

export function renderPage({ content, ...page }: Page, setting: PageSetting): RenderedPage {
  const html = renderToString(
    <Layout {...setting} {...page}>
      {content}
    </Layout>,
  );
  return {
    html: `<!doctype html>${html}`,
    contentSecurityPolicy: policyOf(setting.nonce, page.script !== undefined),
  };
}

/** No form-action: browsers apply it to the redirect to the client that ends a sign-in. */
function policyOf(nonce: string, hasScript: boolean): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(hasScript ? [`script-src 'nonce-${nonce}'`] : []),
    "img-src 'self' data:",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join(";");
}
