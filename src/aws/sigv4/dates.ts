const BASIC_FORMAT = /^\d{8}T\d{6}Z$/;
const RFC_1123 = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Writes a time as `YYYYMMDDTHHMMSSZ`, the ISO 8601 "basic format" that signatures use. */
export function basicFormat(epochMilliseconds: number): string {
  return new Date(epochMilliseconds).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

/**
 * Reads `YYYYMMDDTHHMMSSZ`.
 *
 * @returns milliseconds since the epoch; undefined when the text is not in that form or names no time
 */
export function parseBasicFormat(text: string): number | undefined {
  if (!BASIC_FORMAT.test(text)) return undefined;
  const field = (start: number, length: number) => Number(text.slice(start, start + length));
  const [month, day, hour] = [field(4, 2), field(6, 2), field(9, 2)];
  const time = Date.UTC(field(0, 4), month - 1, day, hour, field(11, 2), field(13, 2));
  // Numbers out of range run over into the next field: such a text names no time.
  const date = new Date(time);
  const isExact =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour;
  return isExact && field(11, 2) < 60 && field(13, 2) < 60 ? time : undefined;
}

/** Reads what a `Date` header holds: RFC 1123, or the basic format that some signers put there. */
export function parseDateHeader(text: string): number | undefined {
  if (!RFC_1123.test(text)) return parseBasicFormat(text);
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
