/**
 * The CSV of import jobs and of `cognate import-users`: a row a line, a comma inside a value is `\,`, values are not quoted.
 * Quoted values are taken all the same, because spreadsheets write them around hashes of Argon2, which hold commas.
 *
 * @see Developer Guide, "Importing users into user pools from a CSV file"
 */

export interface CsvLine {
  /** Without a byte order mark; undefined for bytes that are not UTF-8, and for a line that is too long. */
  readonly text: string | undefined;
  readonly isTooLong: boolean;
  /** Of the line with its end. */
  readonly bytes: number;
}

const LINE_FEED = 0x0a;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Cuts bytes into lines. It holds a part of the file and one line at a time.
 *
 * @param maxLineBytes of the lines that get a text; a longer one is not held
 */
export async function* csvLines(
  parts: AsyncIterable<Uint8Array>,
  maxLineBytes = Number.POSITIVE_INFINITY,
): AsyncGenerator<CsvLine> {
  // Pieces of a line that goes on in the next part. They are joined once, so that a long line takes linear time.
  let begun: Buffer[] = [];
  let begunBytes = 0;
  const lineWith = (piece: Buffer, endBytes: number): CsvLine => {
    const length = begunBytes + piece.length;
    const whole = () => (begun.length === 0 ? piece : Buffer.concat([...begun, piece]));
    const content = length > maxLineBytes ? undefined : whole();
    begun = [];
    begunBytes = 0;
    return { text: content && textOf(content), isTooLong: content === undefined, bytes: length + endBytes };
  };
  for await (const part of parts) {
    const bytes = Buffer.from(part);
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, from)) {
      yield lineWith(bytes.subarray(from, end), 1);
      from = end + 1;
    }
    const rest = bytes.subarray(from);
    begunBytes += rest.length;
    if (rest.length > 0 && begunBytes <= maxLineBytes) begun.push(rest);
  }
  if (begunBytes > 0) yield lineWith(Buffer.alloc(0), 0);
}

function textOf(line: Buffer): string | undefined {
  try {
    return utf8.decode(line).replace(/\r$/, "");
  } catch {
    return undefined;
  }
}

/** Characters up to the next one that can mean something, inside of quotation marks and outside. */
const QUOTED = /[^"]+/y;
const UNQUOTED = /[^",\\]+/y;

/** The values of a row, without the blanks around them. The time is linear for any row. */
export function splitRow(text: string): string[] {
  const values: string[] = [];
  let value = "";
  let isBlank = true;
  let isQuoted = false;
  const add = (more: string) => {
    value += more;
    isBlank &&= more.trim() === "";
  };
  for (let at = 0; at < text.length; ) {
    const plain = isQuoted ? QUOTED : UNQUOTED;
    plain.lastIndex = at;
    const [run] = plain.exec(text) ?? [];
    if (run !== undefined) {
      add(run);
      at += run.length;
      continue;
    }
    const character = text[at++] ?? "";
    const next = text[at];
    if (isQuoted) {
      if (next === '"') add(text[at++] ?? "");
      else isQuoted = false;
    } else if (character === '"' && isBlank) {
      isQuoted = true;
      value = "";
    } else if (character === "\\" && next === ",") {
      add(text[at++] ?? "");
    } else if (character === ",") {
      values.push(value.trim());
      value = "";
      isBlank = true;
    } else {
      add(character);
    }
  }
  return [...values, value.trim()];
}

/** A `birthdate` of the file, which has `mm/dd/yyyy`, as the attribute's `yyyy-mm-dd`; any other text as it is. */
export function isoDate(value: string): string {
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(value) ?? [];
  return year === undefined ? value : `${year}-${month}-${day}`;
}
