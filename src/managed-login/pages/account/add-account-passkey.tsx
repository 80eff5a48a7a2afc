import {
  FootLink,
  Heading,
  type Hidden,
  HiddenFields,
  type Notice,
  NoticeBox,
  PrimaryButton,
} from "../../components.tsx";
import type { Texts } from "../../languages/index.ts";
import type { Page } from "../../render.tsx";
import { PasskeyFailure } from "../challenges.tsx";
import { passkeyRegistrationScript } from "../passkey-scripts.ts";

export interface AccountStep {
  readonly hidden: Hidden;
  readonly notice: Notice | undefined;
  readonly backHref: string;
}

/** Registers a passkey from the account page. @param options JSON of `CredentialCreationOptions` */
export function accountPasskeyPage(
  { hidden, notice, backHref }: AccountStep,
  options: string,
  texts: Texts,
): Page {
  return {
    title: texts.passkey.addTitle,
    script: passkeyRegistrationScript,
    content: (
      <>
        <Heading title={texts.passkey.addTitle} subtitle={texts.passkey.addSubtitle} />
        <NoticeBox notice={notice} />
        <PasskeyFailure texts={texts} />
        <form method="post" id="passkey" data-options={options}>
          <HiddenFields fields={{ ...hidden, action: "passkey_finish" }} />
          <input type="hidden" name="credential" value="" />
          <PrimaryButton>{texts.passkey.addSubmit}</PrimaryButton>
        </form>
        <FootLink href={backHref}>{texts.account.back}</FootLink>
      </>
    ),
  };
}
