import {
  type AssetType,
  DeleteManagedLoginBrandingCommand,
  type ManagedLoginBrandingType,
} from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useRef, useState } from "react";
import { inPool } from "../../api/aws.ts";
import { saveLoginStyle } from "../../api/branding.ts";
import { identityProvidersOf } from "../../api/identity-providers.ts";
import { useAction, useLoad } from "../../api/load.ts";
import { allPages } from "../../api/pages.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useUnsavedChanges } from "../../app/unsaved-changes.ts";
import { useText } from "../../i18n/text.tsx";
import { type Settings, switchesOf, withValue } from "../../rules/branding/login-style.ts";
import { CodeInput } from "../basics/code-input.tsx";
import { focusFirstInvalid } from "../basics/invalid-field.ts";
import { ProblemAlert } from "../basics/problem.tsx";
import { useTimeText } from "../basics/time.tsx";
import { DeleteDialog } from "../lists/delete-dialog.tsx";
import { useEditedValues } from "./edited-values.ts";
import { LoginImages } from "./login-images.tsx";
import { LoginPreview } from "./login-preview.tsx";
import { ColorFields, LayoutFields } from "./login-style-fields.tsx";

interface Props {
  readonly poolId: string;
  readonly clientId: string;
  readonly style: ManagedLoginBrandingType;
  readonly onSaved: () => void;
}

/** Edits the managed login style of an app client beside a preview of the sign-in page. */
export function LoginStyleEditor({ poolId, clientId, style, onSaved }: Props) {
  const text = useText().branding;
  const common = useText().common;
  const timeText = useTimeText();
  const show = useFlash();
  const action = useAction();
  const id = style.ManagedLoginBrandingId;
  const providers = useLoad(["provider names", poolId], async () =>
    (await allPages(identityProvidersOf(poolId))).map(({ ProviderName = "" }) => ProviderName),
  );
  const [draft, setDraft] = useState<string>();
  const [isDeleting, setDeleting] = useState(false);
  const fields = useRef<HTMLDivElement>(null);
  const loaded = useMemo(() => valuesOf(style), [style]);
  const edited = useEditedValues(loaded);
  const { isOwn, settings, assets, savedAt } = edited.values;
  useUnsavedChanges(isOwn && draft !== undefined);
  const setSettings = (changed: Settings) => edited.change({ settings: changed });
  const look = useMemo(
    () => ({ style: isOwn ? { settings, assets } : { settings: undefined, assets: [] } }),
    [isOwn, settings, assets],
  );

  const save = async () => {
    if (isOwn && draft !== undefined) return focusFirstInvalid(fields.current);
    await action.run(async () => {
      // The SDK's type of JSON is a mutable one.
      const Settings = settings as ManagedLoginBrandingType["Settings"];
      const values = isOwn ? { Settings, Assets: [...assets] } : { UseCognitoProvidedValues: true };
      const saved = await saveLoginStyle(poolId, clientId, values, savedAt, (at) =>
        window.confirm(text.replaceQuestion(timeText(at))),
      );
      if (saved === undefined) return;
      edited.change({ savedAt: saved.LastModifiedDate });
      edited.setSaved({ isOwn, settings, assets, savedAt: saved.LastModifiedDate });
      show("success", text.saved);
      onSaved();
    });
  };

  return (
    <div className="branding-editor" ref={fields}>
      <SpaceBetween size="l">
        {id === undefined && <Alert type="info">{text.noStyle}</Alert>}
        <FormField label={text.values} description={text.managedHint}>
          <RadioGroup
            value={isOwn ? "own" : "cognito"}
            onChange={({ detail }) => edited.change({ isOwn: detail.value === "own" })}
            items={[
              { value: "cognito", label: text.cognitoValues },
              { value: "own", label: text.ownValues },
            ]}
          />
        </FormField>
        {isOwn && (
          <SpaceBetween size="l">
            <LayoutFields settings={settings} onChange={setSettings} />
            <ColorFields settings={settings} onChange={setSettings} />
            <ProblemAlert error={providers.error} onRetry={providers.reload} />
            <LoginImages
              assets={assets}
              providers={providers.value ?? []}
              onChange={(changed, added) => {
                // An image that was just chosen is meant to be seen.
                const paths = added === undefined ? [] : switchesOf(added.Category);
                edited.change({
                  assets: changed,
                  settings: paths.reduce((current, path) => withValue(current, path, true), settings),
                });
              }}
            />
            <AllSettings settings={settings} draft={draft} onDraft={setDraft} onChange={setSettings} />
          </SpaceBetween>
        )}
        <ProblemAlert error={action.error} />
        <SpaceBetween direction="horizontal" size="xs">
          <Button variant="primary" loading={action.isRunning} onClick={() => void save()}>
            {common.saveChanges}
          </Button>
          {id !== undefined && (
            <Button disabled={action.isRunning} onClick={() => setDeleting(true)}>
              {text.deleteStyle}
            </Button>
          )}
        </SpaceBetween>
      </SpaceBetween>
      <LoginPreview look={look} />
      {isDeleting && (
        <DeleteDialog
          title={text.deleteStyle}
          question={text.deleteQuestion}
          deleted={text.deleted}
          onDelete={() =>
            inPool(poolId, (client) =>
              client.send(
                new DeleteManagedLoginBrandingCommand({ UserPoolId: poolId, ManagedLoginBrandingId: id }),
              ),
            )
          }
          onDismiss={() => setDeleting(false)}
          onDeleted={() => {
            setDraft(undefined);
            edited.discard();
            onSaved();
          }}
        />
      )}
    </div>
  );
}

const valuesOf = (style: ManagedLoginBrandingType) => ({
  isOwn: style.ManagedLoginBrandingId !== undefined && style.UseCognitoProvidedValues !== true,
  settings: (style.Settings ?? {}) as Settings,
  assets: (style.Assets ?? []) as readonly AssetType[],
  savedAt: style.LastModifiedDate,
});

interface SettingsProps {
  readonly settings: Settings;
  /** The text of the editor while it is not JSON. */
  readonly draft: string | undefined;
  readonly onDraft: (draft: string | undefined) => void;
  readonly onChange: (settings: Settings) => void;
}

function AllSettings({ settings, draft, onDraft, onChange }: SettingsProps) {
  const text = useText().branding;
  // A fault must be seen: saving waits for it.
  const [isOpen, setOpen] = useState(false);
  return (
    <ExpandableSection
      headerText={text.allSettings}
      variant="container"
      headerDescription={text.allSettingsHint}
      expanded={isOpen || draft !== undefined}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      <FormField label={text.allSettings} errorText={draft === undefined ? undefined : text.notJson}>
        <CodeInput
          value={draft ?? JSON.stringify(settings, undefined, 2)}
          rows={16}
          onChange={(written) => {
            const parsed = parsedObject(written);
            onDraft(parsed === undefined ? written : undefined);
            if (parsed !== undefined) onChange(parsed);
          }}
        />
      </FormField>
    </ExpandableSection>
  );
}

function parsedObject(text: string): Settings | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Settings)
      : undefined;
  } catch {
    return undefined;
  }
}
