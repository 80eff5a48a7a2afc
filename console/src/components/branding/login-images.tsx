import type { AssetType } from "@aws-sdk/client-cognito-identity-provider";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { useText } from "../../i18n/text.tsx";
import {
  commonPlaces,
  extensionOf,
  type ImagePlace,
  imagePlaces,
  MAX_IMAGE_BYTES,
} from "../../rules/branding/login-style.ts";

interface Props {
  readonly assets: readonly AssetType[];
  /** @param added the place that has got an image */
  readonly onChange: (assets: readonly AssetType[], added?: ImagePlace) => void;
}

const MODES = ["LIGHT", "DARK"] as const;

const morePlaces = (Object.keys(imagePlaces) as ImagePlace[]).filter(
  (place) => !commonPlaces.includes(place),
);

export function LoginImages({ assets, onChange }: Props) {
  const text = useText().branding;
  const [tooLarge, setTooLarge] = useState<string>();
  const imagesOf = (places: readonly ImagePlace[]) =>
    places.map((place) => (
      <PlaceImages
        key={place}
        place={place}
        assets={assets}
        onChange={(changed, added) => {
          setTooLarge(undefined);
          onChange(changed, added);
        }}
        onTooLarge={setTooLarge}
      />
    ));
  return (
    <Container header={<Header description={text.imagesHint}>{text.images}</Header>}>
      <SpaceBetween size="m">
        {tooLarge !== undefined && <Alert type="error">{text.imageTooLarge(tooLarge)}</Alert>}
        {imagesOf(commonPlaces)}
        <ExpandableSection headerText={text.moreImages}>
          <SpaceBetween size="m">{imagesOf(morePlaces)}</SpaceBetween>
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}

interface PlaceProps extends Props {
  readonly place: ImagePlace;
  readonly onTooLarge: (fileName: string) => void;
}

/** The images of one place, in both color modes. */
function PlaceImages({ place, assets, onChange, onTooLarge }: PlaceProps) {
  const text = useText().branding;
  const modeNames = { LIGHT: text.lightMode, DARK: text.darkMode };
  const name = text.imageNames[place];
  return (
    <div className="login-image">
      <strong>{name}</strong>
      {MODES.map((mode) => {
        const isHere = ({ Category, ColorMode }: AssetType) => Category === place && ColorMode === mode;
        return (
          <SpaceBetween key={mode} direction="horizontal" size="xs" alignItems="center">
            <span>{`${modeNames[mode]}: ${assets.some(isHere) ? text.hasImage : text.noImage}`}</span>
            <FileButton
              label={text.upload(name, modeNames[mode])}
              accept={FILE_TYPES[place] ?? ".png,.jpg,.jpeg,.svg"}
              onFile={async (file) => {
                if (file.size > MAX_IMAGE_BYTES) return onTooLarge(file.name);
                const Bytes = new Uint8Array(await file.arrayBuffer());
                const Extension = extensionOf(file.name);
                const added = { Category: place, ColorMode: mode, Extension, Bytes } satisfies AssetType;
                onChange([...assets.filter((asset) => !isHere(asset)), added], place);
              }}
            />
            {assets.some(isHere) && (
              <Button
                variant="inline-link"
                formAction="none"
                iconName="remove"
                ariaLabel={text.removeImage(name, modeNames[mode])}
                onClick={() => onChange(assets.filter((asset) => !isHere(asset)))}
              />
            )}
          </SpaceBetween>
        );
      })}
    </div>
  );
}

/** Of places that do not take every picture. */
const FILE_TYPES: Readonly<Partial<Record<ImagePlace, string>>> = {
  FAVICON_ICO: ".ico",
  FAVICON_SVG: ".svg",
};

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
