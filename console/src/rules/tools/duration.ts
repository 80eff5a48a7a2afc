const MINUTE = 60_000;

/** A token's validity in whole minutes, as the settings of app clients have it, or in seconds where that is not whole. */
export function validityParts(seconds: number): readonly [count: number, unit: "minutes" | "seconds"] {
  return seconds % 60 === 0 ? [seconds / 60, "minutes"] : [seconds, "seconds"];
}

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
