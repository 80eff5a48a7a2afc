/** Custom sign-ins with functions that decide anything at all, against a model of ten lines. */
import {
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FunctionsFolder, functionsFolder } from "../support/functions-folder.ts";
import {
  createConfirmedUser,
  createPoolAndClient,
  startTestServer,
  type TestServer,
} from "../support/server.ts";

/** The letter of a user's name at a round is what DefineAuthChallenge decides there. */
const DECISIONS = {
  c: "event.response.challengeName = 'CUSTOM_CHALLENGE';",
  t: "event.response.issueTokens = true;",
  f: "event.response.failAuthentication = true;",
  b: "event.response.issueTokens = true; event.response.failAuthentication = true;",
  n: "",
  x: "throw new Error('No.');",
};
const LETTERS = "cccctfbnx";

let functions: FunctionsFolder;
let server: TestServer;
beforeAll(async () => {
  const cases = Object.entries(DECISIONS).map(([letter, body]) => `case "${letter}": ${body} break;`);
  functions = await functionsFolder({
    define: `const { session } = event.request;
      const answers = session.map((round) => (round.challengeResult ? "y" : "n")).join("");
      const kept = session.map((round) => round.challengeMetadata).join("");
      if (kept !== "0123456789".slice(0, session.length)) throw new Error("Lost: " + kept);
      if (!event.userName.split("-")[1].startsWith(answers)) throw new Error("Wrong history: " + answers);
      switch (event.userName[session.length]) { ${cases.join(" ")} }`,
    create: `event.response.publicChallengeParameters = { round: String(event.request.session.length) };
      event.response.privateChallengeParameters = { answer: event.userName };
      event.response.challengeMetadata = String(event.request.session.length);`,
    verify: `event.response.answerCorrect =
      event.request.challengeAnswer === event.request.privateChallengeParameters.answer;`,
  });
  server = await startTestServer({ lambdaDir: functions.path });
});
afterAll(async () => {
  await server.stop();
  await functions.remove();
});

/** Numbers that look random and are the same in each run. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

it("applies every decision of the functions, sends them the whole history, and accepts each Session once", async () => {
  const { cognito } = server;
  const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
  const { poolId, clientId } = await createPoolAndClient(
    cognito,
    {
      LambdaConfig: {
        DefineAuthChallenge: arn("define"),
        CreateAuthChallenge: arn("create"),
        VerifyAuthChallengeResponse: arn("verify"),
      },
    },
    { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
  );
  const next = numbersFrom(20_261_129);
  const outcomes = new Set<string>();
  for (let run = 0; run < 40; run++) {
    const decisions = Array.from({ length: 8 }, () => LETTERS[next(LETTERS.length)]).join("");
    const script = decisions.replace(/c$/, "f");
    const answers = Array.from({ length: 8 }, () => (next(2) === 0 ? "n" : "y")).join("");
    const Username = `${script}-${answers}-${run}`;
    const named = { UserPoolId: poolId, Username };
    await createConfirmedUser(cognito, { ...named, Password: "Permanent-1" });
    const answer = (Session: string | undefined, round: number) =>
      cognito.send(
        new RespondToAuthChallengeCommand({
          ClientId: clientId,
          ChallengeName: "CUSTOM_CHALLENGE",
          Session,
          ChallengeResponses: {
            USERNAME: Username,
            ANSWER: answers[round] === "y" ? Username : "wrong",
          },
        }),
      );
    const sessions: (string | undefined)[] = [];
    const outcome = await (async () => {
      let step = await cognito.send(
        new InitiateAuthCommand({
          ClientId: clientId,
          AuthFlow: "CUSTOM_AUTH",
          AuthParameters: { USERNAME: Username },
        }),
      );
      for (let round = 0; step.ChallengeName !== undefined; round++) {
        expect(step.ChallengeParameters).toEqual({ USERNAME: Username, round: String(round) });
        sessions.push(step.Session);
        step = await answer(step.Session, round);
      }
      return step.AuthenticationResult?.AccessToken === undefined ? "nothing" : "t";
    })().catch((error: Error) => error.name);
    const end = script.replace(/^c*/, "")[0] ?? "";
    const expected: Readonly<Record<string, string>> = {
      t: "t",
      f: "NotAuthorizedException",
      b: "NotAuthorizedException",
      n: "InvalidLambdaResponseException",
      x: "UserLambdaValidationException",
    };
    expect([script, outcome]).toEqual([script, expected[end]]);
    expect(sessions).toHaveLength(script.length - script.replace(/^c*/, "").length);
    for (const [round, session] of sessions.entries())
      await expect(answer(session, round)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    outcomes.add(end);
  }
  expect([...outcomes].sort()).toEqual(["b", "f", "n", "t", "x"]);
});
