/** Setting up a second factor that the pool demands. */
import {
  CodeField,
  Field,
  FootLink,
  Heading,
  HiddenFields,
  NoticeBox,
  PrimaryButton,
} from "../components.tsx";
import type { Texts } from "../languages/index.ts";
import type { Page } from "../render.tsx";
import type { ChallengeModel } from "./challenges.tsx";

export interface AppSetup {
  /** In base32, as it is typed where the code cannot be scanned. */
  readonly secret: string;
  readonly qrCode: QrCode;
}

/** A square of dark and light modules, row by row. */
export interface QrCode {
  readonly size: number;
  readonly isDark: (index: number) => boolean;
}

function QrDrawing({ code: { size, isDark } }: { readonly code: QrCode }) {
  const dark = Array.from({ length: size * size }, (_, index) => index).filter(isDark);
  const path = dark.map((index) => `M${index % size} ${Math.floor(index / size)}h1v1h-1z`).join("");
  return (
    <svg viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges" aria-hidden="true">
      <path d={path} fill="#000" />
    </svg>
  );
}

export function setupAppPage(
  { hidden, notice, restartHref, restartText }: ChallengeModel & { readonly restartText?: string },
  { secret, qrCode }: AppSetup,
  texts: Texts,
): Page {
  const [install, scan, enter] = texts.mfa.setupAuthenticatorSteps;
  return {
    title: texts.mfa.setupAuthenticator,
    content: (
      <>
        <Heading title={texts.mfa.setupAuthenticator} />
        <NoticeBox notice={notice} />
        <form method="post">
          <HiddenFields fields={hidden} />
          <ol>
            <li>{install}</li>
            <li>{scan}</li>
            <li>{enter}</li>
          </ol>
          <div class="qr" role="img" aria-label={texts.mfa.qrCode}>
            <QrDrawing code={qrCode} />
          </div>
          <p class="hint">
            {texts.mfa.secret}
            <span class="key">{grouped(secret)}</span>
          </p>
          <CodeField label={texts.code.label} isInvalid={notice?.kind === "error"} />
          <Field
            name="device_name"
            label={texts.mfa.deviceName}
            required={false}
            maxLength={128}
            aside={<span class="optional">{texts.signUp.optional}</span>}
          />
          <PrimaryButton>{texts.code.submit}</PrimaryButton>
        </form>
        <FootLink href={restartHref}>{restartText ?? texts.error.back}</FootLink>
      </>
    ),
  };
}

/** Four characters at a time are easier to type. */
function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}

/** Asks a user for the address that codes are to be sent to. */
export function setupAddressPage(
  { hidden, notice, restartHref }: ChallengeModel,
  kind: "email" | "phone",
  texts: Texts,
): Page {
  const title = kind === "email" ? texts.mfa.setupEmail : texts.mfa.setupSms;
  const isInvalid = notice?.kind === "error";
  return {
    title,
    content: (
      <>
        <Heading title={title} />
        <NoticeBox notice={notice} />
        <form method="post">
          <HiddenFields fields={hidden} />
          {kind === "email" ? (
            <Field
              name="email"
              label={texts.fields.email}
              inputmode="email"
              autocomplete="email"
              isFirst
              isInvalid={isInvalid}
            />
          ) : (
            <Field
              name="phone_number"
              label={texts.fields.phone}
              type="tel"
              inputmode="tel"
              autocomplete="tel"
              hint={texts.fields.phoneHint}
              isFirst
              isInvalid={isInvalid}
            />
          )}
          <PrimaryButton>{texts.code.submit}</PrimaryButton>
        </form>
        <FootLink href={restartHref}>{texts.error.back}</FootLink>
      </>
    ),
  };
}
