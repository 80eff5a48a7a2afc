/**
 * The stylesheet of the pages. Everything that branding can change is a custom property: the defaults are here, and an
 * {@link Appearance} replaces them for light and for dark.
 */
import type { Appearance, StyleVariables } from "./appearance.ts";

const lightVariables = {
  "page-background": "#f3f5f8",
  "card-background": "#ffffff",
  "card-border": "#dfe3e9",
  "card-shadow": "0 1px 2px rgb(16 24 40 / 5%), 0 8px 28px rgb(16 24 40 / 7%)",
  "card-radius": "14px",
  text: "#161d26",
  "muted-text": "#566070",
  link: "#0b57c4",
  "link-hover": "#083f8f",
  "input-background": "#ffffff",
  "input-border": "#858f9e",
  "input-text": "#161d26",
  "input-radius": "8px",
  placeholder: "#6a7484",
  "primary-background": "#0b57c4",
  "primary-hover": "#084695",
  "primary-active": "#063570",
  "primary-text": "#ffffff",
  "secondary-background": "#ffffff",
  "secondary-hover": "#f1f4f8",
  "secondary-border": "#858f9e",
  "secondary-text": "#161d26",
  "button-radius": "8px",
  divider: "#dfe3e9",
  focus: "#0b57c4",
  error: "#b42318",
  "error-background": "#fef3f2",
  "error-border": "#f2b8b3",
  success: "#067647",
  "success-background": "#ecfdf3",
  "success-border": "#a6dfc0",
  "info-background": "#eef4fd",
  "info-border": "#b9d2f5",
  "info-text": "#0b3f8c",
  font: 'system-ui, -apple-system, "Segoe UI", Roboto, "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", Meiryo, sans-serif',
  "code-font": 'ui-monospace, "SF Mono", Menlo, Consolas, monospace',
} as const satisfies StyleVariables;

const darkVariables = {
  "page-background": "#0e131a",
  "card-background": "#171e27",
  "card-border": "#2b3542",
  "card-shadow": "0 1px 2px rgb(0 0 0 / 40%), 0 8px 28px rgb(0 0 0 / 35%)",
  text: "#eef1f5",
  "muted-text": "#a6b0bf",
  link: "#7db3ff",
  "link-hover": "#a9ccff",
  "input-background": "#10161e",
  "input-border": "#67748a",
  "input-text": "#eef1f5",
  placeholder: "#8b96a6",
  "primary-background": "#7db3ff",
  "primary-hover": "#a9ccff",
  "primary-active": "#c8deff",
  "primary-text": "#0a1626",
  "secondary-background": "transparent",
  "secondary-hover": "#212b37",
  "secondary-border": "#67748a",
  "secondary-text": "#eef1f5",
  divider: "#2b3542",
  focus: "#7db3ff",
  error: "#ffa79f",
  "error-background": "#3a1512",
  "error-border": "#7a2c25",
  success: "#86dfb0",
  "success-background": "#0b2e1f",
  "success-border": "#1f6344",
  "info-background": "#122541",
  "info-border": "#27487a",
  "info-text": "#bcd6ff",
} as const satisfies StyleVariables;

