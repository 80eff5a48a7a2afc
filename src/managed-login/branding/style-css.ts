/** The rules that a style adds to the pages' stylesheet: places, measures and images that custom properties cannot express. */
import type { StyleSettings } from "../../user-pools/index.ts";
import type { ColorScheme, Image } from "../appearance.ts";
import type { AssetImages } from "./assets.ts";

const COLORS = `
h1{color:var(--heading)}.label{color:var(--label)}.hint{color:var(--hint)}
.primary:hover{color:var(--primary-hover-text)}.primary:active{color:var(--primary-active-text)}
.primary:disabled{background:var(--primary-disabled);border-color:var(--primary-disabled-border);color:var(--muted-text)}
.secondary:hover{border-color:var(--secondary-hover-border);color:var(--secondary-hover-text)}
.secondary:active{background:var(--secondary-active);border-color:var(--secondary-active-border);color:var(--secondary-active-text)}
.provider{background:var(--provider-background);border-color:var(--provider-border);color:var(--provider-text)}
.provider:hover{background:var(--provider-hover);border-color:var(--provider-hover-border);color:var(--provider-hover-text)}
.provider:active{background:var(--provider-active);border-color:var(--provider-active-border);color:var(--provider-active-text)}
.option{background:var(--option-background);border-color:var(--option-border)}
.check input,.option input{accent-color:var(--option-selected)}
.option:has(:checked){border-color:var(--option-selected);box-shadow:inset 0 0 0 1px var(--option-selected)}
.logo img,header img,footer img{height:3.5rem;width:auto;object-fit:contain}
.alert{border-radius:var(--alert-radius)}
.languages ul{background:var(--menu-background);border-radius:var(--menu-radius)}
.languages li a:hover{background:var(--menu-hover);color:var(--menu-hover-text);box-shadow:0 0 0 1px var(--menu-hover-border)}
.languages li a[aria-current]{color:var(--menu-match)}
`;

const COMPACT = `
.card{padding:1.5rem 1.75rem 1.375rem}form,.stack{gap:.75rem;margin-top:1rem}.field{gap:.25rem}
main{padding-block:1rem}button,.button,input[type=text],input[type=password],input[type=email],input[type=tel]{min-height:2.375rem}
.divider,.foot{margin-top:1rem}
`;

const FLEX = { START: "flex-start", CENTER: "center", END: "flex-end" } as const;

function flex(place: string): string {
  return FLEX[place as keyof typeof FLEX] ?? FLEX.CENTER;
}

export function styleCss(
  { categories, components }: StyleSettings,
  { places }: Pick<AssetImages, "places">,
  colorScheme: ColorScheme,
): string {
  const { form, global } = categories;
  const rules = [COLORS, `main{justify-content:${flex(form.location.vertical)}}`];
  if (global.spacingDensity === "COMPACT") rules.push(COMPACT);
  if (!form.displayGraphics) rules.push(".glyph,.option picture,.option svg{display:none}");
  rules.push(formLogoCss(components.form.logo));
  if (global.pageHeader.enabled) rules.push(barCss("header", components.pageHeader.logo.location));
  if (global.pageFooter.enabled) rules.push(barCss("footer", components.pageFooter.logo.location));

  const { backgroundImage } = components.form;
  const pictures: readonly (readonly [selector: string, image: Image | undefined, isShown: boolean])[] = [
    [".card", places.FORM_BACKGROUND, backgroundImage.enabled],
    ["header", places.PAGE_HEADER_BACKGROUND, components.pageHeader.backgroundImage.enabled],
    ["footer", places.PAGE_FOOTER_BACKGROUND, components.pageFooter.backgroundImage.enabled],
  ];
  for (const [selector, image, isShown] of pictures) {
    if (image && isShown) rules.push(pictureCss(selector, image, colorScheme));
  }
  // Cognito shows a picture of its own here. This one needs no request.
  if (components.pageBackground.image.enabled && !places.PAGE_BACKGROUND) rules.push(DEFAULT_BACKGROUND);
  return rules.join("");
}

const DEFAULT_BACKGROUND = `
body{background-image:radial-gradient(60rem 40rem at 12% -8%,color-mix(in srgb,var(--primary-background) 22%,transparent),transparent),radial-gradient(52rem 36rem at 95% 108%,color-mix(in srgb,var(--primary-background) 16%,transparent),transparent);background-attachment:fixed}
`;

function formLogoCss({ position, formInclusion }: StyleSettings["components"]["form"]["logo"]): string {
  if (formInclusion === "OUT") {
    const edge = position === "BOTTOM" ? "top" : "bottom";
    const margin = position === "BOTTOM" ? "margin-bottom" : "margin-top";
    return `.card{position:relative}.card:has(.logo){${margin}:5.5rem}.logo{position:absolute;inset-inline:0;${edge}:calc(100% + 1rem);margin:0}`;
  }
  if (position !== "BOTTOM") return "";
  return ".card:has(.logo){display:flex;flex-direction:column}.logo{order:1;margin:1.5rem 0 0}";
}

/** Across the page, in its own colours. */
function barCss(bar: "header" | "footer", logoPlace: string): string {
  const border = bar === "header" ? "bottom" : "top";
  return `${bar}{min-height:4.5rem;padding:.75rem 1.5rem;flex-direction:row;gap:1rem;justify-content:${flex(logoPlace)};background:var(--${bar}-background);border-${border}:1px solid var(--${bar}-border)}`;
}

function pictureCss(selector: string, image: Image, colorScheme: ColorScheme): string {
  const rule = (address: string) =>
    `${selector}{background-image:url("${address}");background-size:cover;background-position:center}`;
  const dark = image.dark ?? image.light;
  if (colorScheme === "dark") return rule(dark);
  if (colorScheme === "light" || dark === image.light) return rule(image.light);
  return `${rule(image.light)}@media (prefers-color-scheme:dark){${rule(dark)}}`;
}
