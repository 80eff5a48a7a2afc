// Sends a link with a secret by e-mail, once for each sign-in: later rounds find the secret in the metadata.
const { randomBytes } = require("node:crypto");

async function sendEmail(to, secret) {
  const link = `${process.env.APP_URL}/sign-in?email=${encodeURIComponent(to)}&token=${secret}`;
  await fetch(process.env.MAIL_API, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ to, subject: "Your sign-in link", text: `Sign in: ${link}` }),
  });
}

exports.handler = async (event) => {
  const { session, userAttributes } = event.request;
  let secret;
  if (session.length === 0) {
    secret = randomBytes(16).toString("hex");
    await sendEmail(userAttributes.email, secret);
  } else {
    secret = session.at(-1).challengeMetadata.match(/LINK-(\w+)/)[1];
  }
  event.response.publicChallengeParameters = { email: userAttributes.email };
  event.response.privateChallengeParameters = { secret };
  event.response.challengeMetadata = `LINK-${secret}`;
  return event;
};
