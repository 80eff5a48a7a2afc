import type { AssetType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { useText } from "../../i18n/text.tsx";
import {
  type AssetPlace,
  acceptedFiles,
  commonPlaces,
  extensionOf,
  type ImagePlace,
  imagePlaces,
  isImageOf,
  MAX_IMAGE_BYTES,
} from "../../rules/branding/login-style.ts";

interface Props {
  readonly assets: readonly AssetType[];
  /** Identity providers of the pool, whose buttons can have icons. */
  readonly providers: readonly string[];
  /** @param added the place that has got an image */
  readonly onChange: (assets: readonly AssetType[], added?: AssetPlace) => void;
}

const MODES = ["LIGHT", "DARK"] as const;

const morePlaces = (Object.keys(imagePlaces) as ImagePlace[]).filter(
  (place) => !commonPlaces.includes(place),
);

export function LoginImages({ assets, providers, onChange }: Props) {
  const text = useText().branding;
  const images = (name: string, place: AssetPlace) => (
    <PlaceImages key={name} name={name} place={place} assets={assets} onChange={onChange} />
  );
  const imagesOf = (places: readonly ImagePlace[]) =>
    places.map((Category) => images(text.imageNames[Category], { Category }));
  return (
    <Container header={<Header description={text.imagesHint}>{text.images}</Header>}>
      <SpaceBetween size="m">
        {imagesOf(commonPlaces)}
        <ExpandableSection headerText={text.moreImages}>
          <SpaceBetween size="m">{imagesOf(morePlaces)}</SpaceBetween>
        </ExpandableSection>
        {providers.length > 0 && (
          <ExpandableSection headerText={text.providerIcons}>
            <SpaceBetween size="m">
              {providers.map((ResourceId) =>
                images(text.providerIcon(ResourceId), { Category: "IDP_BUTTON_ICON", ResourceId }),
              )}
            </SpaceBetween>
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Container>
  );
}

interface PlaceProps extends Pick<Props, "assets" | "onChange"> {
  readonly name: string;
  readonly place: AssetPlace;
}

/** The images of one place, in both color modes. */
function PlaceImages({ name, place, assets, onChange }: PlaceProps) {
  const text = useText().branding;
  const [fault, setFault] = useState<string>();
  const modeNames = { LIGHT: text.lightMode, DARK: text.darkMode };
  return (
    <FormField label={name} errorText={fault}>
      <div className="login-image">
        {MODES.map((mode) => {
          const isHere = ({ Category, ResourceId, ColorMode }: AssetType) =>
            Category === place.Category && ResourceId === place.ResourceId && ColorMode === mode;
          return (
            <SpaceBetween key={mode} direction="horizontal" size="xs" alignItems="center">
              <span>{`${modeNames[mode]}: ${assets.some(isHere) ? text.hasImage : text.noImage}`}</span>
              <FileButton
                label={text.upload(name, modeNames[mode])}
                accept={acceptedFiles(place.Category)}
                onFile={async (file) => {
                  const Extension = extensionOf(file.name, place.Category);
                  if (Extension === undefined)
                    return setFault(text.imageKind(file.name, acceptedFiles(place.Category)));
                  if (file.size > MAX_IMAGE_BYTES) return setFault(text.imageTooLarge(file.name, "1 MB"));
                  const Bytes = new Uint8Array(await file.arrayBuffer());
                  if (!isImageOf(Extension, Bytes)) return setFault(text.notAnImage(file.name, Extension));
                  setFault(undefined);
                  const added = { ...place, ColorMode: mode, Extension, Bytes } satisfies AssetType;
                  onChange([...assets.filter((asset) => !isHere(asset)), added], place);
                }}
              />
              {assets.some(isHere) && (
                <Button
                  variant="inline-link"
                  formAction="none"
                  iconName="remove"
                  ariaLabel={text.removeImage(name, modeNames[mode])}
                  onClick={() => {
                    setFault(undefined);
                    onChange(assets.filter((asset) => !isHere(asset)));
                  }}
                />
              )}
            </SpaceBetween>
          );
        })}
      </div>
    </FormField>
  );
}

interface FileButtonProps {
  readonly label: string;
  readonly accept: string;
  readonly onFile: (file: File) => void;
}

export function FileButton({ label, accept, onFile }: FileButtonProps) {
  const text = useText().branding;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={label}
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = "";
          if (file) onFile(file);
        }}
      />
      <Button formAction="none" iconName="upload" ariaLabel={label} onClick={() => input.current?.click()}>
        {text.chooseFile}
      </Button>
    </>
  );
}
