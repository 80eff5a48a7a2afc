export const signInMessage = {
  title: "MFA message",
  hint: "Sends the code of a second factor, or of a passwordless sign-in.",
  noEmail: "Not used: email is not a second factor in this user pool",
  saved: "The MFA message has been updated.",
};

export const verificationLink = {
  title: "Sign-up verification type",
  hint: "Users confirm a sign-up or a new email address with a code or a link. Text messages always contain a code.",
  type: "Verification type",
  types: {
    code: { label: "Code", description: "The user types a code into your app." },
    link: { label: "Link", description: "The user opens a link in the email." },
  },
  rule: "{##words##} becomes the link.",
  fault: "Keep {##words##} in a message of 6–20,000 characters.",
  saved: "The verification type has been updated.",
};

export const messagePreview = {
  title: "Preview",
  description:
    "The message with made-up values, as the server fills it in. A CustomMessage trigger may change it.",
  email: "Email",
  sms: "SMS",
};
