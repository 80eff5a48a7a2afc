import type { Appearance } from "../appearance.ts";
import {
  Divider,
  Field,
  Heading,
  type Hidden,
  HiddenFields,
  type Notice,
  NoticeBox,
  PrimaryButton,
} from "../components.tsx";
import { passwordScript, ShowPassword } from "../enhancements.tsx";
import { OrganizationIcon } from "../icons.tsx";
import type { Texts } from "../languages/index.ts";
import { Picture } from "../layout.tsx";
import type { Page } from "../render.tsx";
import { type NameForm, nameField, namePlaceholder } from "./names.ts";

/** An identity provider that the client's users can sign in with. */
interface ProviderButton {
  /** As in `identity_provider`. */
  readonly name: string;
  readonly href: string;
}

interface SignInModel {
  readonly hidden: Hidden;
  readonly notice: Notice | undefined;
  readonly username: string;
  readonly nameForm: NameForm;
  readonly providers: readonly ProviderButton[];
  /** Where an organization is found by an e-mail address. */
  readonly ssoHref: string | undefined;
  /** Undefined where users of the pool itself cannot sign in. */
  readonly local:
    | {
        /** Where the form is sent. */
        readonly action: string;
        /** Whether the password is asked for on the same page as the name. */
        readonly asksForPassword: boolean;
        readonly forgotPasswordHref: string | undefined;
        readonly signUpHref: string | undefined;
      }
    | undefined;
  /** Of a browser whose user is signed in. */
  readonly session: { readonly name: string; readonly continueHref: string } | undefined;
  /** Not in a preview: it would take the focus from the page around it, and scroll that page. */
  readonly takesFocus: boolean;
}

export function signInPage(model: SignInModel, texts: Texts, appearance: Appearance): Page {
  const { notice, providers, ssoHref, local, session } = model;
  const { isLocalFirst = false, isClassic = false } = appearance;
  const names = isClassic ? CLASSIC_NAMES : undefined;
  const hasProviders = providers.length > 0 || ssoHref !== undefined;
  const localForm = local && <LocalForm {...model} local={local} texts={texts} names={names} />;
  const providerButtons = hasProviders && (
    <ProviderButtons providers={providers} ssoHref={ssoHref} texts={texts} appearance={appearance} />
  );
  return {
    title: texts.signIn.title,
    script: local?.asksForPassword ? passwordScript(isClassic) : undefined,
    classicCards: "signIn",
    content: (
      <>
        <Heading title={texts.signIn.title} subtitle={texts.signIn.subtitle} />
        <NoticeBox notice={notice} id={names?.notice} />
        {session && (
          <div class="stack">
            <p class="subtitle">{texts.signIn.signedInAs(session.name)}</p>
            <a class="button secondary" href={session.continueHref}>
              {texts.signIn.continueSession}
            </a>
          </div>
        )}
        {session && local && <Divider text={texts.signIn.asAnotherUser} />}
        {isLocalFirst ? localForm : providerButtons}
        {hasProviders && local && <Divider text={texts.signIn.or} />}
        {isLocalFirst ? providerButtons : localForm}
        {local?.signUpHref && (
          <p class="foot redirect-customizable">
            {texts.signIn.noAccount} <a href={local.signUpHref}>{texts.signIn.createAccount}</a>
          </p>
        )}
      </>
    ),
  };
}

interface ProviderButtonsProps extends Pick<SignInModel, "providers" | "ssoHref"> {
  readonly texts: Texts;
  readonly appearance: Appearance;
}

function ProviderButtons({ providers, ssoHref, texts, appearance }: ProviderButtonsProps) {
  return (
    <div class="stack">
      {inOrder(providers, appearance.providerOrder ?? []).map(({ name, href }) => {
        const icon = appearance.providerIcons?.get(name);
        return (
          <a
            class="button secondary provider idpButton-customizable socialButton-customizable"
            href={href}
            key={name}
          >
            {icon && <Picture image={icon} appearance={appearance} />}
            {texts.providers.continueWith(BRAND_NAMES.get(name) ?? name)}
          </a>
        );
      })}
      {ssoHref && (
        <a class="button secondary provider idpButton-customizable" href={ssoHref}>
          <OrganizationIcon />
          {texts.providers.sso}
        </a>
      )}
    </div>
  );
}

