/**
 * The page on which users manage their own account. It is an addition, as AWS's pages have none. Every form names its
 * action in `action`; `src/oauth/account` runs it.
 */
import { Field, Heading, HiddenFields, NoticeBox, PrimaryButton } from "../../components.tsx";
import { ShowPassword, showPasswordScript } from "../../enhancements.tsx";
import type { Texts } from "../../languages/index.ts";
import type { Page } from "../../render.tsx";
import { type AttributeField, AttributeFields, attributeLabel } from "../attributes.tsx";
import type { AccountModel, FactorState } from "./model.ts";
import { ActionButton, ItemRows, Row, Section } from "./parts.tsx";
import { accountStyle } from "./style.ts";

interface Props {
  readonly model: AccountModel;
  readonly texts: Texts;
}

export function accountPage(model: AccountModel, texts: Texts): Page {
  return {
    title: texts.account.title,
    css: accountStyle,
    script: model.signInAgainHref === undefined ? showPasswordScript : undefined,
    content: (
      <div class="account">
        <div class="account-head">
          <div>
            <Heading title={texts.account.title} subtitle={texts.signIn.signedInAs(model.name)} />
          </div>
          <ActionButton hidden={model.hidden} action="sign_out" label={texts.account.signOut} />
        </div>
        <NoticeBox notice={model.notice} />
        {model.signInAgainHref !== undefined && (
          <div class="alert info">
            <p>
              {texts.account.signInAgain}{" "}
              <a href={model.signInAgainHref}>{texts.account.signInAgainAction}</a>
            </p>
          </div>
        )}
        <Profile model={model} texts={texts} />
        <Password model={model} texts={texts} />
        <Factors model={model} texts={texts} />
        <Passkeys model={model} texts={texts} />
        <Devices model={model} texts={texts} />
        <Sessions model={model} texts={texts} />
        <Data model={model} texts={texts} />
        <Deletion model={model} texts={texts} />
      </div>
    ),
  };
}

const COMMON: ReadonlySet<string> = new Set(["name", "given_name", "family_name", "email", "phone_number"]);

/** Whether a field is always visible. An empty, optional and seldom used attribute is shown after a click on "More details". */
function isShownFirst({ attribute, value, required }: AttributeField): boolean {
  return required || Boolean(value) || COMMON.has(attribute);
}

function Profile({ model: { attributes, addresses, hidden }, texts }: Props) {
  const { account } = texts;
  return (
    <Section title={account.profile}>
      {attributes.length > 0 && (
        <form method="post" class="two-columns">
          <HiddenFields fields={{ ...hidden, action: "attributes" }} />
          <AttributeFields attributes={attributes.filter(isShownFirst)} texts={texts} />
          {attributes.some((field) => !isShownFirst(field)) && (
            <details>
              <summary>{account.moreDetails}</summary>
              <div class="two-columns">
                <AttributeFields
                  attributes={attributes.filter((field) => !isShownFirst(field))}
                  texts={texts}
                />
              </div>
            </details>
          )}
          <PrimaryButton>{account.save}</PrimaryButton>
        </form>
      )}
      <ul class="rows">
        {addresses.map(({ attribute, value, isVerified }) => (
          <Row
            key={attribute}
            title={attributeLabel(attribute, texts)}
            detail={
              <>
                <bdi>{value}</bdi>{" "}
                <span class={isVerified ? "badge good" : "badge"}>
                  {isVerified ? account.verified : account.notVerified}
                </span>
              </>
            }
          >
            {!isVerified && (
              <ActionButton
                hidden={hidden}
                action="send_code"
                values={{ attribute }}
                label={account.sendCode}
                about={value}
              />
            )}
          </Row>
        ))}
      </ul>
      {addresses
        .filter(({ isVerified }) => !isVerified)
        .map(({ attribute, value }) => (
          <form method="post" class="one-line" key={attribute}>
            <HiddenFields fields={{ ...hidden, action: "verify", attribute }} />
            <div class="field">
              <label class="label" for={`code-${attribute}`}>
                {account.codeFor(value)}
              </label>
              <input
                id={`code-${attribute}`}
                name="code"
                type="text"
                inputmode="numeric"
                autocomplete="one-time-code"
                required
                maxLength={16}
              />
            </div>
            <button type="submit" class="secondary">
              {account.verify}
            </button>
          </form>
        ))}
    </Section>
  );
}

function Password({ model: { password, hidden, name, signInAgainHref }, texts }: Props) {
  if (password === "none" || signInAgainHref !== undefined) return null;
  return (
    <Section title={texts.fields.password}>
      <form method="post">
        <HiddenFields fields={{ ...hidden, action: "password" }} />
        {/* For password managers. */}
        <input type="text" name="username" value={name} autocomplete="username" readOnly hidden />
        {password === "set" && (
          <Field
            name="previous_password"
            label={texts.account.currentPassword}
            type="password"
            autocomplete="current-password"
          />
        )}
        <Field
          name="new_password"
          label={texts.fields.newPassword}
          type="password"
          autocomplete="new-password"
        />
        <Field
          name="confirm_password"
          label={texts.fields.confirmPassword}
          type="password"
          autocomplete="new-password"
        />
        <ShowPassword texts={texts} />
        <PrimaryButton>{texts.forgotPassword.resetSubmit}</PrimaryButton>
      </form>
    </Section>
  );
}

