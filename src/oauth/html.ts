/** The plain pages of the OAuth endpoints, as text. They have no script. */
import { hash } from "node:crypto";

const STYLE = `
:root{color-scheme:light dark;font-family:system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center}
main{width:min(22rem,calc(100vw - 2rem))}
h1{font-size:1.4rem}
label{display:block;margin:1rem 0 .25rem}
input:not([type=radio]){box-sizing:border-box;width:100%;padding:.6rem;font-size:1rem}
button{margin-top:1.25rem;width:100%;padding:.7rem;font-size:1rem;cursor:pointer}
[role=alert]{border-left:4px solid #d13212;padding:.25rem .75rem}
`;

/** For `style-src`: these pages have this style and no other. */
export const STYLE_SOURCE = `'sha256-${hash("sha256", STYLE, "base64")}'`;

/** Text as it can stand in an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** @param content HTML */
export function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<main>
<h1>${escaped(title)}</h1>
${content}
</main>
`;
}

export function alert(message: string | undefined): string {
  return message === undefined ? "" : `<p role="alert">${escaped(message)}</p>`;
}

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type?: "text" | "password";
  readonly value?: string | undefined;
  readonly autocomplete?: string;
}

/** @param hidden fields that go with the form unseen */
export function form(
  hidden: Readonly<Record<string, string>>,
  fields: readonly Field[],
  submit: string,
  before = "",
): string {
  const unseen = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const seen = fields.map(
    ({ name, label, type = "text", value = "", autocomplete = "off" }) =>
      `<label for="${escaped(name)}">${escaped(label)}</label>
<input id="${escaped(name)}" name="${escaped(name)}" type="${type}" value="${escaped(value)}" autocomplete="${autocomplete}" required>`,
  );
  // Without an action the form goes to the address of the page, whose query is the authorization request.
  return `<form method="post">
${[...unseen, before, ...seen].join("\n")}
<button type="submit" name="signInSubmitButton">${escaped(submit)}</button>
</form>`;
}

/** One of several values. */
export function choice(name: string, options: readonly (readonly [value: string, label: string])[]): string {
  return options
    .map(
      ([value, label], index) =>
        `<label><input type="radio" name="${escaped(name)}" value="${escaped(value)}"${index === 0 ? " checked" : ""}> ${escaped(label)}</label>`,
    )
    .join("\n");
}