const RULES = `
*,*::before,*::after{box-sizing:border-box}
html{font-family:var(--font);font-size:100%;line-height:1.5;-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;background:var(--page-background);color:var(--text)}
.backdrop{position:fixed;inset:0;width:100%;height:100%;object-fit:cover;z-index:-1}
header,footer{flex:none;display:flex;justify-content:center;align-items:center;padding:1.25rem 1rem 0}
footer{padding:0 1rem 1.5rem;flex-direction:column;gap:.75rem;font-size:.875rem}
main{flex:1;display:flex;flex-direction:column;align-items:center;justify-content:center;padding:2rem 1rem}
.at-start{align-items:flex-start;padding-inline-start:clamp(1rem,8vw,8rem)}
.at-end{align-items:flex-end;padding-inline-end:clamp(1rem,8vw,8rem)}
.card,.modal-content{width:min(26.5rem,100%);background:var(--card-background);border:1px solid var(--card-border);border-radius:var(--card-radius);box-shadow:var(--card-shadow);padding:2.25rem 2.25rem 2rem}
.logo{display:flex;justify-content:center;margin:0 0 1.25rem}
.logo.start{justify-content:flex-start}.logo.end{justify-content:flex-end}
.logo img,header img,footer img{max-width:100%;max-height:4rem}
h1{font-size:1.5rem;line-height:1.3;font-weight:650;letter-spacing:-.012em;margin:0;text-wrap:balance}
:lang(ja) h1,:lang(ko) h1,:lang(zh) h1{letter-spacing:0}
body:lang(ja){word-break:auto-phrase}
.alert p:lang(ja){text-wrap:balance}
h1+.subtitle{margin-top:.375rem}
.subtitle{color:var(--muted-text);margin:0;font-size:.9375rem;overflow-wrap:anywhere}
form,.stack{display:flex;flex-direction:column;gap:1.125rem;margin:1.5rem 0 0}
form form,.stack form{margin:0}
.field{display:flex;flex-direction:column;gap:.375rem}
.label{display:flex;justify-content:space-between;gap:1rem;align-items:baseline;font-size:.875rem;font-weight:600}
.label .aside,.optional{font-weight:400;color:var(--muted-text)}
.hint{font-size:.8125rem;color:var(--muted-text);margin:0}
input[type=text],input[type=password],input[type=email],input[type=tel],input[type=number],input[type=url],input[type=date]{appearance:none;width:100%;min-height:2.75rem;padding:.5rem .75rem;font:inherit;color:var(--input-text);background:var(--input-background);border:1px solid var(--input-border);border-radius:var(--input-radius)}
input::placeholder{color:var(--placeholder);opacity:1}
input[aria-invalid=true]{border-color:var(--error)}
input.code{font-family:var(--code-font);font-size:1.25rem;letter-spacing:.28em}
input[readonly]{background:transparent;border-style:dashed}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
input:focus-visible{outline-offset:0;border-color:var(--focus)}
.check{display:flex;gap:.5rem;align-items:center;font-size:.875rem}
.check input{width:1.0625rem;height:1.0625rem;margin:0;accent-color:var(--primary-background)}
button,.button,.btn{appearance:none;display:flex;align-items:center;justify-content:center;gap:.625rem;width:100%;min-height:2.75rem;padding:.5rem 1rem;font:inherit;font-weight:600;text-align:center;text-decoration:none;border:1px solid transparent;border-radius:var(--button-radius);cursor:pointer;transition:background-color .12s ease,border-color .12s ease}
.primary,.btn-primary{color:var(--primary-text);background:var(--primary-background)}
.primary:hover,.btn-primary:hover{background:var(--primary-hover)}
.primary:active,.btn-primary:active{background:var(--primary-active)}
.secondary{color:var(--secondary-text);background:var(--secondary-background);border-color:var(--secondary-border)}
.secondary:hover{background:var(--secondary-hover);color:var(--secondary-text)}
.secondary img,.secondary svg{width:1.25rem;height:1.25rem;flex:none}
.plain{width:auto;min-height:1.75rem;align-self:center;padding:.125rem .25rem;background:none;color:var(--link);border:0;font-weight:500;font-size:.9375rem}
.plain:hover{color:var(--link-hover);text-decoration:underline}
a{color:var(--link);text-underline-offset:.2em;text-decoration-thickness:1px}
a:hover{color:var(--link-hover)}
.aside a,.foot a,footer a{font-weight:500;text-decoration:none}
.aside a:hover,.foot a:hover,footer a:hover{text-decoration:underline}
.foot{margin:1.5rem 0 0;text-align:center;font-size:.9375rem;color:var(--muted-text)}
.terms{font-size:.8125rem;color:var(--muted-text);margin:0}
.divider{display:flex;align-items:center;gap:.875rem;margin:1.5rem 0 0;color:var(--muted-text);font-size:.875rem}
.divider::before,.divider::after{content:"";flex:1;border-top:1px solid var(--divider)}
.divider+form,.divider+.stack{margin-top:1.5rem}
.alert{display:flex;gap:.625rem;margin:1.25rem 0 0;padding:.6875rem .875rem;border:1px solid;border-radius:var(--input-radius);font-size:.9375rem;overflow-wrap:anywhere}
.alert p{margin:0}
.alert svg{flex:none;width:1.125rem;height:1.125rem;margin-top:.1875rem}
.alert.error{color:var(--error);background:var(--error-background);border-color:var(--error-border)}
.alert.success{color:var(--success);background:var(--success-background);border-color:var(--success-border)}
.alert.info{color:var(--info-text);background:var(--info-background);border-color:var(--info-border)}
fieldset{border:0;margin:0;padding:0;display:flex;flex-direction:column;gap:.625rem}
legend{padding:0;margin:0 0 .625rem;font-size:.875rem;font-weight:600}
.option{display:flex;align-items:center;gap:.75rem;min-height:3.25rem;padding:.5rem 1rem;border:1px solid var(--input-border);border-radius:var(--input-radius);cursor:pointer;font-weight:500}
.option:hover{background:var(--secondary-hover)}
.option:has(:checked){border-color:var(--primary-background);box-shadow:inset 0 0 0 1px var(--primary-background)}
.option:has(:focus-visible){outline:2px solid var(--focus);outline-offset:2px}
.option input{width:1.125rem;height:1.125rem;margin:0;flex:none;accent-color:var(--primary-background)}
.option input:focus-visible{outline:0}
.option span{flex:1}.option svg,.option img{flex:none;width:1.5rem;height:1.5rem;color:var(--muted-text);object-fit:contain}
.qr{align-self:center;background:#fff;padding:.75rem;border-radius:var(--input-radius);border:1px solid var(--card-border);line-height:0}
.qr svg{width:11.5rem;height:11.5rem}
ol{margin:0;padding-inline-start:1.25rem;display:flex;flex-direction:column;gap:.375rem;font-size:.9375rem}
.key{display:block;margin-top:.375rem;padding:.5rem .75rem;font-family:var(--code-font);font-size:.875rem;overflow-wrap:anywhere;border:1px solid var(--divider);border-radius:var(--input-radius);user-select:all}
.facts{margin:1.25rem 0 0;font-size:.9375rem;overflow-wrap:anywhere}
.facts dt{color:var(--muted-text);font-size:.8125rem}
.facts dd{margin:0 0 .625rem}
.glyph{display:flex;justify-content:center;margin:0 0 1rem;color:var(--primary-background)}
.glyph svg,.glyph img{width:3rem;height:3rem;object-fit:contain}
.glyph.good{color:var(--success)}
.centered{text-align:center}.centered .subtitle{text-wrap:balance}
.languages{position:relative}
.languages summary{cursor:pointer;list-style:none;display:inline-flex;align-items:center;gap:.5rem;padding:.375rem .625rem;border-radius:var(--input-radius);color:var(--muted-text)}
.languages summary::-webkit-details-marker{display:none}
.languages summary:hover{color:var(--text)}
.languages summary svg{width:1rem;height:1rem}
.languages ul{position:absolute;bottom:calc(100% + .375rem);left:50%;transform:translateX(-50%);margin:0;padding:.375rem;list-style:none;min-width:11rem;background:var(--card-background);border:1px solid var(--card-border);border-radius:var(--input-radius);box-shadow:var(--card-shadow)}
.languages li a{display:block;padding:.375rem .75rem;border-radius:calc(var(--input-radius) - 2px);color:var(--text)}
.languages li a:hover{background:var(--secondary-hover);text-decoration:none}
.languages li a[aria-current]{font-weight:650}
[hidden]{display:none!important}
@media (min-width:992px){.visible-xs{display:none}}
@media (max-width:991.98px){.visible-xs~.visible-md,.visible-md:has(~.visible-xs){display:none}}
@media (max-width:30rem){main{justify-content:flex-start;padding:1rem}.at-start,.at-end{align-items:center}.card,.modal-content{padding:1.75rem 1.375rem 1.5rem}}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
@media (forced-colors:active){.card,.modal-content,.alert,.option{border-color:CanvasText}}
`;

/** Most pages have one of a few appearances. */
const made = new WeakMap<Appearance, string>();

/** @returns CSS for the one `style` element of a page */
export function stylesheet(appearance: Appearance): string {
  const known = made.get(appearance) ?? makeStylesheet(appearance);
  made.set(appearance, known);
  return known;
}

function makeStylesheet({ colorScheme, light, dark, css = "" }: Appearance): string {
  const lightValues = { ...lightVariables, ...light };
  const darkValues = { ...darkVariables, ...dark };
  const root =
    colorScheme === "dark"
      ? `:root{color-scheme:dark;${declarations({ ...lightValues, ...darkValues })}}`
      : `:root{color-scheme:${colorScheme === "light" ? "light" : "light dark"};${declarations(lightValues)}}`;
  const adaptive =
    colorScheme === "adaptive"
      ? `@media (prefers-color-scheme:dark){:root{${declarations(darkValues)}}}`
      : "";
  return root + adaptive + RULES + css;
}

function declarations(variables: StyleVariables): string {
  return Object.entries(variables)
    .map(([name, value]) => `--${name}:${value}`)
    .join(";");
}
