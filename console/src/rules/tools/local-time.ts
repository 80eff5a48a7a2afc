/** A moment as two fields hold it, in the browser's time zone. */
export interface LocalTime {
  /** `2030-01-31`; empty without a choice. */
  readonly date: string;
  /** `12:00:00`. */
  readonly time: string;
}

const twoDigits = (value: number) => String(value).padStart(2, "0");

export function localTimeOf(at: Date): LocalTime {
  return {
    date: `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`,
    time: [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(":"),
  };
}

/** @returns undefined unless both fields are filled in with a moment that there is */
export function momentOf({ date, time }: LocalTime): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}(:\d{2})?$/.test(time)) return undefined;
  const moment = new Date(`${date}T${time}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
