/** The page that asks for what a step of a sign-in needs. */
import {
  type ChallengeModel,
  choicePage,
  codePage,
  customChallengePage,
  newPasswordPage,
  type Page,
  passkeyPage,
  passwordPage,
  type QrCode,
  setupAppPage,
  setupEmailPage,
  type Texts,
} from "../../managed-login/index.ts";
import { PageError } from "../authorization-request.ts";
import { ATTRIBUTE } from "./answers.ts";
import type { ShownStep } from "./shown-step.ts";

export interface ChallengeSetting {
  readonly model: ChallengeModel;
  readonly forgotPasswordHref: string | undefined;
  /** Of the secret that is being set up. */
  readonly qrCode: QrCode | undefined;
}

/** @throws PageError the pages have none for it */
export function challengePage(step: ShownStep, setting: ChallengeSetting, texts: Texts): Page {
  const { model, forgotPasswordHref } = setting;
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
          options: firstFactorOptions(step, texts),
        },
        texts,
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
          options: secondFactorOptions(parameters.MFAS_CAN_CHOOSE, texts),
        },
        texts,
      );
    case "SOFTWARE_TOKEN_MFA":
      return codePage(model, { sentence: texts.code.authenticator, resendable: false }, texts);
    case "SMS_MFA":
    case "SMS_OTP":
    case "EMAIL_OTP": {
      const destination = parameters.CODE_DELIVERY_DESTINATION ?? "";
      const sentence = step.challenge === "EMAIL_OTP" ? texts.code.sentByEmail : texts.code.sentBySms;
      return codePage(
        model,
        { sentence: sentence(destination), resendable: step.available !== undefined },
        texts,
      );
    }
    case "MFA_SETUP":
      return setupPage(step, setting, texts);
    case "WEB_AUTHN":
      return passkeyPage(model, parameters.CREDENTIAL_REQUEST_OPTIONS ?? "{}", texts);
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

function setupPage(step: ShownStep, { model, qrCode }: ChallengeSetting, texts: Texts): Page {
  const { setup } = step;
  if (setup?.secret !== undefined && qrCode !== undefined) {
    return setupAppPage(model, { secret: setup.secret, qrCode }, texts);
  }
  if (setup?.factor === "EMAIL_OTP") return setupEmailPage(model, texts);
  return choicePage(
    model,
    {
      title: texts.mfa.setupTitle,
      legend: texts.mfa.setupSubtitle,
      options: secondFactorOptions(JSON.stringify(factorsToSetUp(step)), texts),
    },
    texts,
  );
}

/** An SMS factor needs a phone number, which only an administrator can add here. */
export function factorsToSetUp({ parameters }: ShownStep): readonly string[] {
  return parseList(parameters.MFAS_CAN_SETUP).filter((factor) => factor !== "SMS_MFA");
}

/** What a choice-based sign-in can begin with, as a person chooses: that a password can be proved by SRP is not for them. */
export function firstFactorsOf({ available = [] }: ShownStep): readonly string[] {
  return [...new Set(available.map((factor) => (factor === "PASSWORD_SRP" ? "PASSWORD" : factor)))];
}

function firstFactorOptions(step: ShownStep, { choice: { factors } }: Texts) {
  return firstFactorsOf(step).map(
    (factor) => [factor, (factors as Readonly<Record<string, string>>)[factor] ?? factor] as const,
  );
}

function secondFactorOptions(list: string | undefined, { mfa: { factors } }: Texts) {
  return parseList(list).map(
    (factor) => [factor, (factors as Readonly<Record<string, string>>)[factor] ?? factor] as const,
  );
}

/** Lists in challenge parameters are JSON. */
function parseList(text: string | undefined): readonly string[] {
  return text === undefined ? [] : (JSON.parse(text) as readonly string[]);
}
