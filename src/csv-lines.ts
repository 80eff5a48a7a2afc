/**
 * The CSV of import jobs and of `cognate import-users`: a row a line, a comma inside a value is `\,`, values are not quoted.
 * Quoted values are taken all the same, because spreadsheets write them around hashes of Argon2, which hold commas.
 *
 * @see Developer Guide, "Importing users into user pools from a CSV file"
 */

export interface CsvLine {
  /** Without a byte order mark; undefined for bytes that are not UTF-8. */
  readonly text: string | undefined;
  /** Of the line with its end. */
  readonly bytes: number;
}

const LINE_FEED = 0x0a;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** Cuts bytes into lines. It holds a part of the file and one line at a time. */
export async function* csvLines(parts: AsyncIterable<Uint8Array>): AsyncGenerator<CsvLine> {
  // Pieces of a line that goes on in the next part. They are joined once, so that a long line takes linear time.
  let begun: Buffer[] = [];
  for await (const part of parts) {
    const bytes = Buffer.from(part);
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, from)) {
      const piece = bytes.subarray(from, end);
      const content = begun.length === 0 ? piece : Buffer.concat([...begun, piece]);
      begun = [];
      yield lineOf(content, content.length + 1);
      from = end + 1;
    }
    if (from < bytes.length) begun.push(bytes.subarray(from));
  }
  const rest = Buffer.concat(begun);
  if (rest.length > 0) yield lineOf(rest, rest.length);
}

function lineOf(content: Buffer, bytes: number): CsvLine {
  try {
    return { text: utf8.decode(content).replace(/\r$/, ""), bytes };
  } catch {
    return { text: undefined, bytes };
  }
}

/** The values of a row, without the blanks around them. */
export function splitRow(text: string): string[] {
  const values: string[] = [];
  let value = "";
  let isQuoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    const next = text[index + 1];
    if (isQuoted) {
      if (character !== '"') value += character;
      else if (next === '"') value += text[++index];
      else isQuoted = false;
    } else if (character === '"' && value.trim() === "") {
      isQuoted = true;
      value = "";
    } else if (character === "\\" && next === ",") {
      value += text[++index];
    } else if (character === ",") {
      values.push(value.trim());
      value = "";
    } else {
      value += character;
    }
  }
  return [...values, value.trim()];
}

/** A `birthdate` of the file, which has `mm/dd/yyyy`, as the attribute's `yyyy-mm-dd`; any other text as it is. */
export function isoDate(value: string): string {
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(value) ?? [];
  return year === undefined ? value : `${year}-${month}-${day}`;
}
