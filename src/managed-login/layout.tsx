import type { ComponentChildren } from "preact";
import type { Appearance, Image } from "./appearance.ts";
import { LanguageIcon } from "./icons.tsx";
import { languages, type Texts } from "./languages/index.ts";
import { stylesheet } from "./stylesheet.ts";

export interface LayoutProps {
  readonly texts: Texts;
  readonly appearance: Appearance;
  /** Of the style and of scripts; the Content-Security-Policy allows no others. */
  readonly nonce: string;
  /** Addresses of this page in the languages that there are, by their codes. Without it no choice is offered. */
  readonly languageLinks?: Readonly<Record<string, string>> | undefined;
  readonly title: string;
  /** Rules of the page itself. */
  readonly css?: string | undefined;
  /** Source of the script of the page. */
  readonly script?: string | undefined;
  /** The cards that the page has in Cognito's classic form. */
  readonly classicCards?: ClassicCards | undefined;
  readonly children: ComponentChildren;
}

const CARD = "modal-content background-customizable";
const NARROW = "visible-xs visible-sm";
const WIDE = "visible-md visible-lg";

/** The classes of the cards of classic pages, to the letter and in the order in which browser tests have them. */
const CLASSIC_CARDS = {
  one: [`${CARD} modal-content-desktop ${WIDE}`],
  signIn: [`${CARD} modal-content-mobile ${NARROW}`, `${CARD} modal-content-desktop ${WIDE}`],
  signUp: [`${CARD} modal-content-mobile ${WIDE}`, `${CARD} modal-content-mobile ${NARROW}`],
} as const;

/** On a page with two cards the stylesheet hides the one that is not for the width of the window. */
export type ClassicCards = keyof typeof CLASSIC_CARDS;

/** The frame of every page: the card, and around it what branding puts there. */
export function Layout({
  texts,
  appearance,
  nonce,
  languageLinks,
  title,
  css = "",
  script,
  classicCards = "one",
  children,
}: LayoutProps) {
  const {
    horizontal,
    logo,
    logoAlignment = "center",
    headerLogo,
    footerLogo,
    background,
    favicon,
  } = appearance;
  const cards = appearance.isClassic ? CLASSIC_CARDS[classicCards] : ["card background-customizable"];
  return (
    <html lang={texts.tag} dir={texts.dir}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <Favicon image={favicon} appearance={appearance} />
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: CSS is no HTML; branding has checked what it adds. */}
        <style nonce={nonce} dangerouslySetInnerHTML={{ __html: stylesheet(appearance) + css }} />
      </head>
      <body>
        {background && <Picture image={background} appearance={appearance} className="backdrop" />}
        {headerLogo && (
          <header>
            <Picture image={headerLogo} appearance={appearance} />
          </header>
        )}
        <main class={horizontal === "center" ? undefined : `at-${horizontal}`}>
          {cards.map((name) => (
            <div class={name} key={name}>
              {logo && (
                <div class={`logo ${logoAlignment} banner-customizable`}>
                  <Picture image={logo} appearance={appearance} className="logo-customizable" />
                </div>
              )}
              {children}
            </div>
          ))}
          {script !== undefined && (
            // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of these pages.
            <script nonce={nonce} dangerouslySetInnerHTML={{ __html: script }} />
          )}
        </main>
        {(languageLinks || footerLogo) && (
          <footer>
            {footerLogo && <Picture image={footerLogo} appearance={appearance} />}
            {languageLinks && <LanguageMenu texts={texts} links={languageLinks} />}
          </footer>
        )}
      </body>
    </html>
  );
}

function Favicon({
  image,
  appearance: { colorScheme },
}: {
  readonly image: Image | undefined;
  readonly appearance: Appearance;
}) {
  // Without one the browser would ask for /favicon.ico.
  const { light, dark = light } = image ?? { light: "data:," };
  if (colorScheme !== "adaptive" || dark === light)
    return <link rel="icon" href={colorScheme === "dark" ? dark : light} />;
  return (
    <>
      <link rel="icon" href={light} media="(prefers-color-scheme: light)" />
      <link rel="icon" href={dark} media="(prefers-color-scheme: dark)" />
    </>
  );
}

interface PictureProps {
  readonly image: Image;
  readonly appearance: Appearance;
  readonly className?: string;
}

/** Decoration: the text beside it names the page. */
export function Picture({ image: { light, dark }, appearance: { colorScheme }, className }: PictureProps) {
  const shown = colorScheme === "dark" ? (dark ?? light) : light;
  return (
    <picture>
      {colorScheme === "adaptive" && dark && <source srcset={dark} media="(prefers-color-scheme: dark)" />}
      <img src={shown} alt="" class={className} />
    </picture>
  );
}

function LanguageMenu({
  texts,
  links,
}: {
  readonly texts: Texts;
  readonly links: Readonly<Record<string, string>>;
}) {
  return (
    <details class="languages">
      <summary aria-label={`${texts.language}: ${texts.name}`}>
        <LanguageIcon />
        {texts.name}
      </summary>
      <ul>
        {Object.entries(links).map(([code, href]) => {
          const { tag, name } = languages[code] ?? texts;
          return (
            <li key={code}>
              <a href={href} lang={tag} hreflang={tag} aria-current={tag === texts.tag ? "true" : undefined}>
                {name}
              </a>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
