/** The forms of the challenges of a sign-in. */
import type { Appearance, Graphic } from "../appearance.ts";
import {
  CodeField,
  Field,
  FootLink,
  Heading,
  type Hidden,
  HiddenFields,
  type Notice,
  NoticeBox,
  Options,
  PrimaryButton,
} from "../components.tsx";
import { ShowPassword, showPasswordScript } from "../enhancements.tsx";
import { Glyph, GraphicOf } from "../graphics.tsx";
import type { Texts } from "../languages/index.ts";
import type { Page } from "../render.tsx";
import { type AttributeField, AttributeFields } from "./attributes.tsx";
import { passkeySignInScript } from "./passkey-scripts.ts";

/** The properties that the forms of all challenges share. */
export interface ChallengeModel {
  readonly hidden: Hidden;
  readonly notice: Notice | undefined;
  /** Where the sign-in begins again. */
  readonly restartHref: string;
}

function Restart({ href, texts }: { readonly href: string; readonly texts: Texts }) {
  return <FootLink href={href}>{texts.error.back}</FootLink>;
}

export function newPasswordPage(
  { hidden, notice, restartHref }: ChallengeModel,
  attributes: readonly AttributeField[],
  texts: Texts,
): Page {
  return {
    title: texts.newPassword.title,
    script: showPasswordScript,
    content: (
      <>
        <Heading title={texts.newPassword.title} subtitle={texts.newPassword.subtitle} />
        <NoticeBox notice={notice} />
        <form method="post">
          <HiddenFields fields={hidden} />
          <NewPasswordFields texts={texts} isInvalid={notice?.kind === "error"} isFirst />
          <ShowPassword texts={texts} />
          <AttributeFields attributes={attributes} texts={texts} />
          <PrimaryButton>{texts.newPassword.submit}</PrimaryButton>
        </form>
        <Restart href={restartHref} texts={texts} />
      </>
    ),
  };
}

export function NewPasswordFields({
  texts,
  isInvalid,
  isFirst,
}: {
  readonly texts: Texts;
  readonly isInvalid: boolean;
  readonly isFirst?: boolean;
}) {
  return (
    <>
      <Field
        name="new_password"
        label={texts.fields.newPassword}
        type="password"
        autocomplete="new-password"
        isFirst={isFirst}
        isInvalid={isInvalid}
      />
      <Field
        name="confirm_password"
        label={texts.fields.confirmPassword}
        type="password"
        autocomplete="new-password"
        isInvalid={isInvalid}
      />
    </>
  );
}

export interface CodeModel {
  /** Where the code comes from. */
  readonly sentence: string;
  readonly graphic: Graphic;
  /** Whether another code can be sent. */
  readonly isResendable: boolean;
  /** Whether the user is asked to have this browser remembered. */
  readonly asksToRemember: boolean;
}

/** Asks for a code. */
export function codePage(
  { hidden, notice, restartHref }: ChallengeModel,
  { sentence, graphic, isResendable, asksToRemember }: CodeModel,
  texts: Texts,
  appearance: Appearance,
): Page {
  return {
    title: texts.code.title,
    content: (
      <>
        <Glyph graphic={graphic} appearance={appearance} />
        <div class="centered">
          <Heading title={texts.code.title} subtitle={sentence} />
        </div>
        <NoticeBox notice={notice} />
        <form method="post">
          <HiddenFields fields={hidden} />
          <CodeField label={texts.code.label} isInvalid={notice?.kind === "error"} />
          {asksToRemember && <RememberDevice texts={texts} />}
          <PrimaryButton>{texts.code.submit}</PrimaryButton>
          {isResendable && (
            <button type="submit" class="plain" name="resend" value="1" formnovalidate>
              {texts.code.resend}
            </button>
          )}
        </form>
        <Restart href={restartHref} texts={texts} />
      </>
    ),
  };
}

function RememberDevice({ texts }: { readonly texts: Texts }) {
  return (
    <label class="check">
      <input type="checkbox" name="remember_device" value="1" />
      {texts.mfa.rememberDevice}
    </label>
  );
}

