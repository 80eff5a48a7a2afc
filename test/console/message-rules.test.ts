/** The texts of messages that a form accepts, beside those that the server accepts. */
import { describe, expect, it } from "vitest";
import { linkFaults } from "../../console/src/rules/messages/verification-link.ts";

const email = "Confirm here: {##Verify##}";

describe("the subject of a message with a link", () => {
  const faultsOf = (subject: string) => linkFaults({ isLink: true, subject, email });

  it.each([
    ["letters of any script", "確認リンク ✉️"],
    ["140 characters", "x".repeat(140)],
  ])("can have %s", (_what, subject) => expect(faultsOf(subject)).toEqual({ subject: false, email: false }));

  it.each([
    ["141 characters", "x".repeat(141)],
    ["no characters", ""],
    ["a control character", "Confirm\u0007"],
    ["a zero-width joiner", "👨\u200d👩"],
  ])("cannot have %s", (_what, subject) =>
    expect(faultsOf(subject)).toEqual({ subject: true, email: false }),
  );
});

describe("the text of a message with a link", () => {
  const faultsOf = (text: string) => linkFaults({ isLink: true, subject: "Confirm", email: text });

  it("can have several lines", () =>
    expect(faultsOf(`${email}\nBye`)).toEqual({ subject: false, email: false }));

  it.each([
    ["no link", "Confirm here"],
    ["a control character", `${email}\u0007`],
  ])("cannot have %s", (_what, text) => expect(faultsOf(text)).toEqual({ subject: false, email: true }));
});
