import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useMemo, useState } from "react";
import { type LoginPagePreview, type PreviewRequest, previewLogin } from "../../api/branding.ts";
import { usePool } from "../../app/pool.tsx";
import { usePreferences } from "../../app/preferences.tsx";
import { useText } from "../../i18n/text.tsx";
import { PreviewFrame } from "../basics/preview-frame.tsx";

/** Names of the languages, in the languages. */
const LANGUAGES = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  id: "Bahasa Indonesia",
  it: "Italiano",
  ja: "日本語",
  ko: "한국어",
  nl: "Nederlands",
  "pt-BR": "Português (Brasil)",
  "zh-CN": "简体中文",
  "zh-TW": "繁體中文",
};

/** How long nothing must change before the page is drawn anew. */
const PAUSE_MILLISECONDS = 250;

type Look = Pick<PreviewRequest, "style" | "classic">;

/** The sign-in page as the server draws it, with the unsaved settings. */
export function LoginPreview({ look }: { readonly look: Look }) {
  const text = useText().branding;
  const { UsernameAttributes, AliasAttributes } = usePool().pool;
  const names = useMemo(
    () => ({ UsernameAttributes, AliasAttributes }),
    [UsernameAttributes, AliasAttributes],
  );
  const [scheme, setScheme] = useState<"light" | "dark">("light");
  const [width, setWidth] = useState("wide");
  const [language, setLanguage] = useState<string>(usePreferences().language);
  const [page, setPage] = useState<LoginPagePreview>({ html: "", isAdaptive: false });
  const [hasFailed, setFailed] = useState(false);

  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      previewLogin({ ...look, scheme, language, names }).then(
        (drawn) => {
          if (!isCurrent) return;
          setPage(drawn);
          setFailed(false);
        },
        () => isCurrent && setFailed(true),
      );
    }, PAUSE_MILLISECONDS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [look, scheme, language, names]);

  return (
    <Container header={<Header>{text.preview}</Header>}>
      <SpaceBetween size="m">
        <SpaceBetween direction="horizontal" size="m" alignItems="end">
          {page.isAdaptive && (
            <SegmentedControl
              label={text.previewMode}
              selectedId={scheme}
              options={[
                { id: "light", text: text.colorSchemes.LIGHT },
                { id: "dark", text: text.colorSchemes.DARK },
              ]}
              onChange={({ detail }) => setScheme(detail.selectedId === "dark" ? "dark" : "light")}
            />
          )}
          <SegmentedControl
            label={text.previewWidth}
            selectedId={width}
            options={[
              { id: "wide", text: text.wide },
              { id: "phone", text: text.phone },
            ]}
            onChange={({ detail }) => setWidth(detail.selectedId)}
          />
          <Select
            ariaLabel={text.previewLanguage}
            selectedOption={{ value: language, label: LANGUAGES[language as keyof typeof LANGUAGES] }}
            options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
            onChange={({ detail }) => setLanguage(detail.selectedOption.value ?? "en")}
          />
        </SpaceBetween>
        {hasFailed && <Alert type="warning">{text.previewFailed}</Alert>}
        <PreviewFrame
          html={page.html}
          title={text.preview}
          className={width === "phone" ? "login-preview narrow" : "login-preview"}
        />
      </SpaceBetween>
    </Container>
  );
}