function Factors({ model: { factors, passkeyMfa, hidden, signInAgainHref }, texts }: Props) {
  if (factors.length === 0) return null;
  const { account, mfa } = texts;
  const button = ({ factor, isOn, canTurnOn }: FactorState) => {
    if (signInAgainHref !== undefined) return null;
    const about = mfa.factors[factor];
    const shared = { hidden, values: { factor }, about };
    if (isOn) return <ActionButton {...shared} action="factor_off" label={account.turnOff} />;
    if (canTurnOn) return <ActionButton {...shared} action="factor_on" label={account.turnOn} />;
    if (factor !== "SOFTWARE_TOKEN_MFA") return null;
    return <ActionButton {...shared} action="app_start" label={account.setUp} />;
  };
  return (
    <Section title={account.mfa} text={account.mfaText}>
      <ul class="rows">
        {factors.map((state) => (
          <Row
            key={state.factor}
            title={
              <>
                {mfa.factors[state.factor]}
                {state.isPreferred && <span class="badge good">{account.preferred}</span>}
              </>
            }
            detail={state.isOn ? account.on : account.off}
          >
            {state.isOn && !state.isPreferred && signInAgainHref === undefined && (
              <ActionButton
                hidden={hidden}
                action="factor_prefer"
                values={{ factor: state.factor }}
                label={account.prefer}
                about={mfa.factors[state.factor]}
                className="plain"
              />
            )}
            {button(state)}
          </Row>
        ))}
        {passkeyMfa && (
          <Row title={account.passkeyMfa} detail={passkeyMfa.isOn ? account.on : account.off}>
            {signInAgainHref === undefined && (passkeyMfa.isOn || passkeyMfa.canTurnOn) && (
              <ActionButton
                hidden={hidden}
                action={passkeyMfa.isOn ? "passkey_mfa_off" : "passkey_mfa_on"}
                label={passkeyMfa.isOn ? account.turnOff : account.turnOn}
                about={account.passkeyMfa}
              />
            )}
          </Row>
        )}
      </ul>
    </Section>
  );
}

function Passkeys({ model: { passkeys, hidden, timeZone, signInAgainHref }, texts }: Props) {
  if (passkeys === undefined) return null;
  const canChange = signInAgainHref === undefined;
  return (
    <Section title={texts.account.passkeys}>
      <ItemRows
        items={passkeys}
        none={texts.account.noPasskeys}
        timeZone={timeZone}
        texts={texts}
        action={
          canChange
            ? ({ id }, name) => (
                <ActionButton
                  hidden={hidden}
                  action="passkey_remove"
                  values={{ id }}
                  label={texts.account.remove}
                  about={name}
                />
              )
            : undefined
        }
      />
      {canChange && <ActionButton hidden={hidden} action="passkey_start" label={texts.passkey.addTitle} />}
    </Section>
  );
}

function Devices({ model: { devices, hidden, timeZone }, texts }: Props) {
  if (devices === undefined) return null;
  return (
    <Section title={texts.account.devices} text={texts.account.devicesText}>
      <ItemRows
        items={devices}
        none={texts.account.noDevices}
        timeZone={timeZone}
        texts={texts}
        action={({ id }, name) => (
          <ActionButton
            hidden={hidden}
            action="device_forget"
            values={{ id }}
            label={texts.account.remove}
            about={name}
          />
        )}
      />
    </Section>
  );
}

function Sessions({ model: { sessions, hidden, timeZone }, texts }: Props) {
  const { account } = texts;
  return (
    <Section title={account.sessions} text={account.sessionsText}>
      {sessions && (
        <ItemRows
          items={sessions}
          none={account.noSessions}
          timeZone={timeZone}
          texts={texts}
          action={({ id, isCurrent }, name) =>
            // Ending it is what "Sign out" does.
            isCurrent ? null : (
              <ActionButton
                hidden={hidden}
                action="session_end"
                values={{ id }}
                label={account.end}
                about={name}
              />
            )
          }
        />
      )}
      <ActionButton hidden={hidden} action="sign_out_everywhere" label={account.signOutEverywhere} />
    </Section>
  );
}

function Data({ model: { dataHref }, texts: { account } }: Props) {
  return (
    <Section title={account.data} text={account.dataText}>
      <a class="button secondary" href={dataHref} download>
        {account.download}
      </a>
    </Section>
  );
}

function Deletion({ model: { name, hidden, signInAgainHref }, texts: { account } }: Props) {
  if (signInAgainHref !== undefined) return null;
  return (
    <Section title={account.deletion} text={account.deletionText}>
      <form method="post">
        <HiddenFields fields={{ ...hidden, action: "delete" }} />
        <Field name="confirm_name" label={account.typeToConfirm(name)} />
        <button type="submit" class="danger">
          {account.deletion}
        </button>
      </form>
    </Section>
  );
}
