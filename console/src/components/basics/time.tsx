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

export function formatTime(date: Date, language: string): string {
  return new Intl.DateTimeFormat(language, {
    dateStyle: "medium",
    timeStyle: "medium",
  }).format(date);
}
