/** The texts of messages that a form accepts, beside those that the server accepts. */
import { expect, it } from "vitest";
import { linkFaults } from "../../console/src/rules/messages/verification-link.ts";

const email = "Confirm here: {##Verify##}";

it.each([
  ["letters of any script", "確認リンク ✉️", false],
  ["140 characters", "x".repeat(140), false],
  ["141 characters", "x".repeat(141), true],
  ["nothing", "", true],
  ["a control character", "Confirm\u0007", true],
  ["a character that joins others", "👨\u200d👩", true],
])("a link's subject with %s", (_what, subject, isWrong) => {
  expect(linkFaults({ isLink: true, subject, email })).toEqual({ subject: isWrong, email: false });
});

it.each([
  ["no link", "Confirm here", true],
  ["a control character", `${email}\u0007`, true],
  ["several lines", `${email}\nBye`, false],
])("a link's message with %s", (_what, message, isWrong) => {
  expect(linkFaults({ isLink: true, subject: "Confirm", email: message })).toEqual({
    subject: false,
    email: isWrong,
  });
});
