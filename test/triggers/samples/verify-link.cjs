exports.handler = async (event) => {
  const expected = event.request.privateChallengeParameters.secret;
  event.response.answerCorrect = event.request.challengeAnswer === expected;
  return event;
};
