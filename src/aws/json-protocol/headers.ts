/** Longer header texts would break clients that bound the size of all headers; the body has the whole text. */
const MAX_HEADER_TEXT_LENGTH = 1024;

/** Text as a header can carry it: one line of printable ASCII, cut where it is long. */
export function headerText(text: string): string {
  return text
    .slice(0, MAX_HEADER_TEXT_LENGTH)
    .replace(/[\r\n\t]+/g, " ")
    .replace(/[^\x20-\x7e]/g, "?")
    .trim();
}
