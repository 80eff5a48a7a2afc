export const messagePreview = {
  title: "Preview",
  description:
    "The message with made-up values, as the server fills it in. A CustomMessage trigger may change it.",
  email: "Email",
  sms: "SMS",
};
