import {
  SetUICustomizationCommand,
  type UICustomizationType,
} from "@aws-sdk/client-cognito-identity-provider";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { inPool } from "../../api/aws.ts";
import { base64Of } from "../../api/branding.ts";
import { useAction } from "../../api/load.ts";
import { useFlash } from "../../app/flashes.tsx";
import { useText } from "../../i18n/text.tsx";
import { CodeInput } from "../basics/code-input.tsx";
import { ProblemAlert } from "../basics/problem.tsx";
import { FileButton } from "./login-images.tsx";
import { LoginPreview } from "./login-preview.tsx";

interface Props {
  readonly poolId: string;
  readonly clientId: string;
  readonly look: UICustomizationType;
  readonly onSaved: () => void;
}

/** What SetUICustomization names all app clients by. */
const ALL = "ALL";

/** Edits style sheet and logo of the classic pages. */
export function ClassicLookEditor({ poolId, clientId, look, onSaved }: Props) {
  const text = useText().branding;
  const common = useText().common;
  const show = useFlash();
  const action = useAction();
  const [css, setCss] = useState(look.CSS ?? "");
  const [logo, setLogo] = useState<Uint8Array>();
  const [isForAll, setForAll] = useState(look.ClientId === ALL);
  const preview = useMemo(() => ({ classic: { css, logo: logo && dataUrl(logo) } }), [css, logo]);
  const save = () =>
    action.run(async () => {
      // The operation removes omitted members, and no operation returns the bytes of the current logo.
      const ImageFile = logo ?? (look.ImageUrl === undefined ? undefined : await bytesOf(look.ImageUrl));
      await inPool(poolId, (client) =>
        client.send(
          new SetUICustomizationCommand({
            UserPoolId: poolId,
            ClientId: isForAll ? ALL : clientId,
            ...(css.trim() !== "" && { CSS: css }),
            ...(ImageFile && { ImageFile }),
          }),
        ),
      );
      show("success", text.saved);
      onSaved();
    });
  return (
    <div className="branding-editor">
      <SpaceBetween size="l">
        <FormField label={text.css} description={text.cssHint}>
          <CodeInput value={css} onChange={setCss} />
        </FormField>
        <FormField label={text.logo} description={text.logoHint}>
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <FileButton
              label={text.upload(text.logo, text.classic)}
              accept=".png,.jpg,.jpeg"
              onFile={async (file) => setLogo(new Uint8Array(await file.arrayBuffer()))}
            />
            <span>{logo !== undefined || look.ImageUrl !== undefined ? text.hasImage : text.noImage}</span>
          </SpaceBetween>
        </FormField>
        <Checkbox checked={isForAll} onChange={({ detail }) => setForAll(detail.checked)}>
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

/** @param address on this server, whatever name it is given there */
async function bytesOf(address: string): Promise<Uint8Array> {
  const answer = await fetch(new URL(address).pathname);
  return new Uint8Array(await answer.arrayBuffer());
}
