import type { Challenge } from "../challenge.ts";
import { offerFirstCode, verifyFirstCode } from "./first-code.ts";

/** The user answers with the code that was sent to their phone, as the first factor. */
export const smsOtp: Challenge = {
  name: "SMS_OTP",
  offer: (attempt, _given, context) => offerFirstCode(attempt, "phone_number", context),
  verify: (open, responses, context) =>
    verifyFirstCode(open, responses, { factor: "sms", answer: "SMS_OTP_CODE" }, context),
};
