// Three triggers in one file with callbacks: a CAPTCHA after the password.

exports.define = function define(event, _context, callback) {
  const names = event.request.session.map((round) => round.challengeName);
  const last = event.request.session.slice(-1)[0];
  if (names.length === 1 && names[0] === "SRP_A") {
    event.response.challengeName = "PASSWORD_VERIFIER";
  } else if (names.length === 2 && last.challengeName === "PASSWORD_VERIFIER" && last.challengeResult) {
    event.response.challengeName = "CUSTOM_CHALLENGE";
  } else if (names.length === 3 && last.challengeName === "CUSTOM_CHALLENGE" && last.challengeResult) {
    event.response.issueTokens = true;
  } else {
    event.response.issueTokens = false;
    event.response.failAuthentication = true;
  }
  callback(null, event);
};

exports.create = function create(event, context) {
  if (event.request.challengeName === "CUSTOM_CHALLENGE") {
    event.response.publicChallengeParameters = {};
    event.response.publicChallengeParameters.captchaUrl = "https://captcha.example.com/123.jpg";
    event.response.privateChallengeParameters = {};
    event.response.privateChallengeParameters.answer = "5";
    event.response.challengeMetadata = "CAPTCHA_CHALLENGE";
  }
  context.done(null, event);
};

exports.verify = function verify(event, context) {
  event.response.answerCorrect =
    event.request.privateChallengeParameters.answer === event.request.challengeAnswer;
  context.succeed(event);
};
