import { usePreferences } from "../../app/preferences.tsx";

/** A moment in the reader's own zone and language; the exact one is its tooltip. */
export function Time({ at }: { readonly at: Date | number | undefined }) {
  const { language } = usePreferences();
  if (at === undefined) return "–";
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={date.toISOString()}>
      {formatTime(date, language)}
    </time>
  );
}

/** Writes a moment as {@link Time} shows it, for the name of a button. */
export function useTimeText(): (at: Date | number | undefined) => string {
  const { language } = usePreferences();
  return (at) => (at === undefined ? "–" : formatTime(new Date(at), language));
}

export function formatTime(date: Date, language: string): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: "medium",
    timeStyle: "medium",
  }).format(date);
}
