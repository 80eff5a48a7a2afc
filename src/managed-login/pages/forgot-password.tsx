import type { Appearance } from "../appearance.ts";
import {
  CodeField,
  Field,
  FootLink,
  Heading,
  type Hidden,
  HiddenFields,
  type Notice,
  NoticeBox,
  PrimaryButton,
} from "../components.tsx";
import { ShowPassword, showPasswordScript } from "../enhancements.tsx";
import type { Texts } from "../languages/index.ts";
import type { Page } from "../render.tsx";
import { NewPasswordFields } from "./challenges.tsx";
import { type NameForm, nameField } from "./names.ts";

export interface ForgotPasswordModel {
  readonly hidden: Hidden;
  readonly notice: Notice | undefined;
  readonly username: string;
  readonly nameForm: NameForm;
  readonly signInHref: string;
}

export function forgotPasswordPage(
  { hidden, notice, username, nameForm, signInHref }: ForgotPasswordModel,
  texts: Texts,
): Page {
  return {
    title: texts.forgotPassword.title,
    content: (
      <>
        <Heading title={texts.forgotPassword.title} subtitle={texts.forgotPassword.subtitle} />
        <NoticeBox notice={notice} />
        <form method="post">
          <HiddenFields fields={hidden} />
          <Field
            {...nameField(nameForm, texts)}
            value={username}
            autocomplete="username"
            isFirst
            isInvalid={notice?.kind === "error"}
          />
          <PrimaryButton>{texts.forgotPassword.submit}</PrimaryButton>
        </form>
        <FootLink href={signInHref}>{texts.forgotPassword.back}</FootLink>
      </>
    ),
  };
}

export interface ResetPasswordModel {
  readonly hidden: Hidden;
  readonly notice: Notice | undefined;
  /** Password managers keep the new password for it. */
  readonly username: string;
  readonly destination: string | undefined;
  readonly resendHref: string;
  readonly signInHref: string;
  /** What the notice is about. */
  readonly invalid: "code" | "password" | undefined;
}

export function resetPasswordPage(
  { hidden, notice, username, destination, resendHref, signInHref, invalid }: ResetPasswordModel,
  texts: Texts,
  { isClassic = false }: Pick<Appearance, "isClassic">,
): Page {
  return {
    title: texts.forgotPassword.resetTitle,
    script: showPasswordScript,
    content: (
      <>
        <Heading
          title={texts.forgotPassword.resetTitle}
          subtitle={destination === undefined ? undefined : texts.code.sentTo(destination)}
        />
        <NoticeBox notice={notice} />
        <form method="post">
          <HiddenFields fields={hidden} />
          <input type="text" name="username" autocomplete="username" value={username} hidden readonly />
          <CodeField
            id={isClassic ? "forgot_password_code" : undefined}
            label={texts.code.label}
            isInvalid={invalid === "code"}
          />
          <NewPasswordFields texts={texts} isInvalid={invalid === "password"} />
          <ShowPassword texts={texts} />
          <PrimaryButton>{texts.forgotPassword.resetSubmit}</PrimaryButton>
          <button type="submit" class="plain" formaction={resendHref} formnovalidate>
            {texts.code.resend}
          </button>
        </form>
        <FootLink href={signInHref}>{texts.forgotPassword.back}</FootLink>
      </>
    ),
  };
}
