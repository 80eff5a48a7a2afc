/**
 * Puts values in the place of `{name}`, all at once, so that a value which looks like a placeholder stays as it is. Other
 * placeholders stay too.
 */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{([\w#-]+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? "") : placeholder,
  );
}

/**
 * The place of a link around some words, in one line. One that does not end takes the rest of its line, so that the line is
 * not searched again from each further beginning.
 */
const LINK_PLACEHOLDER = /\{##(.*?)(##\}|$)/gm;

/** Whether a template has a place for a link. */
export function hasLinkPlaceholder(template: string): boolean {
  return [...template.matchAll(LINK_PLACEHOLDER)].some(([, , end]) => end !== "");
}

/** Puts a link around the words of `{##words##}`. */
export function fillInLink(template: string, link: string): string {
  return template.replace(LINK_PLACEHOLDER, (unfinished, words: string, end: string) =>
    end === "" ? unfinished : `<a href="${asHtml(link)}">${words}</a>`,
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Text escaped for HTML: a password with `<` in it must arrive as it is, and a username must not bring mark-up along.
 *
 * @see Developer Guide, "Custom email sender Lambda trigger", on temporary passwords
 */
export function asHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
