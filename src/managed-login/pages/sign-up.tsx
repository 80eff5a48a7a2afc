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
import { passwordScript, ShowPassword } from "../enhancements.tsx";
import type { Texts } from "../languages/index.ts";
import type { Page } from "../render.tsx";
import { type AttributeField, AttributeFields } from "./attributes.tsx";
import { EMAIL_PLACEHOLDER, type NameForm, nameField, namePlaceholder } from "./names.ts";

export interface SignUpModel {
  readonly hidden: Hidden;
  readonly notice: Notice | undefined;
  readonly username: string;
  readonly nameForm: NameForm;
  readonly attributes: readonly AttributeField[];
  readonly allowsNoPassword: boolean;
  /** Undefined unless the client has both documents. */
  readonly terms: { readonly termsOfUse: string; readonly privacyPolicy: string } | undefined;
  readonly signInHref: string;
}

export function signUpPage(
  model: SignUpModel,
  texts: Texts,
  { isClassic = false }: Pick<Appearance, "isClassic">,
): Page {
  const { hidden, notice, username, nameForm, attributes, allowsNoPassword, terms, signInHref } = model;
  const isInvalid = notice?.kind === "error";
  // The other names are for confirmed users.
  const ownName: NameForm = nameForm.kind === "username" ? { kind: "username", aliases: [] } : nameForm;
  return {
    title: texts.signUp.title,
    script: passwordScript(isClassic),
    classicCards: "signUp",
    content: (
      <>
        <Heading title={texts.signUp.title} subtitle={texts.signUp.subtitle} />
        <NoticeBox notice={notice} />
        <form
          method="post"
          name={isClassic ? "signupform" : undefined}
          class={isClassic ? "cognito-asf" : undefined}
        >
          <HiddenFields fields={hidden} />
          <Field
            {...nameField(ownName, texts)}
            placeholder={isClassic ? namePlaceholder(ownName, texts) : undefined}
            value={username}
            autocomplete="username"
            hint={nameForm.kind === "phone" ? texts.fields.phoneHint : undefined}
            isFirst
            isInvalid={isInvalid}
          />
          <AttributeFields
            attributes={isClassic ? attributes.map(classicAttribute) : attributes}
            texts={texts}
          />
          <Field
            name="password"
            label={texts.fields.password}
            placeholder={isClassic ? texts.fields.password : undefined}
            type="password"
            autocomplete="new-password"
            required={!allowsNoPassword}
            hint={allowsNoPassword ? texts.signUp.passwordOptional : undefined}
            isInvalid={isInvalid}
          />
          {!isClassic && (
            <Field
              name="confirm_password"
              label={texts.fields.confirmPassword}
              type="password"
              autocomplete="new-password"
              required={!allowsNoPassword}
              isInvalid={isInvalid}
            />
          )}
          <ShowPassword texts={texts} />
          {terms && (
            <p class="terms">
              {texts.signUp.terms("\0terms", "\0privacy").map((part) => {
                if (part === "\0terms")
                  return <TermsLink href={terms.termsOfUse} text={texts.signUp.termsOfUse} />;
                if (part === "\0privacy")
                  return <TermsLink href={terms.privacyPolicy} text={texts.signUp.privacyPolicy} />;
                return part;
              })}
            </p>
          )}
          <PrimaryButton name={isClassic ? "signUpButton" : undefined}>{texts.signUp.submit}</PrimaryButton>
        </form>
        <p class="foot">
          {texts.signUp.haveAccount} <a href={signInHref}>{texts.signUp.signIn}</a>
        </p>
      </>
    ),
  };
}

/** As the classic page names it. */
function classicAttribute(field: AttributeField): AttributeField {
  const { attribute } = field;
  return {
    ...field,
    name: `requiredAttributes[${attribute}]`,
    placeholder: attribute === "email" ? EMAIL_PLACEHOLDER : undefined,
  };
}

/** In a new window, so that the entered values are not lost. */
function TermsLink({ href, text }: { readonly href: string; readonly text: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}

export interface ConfirmModel {
  readonly hidden: Hidden;
  readonly notice: Notice | undefined;
  readonly username: string;
  /** Where the code or the link went; undefined if nothing was sent. */
  readonly destination: string | undefined;
  readonly isLink: boolean;
  readonly resendHref: string;
  readonly signInHref: string;
}

export function confirmPage(
  model: ConfirmModel,
  texts: Texts,
  { isClassic = false }: Pick<Appearance, "isClassic">,
): Page {
  const { hidden, notice, username, destination, isLink, resendHref, signInHref } = model;
  const sent = isLink ? texts.confirm.linkSent : texts.code.sentTo;
  return {
    title: texts.confirm.title,
    content: (
      <>
        <Heading
          title={texts.confirm.title}
          subtitle={destination === undefined ? username : sent(destination)}
        />
        <NoticeBox notice={notice} />
        <form method="post">
          <HiddenFields fields={hidden} />
          {isLink ? (
            <p class="subtitle">{texts.confirm.linkNext}</p>
          ) : (
            <>
              <CodeField
                id={isClassic ? "verification_code" : undefined}
                label={texts.code.label}
                isInvalid={notice?.kind === "error"}
              />
              <PrimaryButton name={isClassic ? "confirm" : undefined}>{texts.confirm.submit}</PrimaryButton>
            </>
          )}
          <button type="submit" class="plain" formaction={resendHref} formnovalidate>
            {texts.confirm.resend}
          </button>
        </form>
        <FootLink href={signInHref}>{texts.error.back}</FootLink>
      </>
    ),
  };
}