function inOrder(providers: readonly ProviderButton[], order: readonly string[]): readonly ProviderButton[] {
  const placeOf = ({ name }: ProviderButton) => (order.includes(name) ? order.indexOf(name) : order.length);
  return [...providers].sort((a, b) => placeOf(a) - placeOf(b));
}

/** The names on Cognito's classic page, by which browser tests and scripts find what they fill in. */
const CLASSIC_NAMES = {
  form: "cognitoSignInForm",
  formClass: "cognito-asf",
  username: "signInFormUsername",
  password: "signInFormPassword",
  notice: "loginErrorMessage",
} as const;

type LocalFormProps = Pick<SignInModel, "hidden" | "notice" | "username" | "nameForm" | "takesFocus"> & {
  readonly local: NonNullable<SignInModel["local"]>;
  readonly texts: Texts;
  /** Of the classic page. */
  readonly names: typeof CLASSIC_NAMES | undefined;
};

function LocalForm({ hidden, notice, username, nameForm, takesFocus, local, texts, names }: LocalFormProps) {
  const isInvalid = notice?.kind === "error";
  const hasName = username !== "";
  const submit = local.asksForPassword ? texts.signIn.submit : texts.signIn.next;
  return (
    // Scripts read the address before the name.
    <form action={names && local.action} method="post" name={names?.form} class={names?.formClass}>
      <HiddenFields fields={hidden} />
      <Field
        {...nameField(nameForm, texts)}
        id={names?.username}
        noticeId={names?.notice}
        placeholder={names && namePlaceholder(nameForm, texts)}
        value={username}
        autocomplete={local.asksForPassword ? "username" : "username webauthn"}
        isFirst={takesFocus && (!hasName || !local.asksForPassword)}
        isInvalid={isInvalid}
      />
      {local.asksForPassword && (
        <Field
          name="password"
          id={names?.password}
          noticeId={names?.notice}
          placeholder={names && texts.fields.password}
          label={texts.fields.password}
          type="password"
          autocomplete="current-password"
          isFirst={takesFocus && hasName}
          isInvalid={isInvalid}
          aside={
            local.forgotPasswordHref && <a href={local.forgotPasswordHref}>{texts.signIn.forgotPassword}</a>
          }
        />
      )}
      {local.asksForPassword && <ShowPassword texts={texts} />}
      {names ? (
        <input
          name="signInSubmitButton"
          // The capitalization is that of the classic page.
          type={"Submit" as "submit"}
          value={submit}
          // Tests of English pages find it by this name; in other languages the value names it.
          aria-label={texts.tag === "en" ? "submit" : undefined}
          class="btn btn-primary submitButton-customizable"
        />
      ) : (
        <PrimaryButton name="signInSubmitButton">{submit}</PrimaryButton>
      )}
    </form>
  );
}

/** Of the providers that a pool has under another name. */
const BRAND_NAMES: ReadonlyMap<string, string> = new Map([
  ["LoginWithAmazon", "Amazon"],
  ["SignInWithApple", "Apple"],
]);

export interface SsoModel {
  readonly hidden: Hidden;
  readonly notice: Notice | undefined;
  readonly email: string;
  readonly backHref: string;
}

/** Asks for the e-mail address whose domain finds an organization's provider. */
export function ssoPage({ hidden, notice, email, backHref }: SsoModel, texts: Texts): Page {
  return {
    title: texts.providers.ssoTitle,
    content: (
      <>
        <Heading title={texts.providers.ssoTitle} subtitle={texts.providers.ssoSubtitle} />
        <NoticeBox notice={notice} />
        <form method="post">
          <HiddenFields fields={hidden} />
          <Field
            name="email"
            label={texts.fields.email}
            inputmode="email"
            value={email}
            autocomplete="email"
            isFirst
            isInvalid={notice?.kind === "error"}
          />
          <PrimaryButton>{texts.signIn.next}</PrimaryButton>
        </form>
        <p class="foot redirect-customizable">
          <a href={backHref}>{texts.forgotPassword.back}</a>
        </p>
      </>
    ),
  };
}
