import type { AssetType } from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef } from "react";
import { useText } from "../i18n/text.tsx";
import { extensionOf, imagePlaces } from "../rules/login-style.ts";

type Place = keyof typeof imagePlaces;

interface Props {
  readonly assets: readonly AssetType[];
  /** @param added the place that has got an image */
  readonly onChange: (assets: readonly AssetType[], added?: Place) => void;
}

const MODES = ["LIGHT", "DARK"] as const;

export function LoginImages({ assets, onChange }: Props) {
  const text = useText().branding;
  const modeNames = { LIGHT: text.lightMode, DARK: text.darkMode };
  return (
    <Container header={<Header description={text.imagesHint}>{text.images}</Header>}>
      <SpaceBetween size="m">
        {(Object.keys(imagePlaces) as Place[]).map((place) => (
          <div key={place} className="login-image">
            <strong>{text.imageNames[place]}</strong>
            {MODES.map((mode) => {
              const isHere = ({ Category, ColorMode }: AssetType) => Category === place && ColorMode === mode;
              const name = text.imageNames[place];
              return (
                <SpaceBetween key={mode} direction="horizontal" size="xs" alignItems="center">
                  <span>{`${modeNames[mode]}: ${assets.some(isHere) ? text.hasImage : text.noImage}`}</span>
                  <FileButton
                    label={text.upload(name, modeNames[mode])}
                    accept={
                      place === "FAVICON_ICO"
                        ? ".ico"
                        : place === "FAVICON_SVG"
                          ? ".svg"
                          : ".png,.jpg,.jpeg,.svg"
                    }
                    onFile={async (file) => {
                      const Bytes = new Uint8Array(await file.arrayBuffer());
                      const added = {
                        Category: place,
                        ColorMode: mode,
                        Extension: extensionOf(file.name),
                        Bytes,
                      } satisfies AssetType;
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
        ))}
      </SpaceBetween>
    </Container>
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
