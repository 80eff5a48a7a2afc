/** The preferences in this browser: language, appearance and region. */
import { applyMode, Mode } from "@cloudscape-design/global-styles";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";

export type Language = "en" | "ja";
export type Appearance = "system" | "light" | "dark";

export interface Preferences {
  readonly language: Language;
  readonly appearance: Appearance;
  /** The region whose user pools are listed; undefined for the server's own. */
  readonly region: string | undefined;
}

const STORAGE_KEY = "cognate-console-preferences";

function storedPreferences(): Preferences {
  const language: Language = navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en";
  const defaults: Preferences = { language, appearance: "system", region: undefined };
  try {
    const stored: Partial<Preferences> = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
    return { ...defaults, ...stored };
  } catch {
    // Without storage in the browser, choices last as long as the page.
    return defaults;
  }
}

interface PreferencesValue extends Preferences {
  readonly change: (changes: Partial<Preferences>) => void;
}

const PreferencesContext = createContext<PreferencesValue | undefined>(undefined);

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [preferences, setPreferences] = useState(storedPreferences);
  const value = useMemo<PreferencesValue>(
    () => ({
      ...preferences,
      change(changes) {
        const next = { ...preferences, ...changes };
        setPreferences(next);
        try {
          localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
        } catch {
          // As above.
        }
      },
    }),
    [preferences],
  );
  useEffect(() => {
    document.documentElement.lang = preferences.language;
  }, [preferences.language]);
  useAppearance(preferences.appearance);
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

export function usePreferences(): PreferencesValue {
  const value = useContext(PreferencesContext);
  if (value === undefined) throw new Error("usePreferences is called outside of PreferencesProvider.");
  return value;
}

function useAppearance(appearance: Appearance): void {
  useEffect(() => {
    const system = window.matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      const isDark = appearance === "dark" || (appearance === "system" && system.matches);
      applyMode(isDark ? Mode.Dark : Mode.Light);
      document.documentElement.style.colorScheme = isDark ? "dark" : "light";
    };
    apply();
    system.addEventListener("change", apply);
    return () => system.removeEventListener("change", apply);
  }, [appearance]);
}
