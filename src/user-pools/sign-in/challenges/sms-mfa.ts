import { codeChallenge } from "./code-challenge.ts";

/** The user answers with the code that was sent to their phone, as the second factor. */
export const smsMfa = codeChallenge({
  name: "SMS_MFA",
  attribute: "phone_number",
  factor: "sms",
  answer: "SMS_MFA_CODE",
  digits: 6,
});
