const BASIC_FORMAT = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;
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
  const fields = BASIC_FORMAT.exec(text);
  if (!fields) return undefined;
  const [year, month, day, hour, minute, second] = fields.slice(1).map(Number);
  const time = Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute, second);
  return basicFormat(time) === text ? time : undefined;
}

/** Reads what a `Date` header holds: RFC 1123, or the basic format that some signers put there. */
export function parseDateHeader(text: string): number | undefined {
  if (!RFC_1123.test(text)) return parseBasicFormat(text);
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}
