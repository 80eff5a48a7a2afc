/** The fields of a challenge's form as `ChallengeResponses`. */
import type { ChallengeNameType } from "../../../api-model/index.ts";
import type { Parameters } from "../../parameters.ts";

type Responses = Readonly<Record<string, string>>;

/** The prefix of an attribute's name in a form, as in ChallengeResponses. */
export const ATTRIBUTE = "userAttributes.";

/** The code of a form. Mail programs and people put spaces into it. */
export function codeIn(fields: Parameters): string {
  return (fields.get("code") ?? "").replace(/\s/g, "");
}

const code = (member: string) => (fields: Parameters) => ({ [member]: codeIn(fields) });

const RESPONSES: { readonly [Name in ChallengeNameType]?: (fields: Parameters) => Responses } = {
  NEW_PASSWORD_REQUIRED: (fields) => ({
    NEW_PASSWORD: fields.get("new_password") ?? "",
    ...Object.fromEntries([...fields].filter(([name]) => name.startsWith(ATTRIBUTE))),
  }),
  SMS_MFA: code("SMS_MFA_CODE"),
  SMS_OTP: code("SMS_OTP_CODE"),
  EMAIL_OTP: code("EMAIL_OTP_CODE"),
  SOFTWARE_TOKEN_MFA: code("SOFTWARE_TOKEN_MFA_CODE"),
  SELECT_MFA_TYPE: (fields) => ({ ANSWER: fields.get("factor") ?? "" }),
  PASSWORD: (fields) => ({ PASSWORD: fields.get("password") ?? "" }),
  WEB_AUTHN: (fields) => ({ CREDENTIAL: fields.get("credential") ?? "" }),
  CUSTOM_CHALLENGE: (fields) => ({ ANSWER: fields.get("answer") ?? "" }),
};

/** @returns undefined for a challenge whose form needs more than one call */
export function responsesOf(challenge: ChallengeNameType, fields: Parameters): Responses | undefined {
  return RESPONSES[challenge]?.(fields);
}
