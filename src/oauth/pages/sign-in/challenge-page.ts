/** The page that asks for what a step of a sign-in needs. */
import {
  type Appearance,
  type ChallengeModel,
  choicePage,
  codePage,
  customChallengePage,
  type FactorOption,
  newPasswordPage,
  type Page,
  passkeyPage,
  passwordPage,
  type QrCode,
  setupAddressPage,
  setupAppPage,
  type Texts,
} from "../../../managed-login/index.ts";
import { PageError } from "../../authorization-request.ts";
import { ATTRIBUTE } from "./answers.ts";
import type { ShownStep } from "./shown-step.ts";

export interface ChallengeSetting {
  readonly model: ChallengeModel;
  readonly forgotPasswordHref: string | undefined;
  /** Of the secret that is being set up. */
  readonly qrCode: QrCode | undefined;
  /** Whether the pool leaves it to its users which devices are remembered. */
  readonly asksToRemember: boolean;
}

/** @throws PageError the pages have none for it */
export function challengePage(
  step: ShownStep,
  setting: ChallengeSetting,
  texts: Texts,
  appearance: Appearance,
): Page {
  const { model, forgotPasswordHref, asksToRemember } = setting;
  const { parameters, name } = step;
  switch (step.challenge) {
    case "SELECT_CHALLENGE":
      if (step.chosen === "PASSWORD")
        return passwordPage(model, { username: name, forgotPasswordHref }, texts);
      return choicePage(
        model,
        {
          title: texts.choice.title,
          legend: texts.choice.subtitle,
          options: firstFactorsOf(step).map((factor) => factorOption(factor, texts)),
        },
        texts,
        appearance,
      );
    case "PASSWORD":
      return passwordPage(model, { username: name, forgotPasswordHref }, texts);
    case "NEW_PASSWORD_REQUIRED": {
      const attributes = parseList(parameters.requiredAttributes).map((required) => ({
        attribute: required.slice(ATTRIBUTE.length),
        name: required,
        required: true,
      }));
      return newPasswordPage(model, attributes, texts);
    }
    case "SELECT_MFA_TYPE":
      return choicePage(
        model,
        {
          title: texts.mfa.chooseTitle,
          legend: texts.mfa.chooseSubtitle,
          options: parseList(parameters.MFAS_CAN_CHOOSE).map((factor) => secondFactorOption(factor, texts)),
        },
        texts,
        appearance,
      );
    case "SOFTWARE_TOKEN_MFA":
      return codePage(
        model,
        { sentence: texts.code.authenticator, graphic: "app", isResendable: false, asksToRemember },
        texts,
        appearance,
      );
    case "SMS_MFA":
    case "SMS_OTP":
    case "EMAIL_OTP": {
      const destination = parameters.CODE_DELIVERY_DESTINATION ?? "";
      const sentence = step.challenge === "EMAIL_OTP" ? texts.code.sentByEmail : texts.code.sentBySms;
      return codePage(
        model,
        {
          sentence: sentence(destination),
          graphic: step.challenge === "EMAIL_OTP" ? "email" : "sms",
          isResendable: true,
          // A code as the first factor does not count as a second factor.
          asksToRemember: asksToRemember && step.available === undefined,
        },
        texts,
        appearance,
      );
    }
    case "MFA_SETUP":
      return setupPage(step, setting, texts, appearance);
    case "WEB_AUTHN":
      return passkeyPage(model, parameters.CREDENTIAL_REQUEST_OPTIONS ?? "{}", texts, appearance);
    case "CUSTOM_CHALLENGE":
      return customChallengePage(
        model,
        Object.entries(parameters).filter(([key]) => key !== "USERNAME"),
        texts,
      );
    default:
      throw new PageError(
        `This sign-in needs the step ${step.challenge}, which the sign-in page does not have.`,
      );
  }
}

function setupPage(
  step: ShownStep,
  { model, qrCode }: ChallengeSetting,
  texts: Texts,
  appearance: Appearance,
): Page {
  const { setup } = step;
  if (setup?.secret !== undefined && qrCode !== undefined) {
    return setupAppPage(model, { secret: setup.secret, qrCode }, texts);
  }
  if (setup?.factor === "EMAIL_OTP") return setupAddressPage(model, "email", texts);
  if (setup?.factor === "SMS_MFA") return setupAddressPage(model, "phone", texts);
  return choicePage(
    model,
    {
      title: texts.mfa.setupTitle,
      legend: texts.mfa.setupSubtitle,
      options: factorsToSetUp(step).map((factor) => secondFactorOption(factor, texts)),
    },
    texts,
    appearance,
  );
}

export function factorsToSetUp({ parameters }: ShownStep): readonly string[] {
  return parseList(parameters.MFAS_CAN_SETUP);
}

/** The factors that a choice-based sign-in can begin with. A password is one choice: its proof by SRP is no other for a user. */
export function firstFactorsOf({ available = [] }: ShownStep): readonly string[] {
  return [...new Set(available.map((factor) => (factor === "PASSWORD_SRP" ? "PASSWORD" : factor)))];
}

const GRAPHICS: Readonly<Record<string, FactorOption["graphic"]>> = {
  EMAIL_OTP: "email",
  SMS_OTP: "sms",
  SMS_MFA: "sms",
  SOFTWARE_TOKEN_MFA: "app",
  WEB_AUTHN: "passkey",
};

/** A challenge with its label and graphic in a list of choices. */
export function factorOption(challenge: string, { choice, mfa }: Texts): FactorOption {
  const labels: Readonly<Record<string, string>> = {
    ...mfa.factors,
    ...choice.factors,
    SMS_MFA: choice.factors.SMS_OTP,
  };
  return {
    value: challenge,
    label: labels[challenge] ?? challenge,
    graphic: GRAPHICS[challenge] ?? "password",
  };
}

/** A code by e-mail is called after the address alone where it is one of the second factors. */
function secondFactorOption(factor: string, texts: Texts): FactorOption {
  const labels: Readonly<Record<string, string>> = texts.mfa.factors;
  return { ...factorOption(factor, texts), label: labels[factor] ?? factor };
}

/** Lists in challenge parameters are JSON. */
function parseList(text: string | undefined): readonly string[] {
  return text === undefined ? [] : (JSON.parse(text) as readonly string[]);
}
