import type { Challenge } from "../challenge.ts";
import { codeChallenge } from "./code-challenge.ts";
import { isFirst, offerFirstCode, verifyFirstCode } from "./first-code.ts";

/** The user answers with the code that was sent to their e-mail address, as the first factor or as the second. */
export const emailOtp: Challenge = {
  name: "EMAIL_OTP",
  offer: (attempt, given, context) =>
    isFirst(attempt) ? offerFirstCode(attempt, "email", context) : emailMfa.offer(attempt, given, context),
  verify: (open, responses, context) =>
    isFirst(open.attempt)
      ? verifyFirstCode(open, responses, { factor: "email", answer: "EMAIL_OTP_CODE" }, context)
      : emailMfa.verify(open, responses, context),
};

const emailMfa = codeChallenge({
  name: "EMAIL_OTP",
  attribute: "email",
  factor: "email",
  answer: "EMAIL_OTP_CODE",
  digits: 8,
});
