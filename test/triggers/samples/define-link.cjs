// Signs in whoever follows the link in an e-mail; three rounds at most.
const MAX_ROUNDS = 3;

exports.handler = async (event) => {
  const { session } = event.request;
  if (event.request.userNotFound) throw new Error("User does not exist");
  if (session.some((round) => round.challengeName !== "CUSTOM_CHALLENGE")) {
    event.response.issueTokens = false;
    event.response.failAuthentication = true;
  } else if (session.length >= MAX_ROUNDS && session.at(-1).challengeResult !== true) {
    event.response.issueTokens = false;
    event.response.failAuthentication = true;
  } else if (session.length > 0 && session.at(-1).challengeResult === true) {
    event.response.issueTokens = true;
    event.response.failAuthentication = false;
  } else {
    event.response.issueTokens = false;
    event.response.failAuthentication = false;
    event.response.challengeName = "CUSTOM_CHALLENGE";
  }
  return event;
};