/** Asks for one of several second factors or ways to sign in. */
export function choicePage(
  { hidden, notice, restartHref }: ChallengeModel,
  {
    title,
    legend,
    options,
  }: {
    readonly title: string;
    readonly legend: string;
    readonly options: readonly FactorOption[];
  },
  texts: Texts,
  appearance: Appearance,
): Page {
  return {
    title,
    content: (
      <>
        <Heading title={title} />
        <NoticeBox notice={notice} />
        <form method="post">
          <HiddenFields fields={hidden} />
          <FactorOptions legend={legend} options={options} appearance={appearance} />
          <PrimaryButton>{texts.code.submit}</PrimaryButton>
        </form>
        <Restart href={restartHref} texts={texts} />
      </>
    ),
  };
}

/** A way to sign in that can be chosen. */
export interface FactorOption {
  readonly value: string;
  readonly label: string;
  readonly graphic: Graphic;
}

export function FactorOptions({
  legend,
  options,
  appearance,
}: {
  readonly legend: string;
  readonly options: readonly FactorOption[];
  readonly appearance: Appearance;
}) {
  const drawn = options.map(({ value, label, graphic }) => ({
    value,
    label,
    drawing: <GraphicOf graphic={graphic} appearance={appearance} />,
  }));
  return <Options name="factor" legend={legend} options={drawn} />;
}

/** The password of a user who has given the name. */
export function passwordPage(
  { hidden, notice, restartHref }: ChallengeModel,
  {
    username,
    forgotPasswordHref,
  }: { readonly username: string; readonly forgotPasswordHref: string | undefined },
  texts: Texts,
): Page {
  return {
    title: texts.choice.passwordTitle,
    script: showPasswordScript,
    content: (
      <>
        <Heading title={texts.choice.passwordTitle} subtitle={username} />
        <NoticeBox notice={notice} />
        <form method="post">
          <HiddenFields fields={hidden} />
          <Field
            name="password"
            label={texts.fields.password}
            type="password"
            autocomplete="current-password"
            isFirst
            isInvalid={notice?.kind === "error"}
            aside={forgotPasswordHref && <a href={forgotPasswordHref}>{texts.signIn.forgotPassword}</a>}
          />
          <ShowPassword texts={texts} />
          <PrimaryButton>{texts.signIn.submit}</PrimaryButton>
        </form>
        <Restart href={restartHref} texts={texts} />
      </>
    ),
  };
}

/** @param options JSON for `navigator.credentials.get` */
export function passkeyPage(
  { hidden, notice, restartHref }: ChallengeModel,
  options: string,
  texts: Texts,
  appearance: Appearance,
): Page {
  return {
    title: texts.passkey.signInTitle,
    script: passkeySignInScript,
    content: (
      <>
        <Glyph graphic="passkey" appearance={appearance} />
        <div class="centered">
          <Heading title={texts.passkey.signInTitle} subtitle={texts.passkey.signInSubtitle} />
        </div>
        <NoticeBox notice={notice} />
        <PasskeyFailure texts={texts} />
        <form method="post" id="passkey" data-options={options}>
          <HiddenFields fields={hidden} />
          <input type="hidden" name="credential" value="" />
          <PrimaryButton>{texts.passkey.signInSubmit}</PrimaryButton>
        </form>
        <FootLink href={restartHref}>{texts.choice.otherWay}</FootLink>
      </>
    ),
  };
}

/** Shown by the script after a refusal of the authenticator, and by the browser where no script runs. */
export function PasskeyFailure({ texts }: { readonly texts: Texts }) {
  return (
    <>
      <div class="alert error" id="passkey-failed" role="alert" hidden>
        <p>{texts.passkey.failed}</p>
      </div>
      <noscript>
        <div class="alert info" role="status">
          <p>{texts.passkey.needsScript}</p>
        </div>
      </noscript>
    </>
  );
}

/** A question of the pool's own functions. */
export function customChallengePage(
  { hidden, notice, restartHref }: ChallengeModel,
  facts: readonly (readonly [name: string, value: string])[],
  texts: Texts,
): Page {
  return {
    title: texts.challenge.title,
    content: (
      <>
        <Heading title={texts.challenge.title} />
        <NoticeBox notice={notice} />
        {facts.length > 0 && (
          <dl class="facts">
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        <form method="post">
          <HiddenFields fields={hidden} />
          <Field name="answer" label={texts.challenge.answer} isFirst isInvalid={notice?.kind === "error"} />
          <PrimaryButton>{texts.code.submit}</PrimaryButton>
        </form>
        <Restart href={restartHref} texts={texts} />
      </>
    ),
  };
}
