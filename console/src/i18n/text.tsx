/** The console's words in the language that was chosen; a language is loaded when it is first needed. */
import { I18nProvider, type I18nProviderProps } from "@cloudscape-design/components/i18n";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { type Language, usePreferences } from "../app/preferences.tsx";
import type { Messages } from "./messages.ts";

interface Catalogue {
  readonly messages: Messages;
  /** Those of the design system's own components. */
  readonly componentMessages: I18nProviderProps.Messages;
}

const catalogues: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => {
    const [{ en }, components] = await Promise.all([
      import("./en/index.ts"),
      import("@cloudscape-design/components/i18n/messages/all.en"),
    ]);
    return { messages: en, componentMessages: components.default };
  },
  ja: async () => {
    const [{ ja }, components] = await Promise.all([
      import("./ja/index.ts"),
      import("@cloudscape-design/components/i18n/messages/all.ja"),
    ]);
    return { messages: ja, componentMessages: components.default };
  },
};

const TextContext = createContext<Messages | undefined>(undefined);

export function TextProvider({ children }: { children: ReactNode }) {
  const { language } = usePreferences();
  const [loaded, setLoaded] = useState<Catalogue & { readonly language: Language }>();
  const [error, setError] = useState<unknown>();

  useEffect(() => {
    let isCurrent = true;
    catalogues[language]().then(
      (catalogue) => isCurrent && setLoaded({ ...catalogue, language }),
      (failure) => isCurrent && setError(failure),
    );
    return () => {
      isCurrent = false;
    };
  }, [language]);

  if (loaded === undefined) {
    // For the boundary around the console. A language that is chosen later and cannot be loaded leaves the one before.
    if (error !== undefined) throw error;
    return null;
  }
  return (
    <I18nProvider locale={loaded.language} messages={[loaded.componentMessages]}>
      <TextContext value={loaded.messages}>{children}</TextContext>
    </I18nProvider>
  );
}

export function useText(): Messages {
  const messages = useContext(TextContext);
  if (messages === undefined) throw new Error("useText is called outside of TextProvider.");
  return messages;
}
