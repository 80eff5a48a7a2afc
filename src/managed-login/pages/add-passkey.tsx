import type { Appearance } from "../appearance.ts";
import { Heading, type Hidden, HiddenFields, type Notice, NoticeBox, PrimaryButton } from "../components.tsx";
import { Glyph } from "../graphics.tsx";
import type { Texts } from "../languages/index.ts";
import type { Page } from "../render.tsx";
import { PasskeyFailure } from "./challenges.tsx";
import { passkeyRegistrationScript } from "./passkey-scripts.ts";

interface AddPasskeyModel {
  readonly hidden: Hidden;
  readonly notice: Notice | undefined;
  readonly action: string;
  /** JSON for `navigator.credentials.create`. */
  readonly options: string;
}

export function addPasskeyPage(
  { hidden, notice, action, options }: AddPasskeyModel,
  texts: Texts,
  appearance: Appearance,
): Page {
  return {
    title: texts.passkey.addTitle,
    script: passkeyRegistrationScript,
    content: (
      <>
        <Glyph graphic="passkey" appearance={appearance} />
        <div class="centered">
          <Heading title={texts.passkey.addTitle} subtitle={texts.passkey.addSubtitle} />
        </div>
        <NoticeBox notice={notice} />
        <PasskeyFailure texts={texts} />
        <form method="post" id="passkey" action={action} data-options={options}>
          <HiddenFields fields={hidden} />
          <input type="hidden" name="credential" value="" />
          <PrimaryButton>{texts.passkey.addSubmit}</PrimaryButton>
          <button type="submit" class="plain" name="skip" value="1">
            {texts.passkey.skip}
          </button>
        </form>
      </>
    ),
  };
}
