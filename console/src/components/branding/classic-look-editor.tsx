import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { ALL_CLIENTS, base64Of, type ClassicLook, saveClassicLook } from "../../api/branding.ts";
import { useAction } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { isImageOf, MAX_LOGO_BYTES } from "../../rules/branding/login-style.ts";
import { CodeInput } from "../basics/code-input.tsx";
import { ProblemAlert } from "../basics/problem.tsx";
import { useTimeText } from "../basics/time.tsx";
import { useEditedValues } from "./edited-values.ts";
import { FileButton } from "./login-images.tsx";
import { LoginPreview } from "./login-preview.tsx";

interface Props {
  readonly poolId: string;
  readonly clientId: string;
  readonly look: ClassicLook;
  readonly onSaved: () => void;
}

const LOGO_FILES = ".png,.jpg,.jpeg";

/** Edits style sheet and logo of the classic pages. */
export function ClassicLookEditor({ poolId, clientId, look, onSaved }: Props) {
  const text = useText().branding;
  const common = useText().common;
  const timeText = useTimeText();
  const show = useFlash();
  const action = useAction();
  const [logoFault, setLogoFault] = useState<string>();
  const loaded = useMemo(
    () => ({
      css: look.CSS ?? "",
      logo: look.logo,
      isForAll: look.ClientId === ALL_CLIENTS,
      savedAt: look.LastModifiedDate,
      // The look of all app clients is not seen beside a look of the client's own.
      savedForAllAt: look.ClientId === ALL_CLIENTS ? look.LastModifiedDate : undefined,
    }),
    [look],
  );
  const edited = useEditedValues(loaded);
  const { css, logo, isForAll, savedAt, savedForAllAt } = edited.values;
  const isOwn = look.ClientId !== ALL_CLIENTS && (look.CSS !== undefined || look.logo !== undefined);
  const preview = useMemo(() => ({ classic: { css, logo: logo && dataUrl(logo) } }), [css, logo]);
  const save = () =>
    action.run(async () => {
      const values = { ...(css.trim() !== "" && { CSS: css }), ...(logo && { ImageFile: logo }) };
      const saved = await saveClassicLook(
        poolId,
        clientId,
        { ...values, forAll: isForAll },
        isForAll ? savedForAllAt : savedAt,
        (at) => window.confirm(text.replaceQuestion(timeText(at))),
      );
      if (saved === undefined) return;
      const times = isForAll
        ? { savedAt: isOwn ? savedAt : saved.savedAt, savedForAllAt: saved.savedAt }
        : { ...saved, savedForAllAt };
      edited.change(times);
      edited.setSaved({ css, logo, isForAll, ...times });
      show("success", isForAll && isOwn ? text.savedForOthers : text.saved);
      onSaved();
    });
  const choose = async (file: File) => {
    const image = new Uint8Array(await file.arrayBuffer());
    const isImage = (["PNG", "JPEG"] as const).some((kind) => isImageOf(kind, image));
    if (!isImage) return setLogoFault(text.imageKind(file.name, LOGO_FILES));
    if (image.length > MAX_LOGO_BYTES) return setLogoFault(text.imageTooLarge(file.name, "100 KB"));
    setLogoFault(undefined);
    edited.change({ logo: image });
  };
  return (
    <div className="branding-editor">
      <SpaceBetween size="l">
        <FormField label={text.css} description={text.cssHint}>
          <CodeInput value={css} onChange={(changed) => edited.change({ css: changed })} />
        </FormField>
        <FormField label={text.logo} description={text.logoHint} errorText={logoFault}>
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <FileButton label={text.upload(text.logo, text.classic)} accept={LOGO_FILES} onFile={choose} />
            <span>{logo === undefined ? text.noImage : text.hasImage}</span>
            {logo && (
              <Button
                variant="inline-link"
                formAction="none"
                iconName="remove"
                ariaLabel={text.removeImage(text.logo, text.classic)}
                onClick={() => {
                  setLogoFault(undefined);
                  edited.change({ logo: undefined });
                }}
              />
            )}
          </SpaceBetween>
        </FormField>
        <Checkbox
          checked={isForAll}
          description={isForAll && isOwn ? text.forAllHint : undefined}
          onChange={({ detail }) => edited.change({ isForAll: detail.checked })}
        >
          {text.forAll}
        </Checkbox>
        <ProblemAlert error={action.error} />
        <Button variant="primary" loading={action.isRunning} onClick={() => void save()}>
          {common.saveChanges}
        </Button>
      </SpaceBetween>
      <LoginPreview look={preview} />
    </div>
  );
}

function dataUrl(image: Uint8Array): string {
  return `data:${image[0] === 0x89 ? "image/png" : "image/jpeg"};base64,${base64Of(image)}`;
}
