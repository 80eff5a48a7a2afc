const MINUTE = 60_000;

/** A span of time in days, hours and minutes, of which those that are 0 are left out; to the minute. */
export function durationParts(
  milliseconds: number,
): readonly (readonly ["days" | "hours" | "minutes", number])[] {
  const minutes = Math.round(Math.abs(milliseconds) / MINUTE);
  const parts = [
    ["days", Math.floor(minutes / (24 * 60))],
    ["hours", Math.floor(minutes / 60) % 24],
    ["minutes", minutes % 60],
  ] as const;
  return parts.filter(([, count]) => count > 0);
}
