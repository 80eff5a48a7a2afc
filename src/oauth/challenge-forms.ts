/** The forms of the challenges that a sign-in can put, and the answers in them. */
import type { Step } from "../user-pools/index.ts";
import { choice, type Field, form } from "./html.ts";
import type { Parameters } from "./parameters.ts";

type ChallengeStep = Extract<Step, { kind: "challenge" }>;

interface ChallengeForm {
  readonly title: string;
  fields(step: ChallengeStep): readonly Field[];
  /** HTML before the fields. */
  before?(step: ChallengeStep): string;
  /** Form fields that answer it, under the names of `ChallengeResponses`. */
  readonly responses: (fields: Parameters) => Readonly<Record<string, string>>;
}

const codeForm = (title: string, label: string, response: string): ChallengeForm => ({
  title,
  fields: () => [{ name: "code", label, autocomplete: "one-time-code" }],
  responses: (fields) => ({ [response]: fields.get("code") ?? "" }),
});

const FACTORS: Readonly<Record<string, string>> = {
  SMS_MFA: "Text message",
  EMAIL_OTP: "E-mail message",
  SOFTWARE_TOKEN_MFA: "Authenticator app",
};

const ATTRIBUTE = "userAttributes.";

const forms: Readonly<Record<string, ChallengeForm>> = {
  NEW_PASSWORD_REQUIRED: {
    title: "Change password",
    fields: ({ parameters }) => [
      { name: "new_password", label: "New password", type: "password", autocomplete: "new-password" },
      ...requiredAttributes(parameters).map((name) => ({ name, label: name.slice(ATTRIBUTE.length) })),
    ],
    responses: (fields) => ({
      NEW_PASSWORD: fields.get("new_password") ?? "",
      ...Object.fromEntries([...fields].filter(([name]) => name.startsWith(ATTRIBUTE))),
    }),
  },
  SMS_MFA: codeForm("Enter code", "Code of the text message", "SMS_MFA_CODE"),
  EMAIL_OTP: codeForm("Enter code", "Code of the e-mail message", "EMAIL_OTP_CODE"),
  SOFTWARE_TOKEN_MFA: codeForm("Enter code", "Code of the authenticator app", "SOFTWARE_TOKEN_MFA_CODE"),
  SELECT_MFA_TYPE: {
    title: "Choose how to verify",
    fields: () => [],
    before: ({ parameters }) =>
      choice(
        "factor",
        parseList(parameters.MFAS_CAN_CHOOSE).map((factor) => [factor, FACTORS[factor] ?? factor] as const),
      ),
    responses: (fields) => ({ ANSWER: fields.get("factor") ?? "" }),
  },
};

/** @returns undefined for a challenge that these pages have no form for */
export function challengeForm(
  step: ChallengeStep,
  hidden: Readonly<Record<string, string>>,
): { readonly title: string; readonly html: string } | undefined {
  const found = forms[step.challenge];
  if (found === undefined) return undefined;
  const { title, fields, before } = found;
  const carried = { ...hidden, challenge: step.challenge, session: step.session ?? "" };
  return { title, html: form(carried, fields(step), "Continue", before?.(step)) };
}

/** @returns undefined for a challenge that these pages never put */
export function challengeResponses(
  challenge: string,
  fields: Parameters,
): Readonly<Record<string, string>> | undefined {
  return Object.hasOwn(forms, challenge) ? forms[challenge]?.responses(fields) : undefined;
}

function requiredAttributes(parameters: Readonly<Record<string, string>>): readonly string[] {
  return parseList(parameters.requiredAttributes);
}

/** Lists in challenge parameters are JSON. */
function parseList(text: string | undefined): readonly string[] {
  return text === undefined ? [] : (JSON.parse(text) as readonly string[]);
}
