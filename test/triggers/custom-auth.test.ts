import {
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  ConfirmDeviceCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandInput,
  type RespondToAuthChallengeCommandOutput,
} from "@aws-sdk/client-cognito-identity-provider";
import { AuthenticationDetails, type CognitoUserSession } from "amazon-cognito-identity-js";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { softwareDevice } from "../../src/user-pools/operations/devices/testing.ts";
import { openUserPool } from "../support/identity-js.ts";
import {
  app,
  caller,
  functionOf,
  PASSWORD,
  poolWith,
  refused,
  server,
  startFunctionServer,
} from "./functions.ts";

startFunctionServer();

describe("CUSTOM_AUTH", () => {
  /** A pool whose functions let in whoever gives the right answer within three rounds. */
  async function passwordless(
    client: Partial<CreateUserPoolClientCommandInput> = {},
    settings: Partial<CreateUserPoolCommandInput> = {},
  ) {
    const define = await functionOf(`
      const rounds = event.request.session.filter((round) => round.challengeName === "CUSTOM_CHALLENGE");
      if (rounds.at(-1)?.challengeResult) event.response.issueTokens = true;
      else if (rounds.length >= 3) event.response.failAuthentication = true;
      else event.response.challengeName = "CUSTOM_CHALLENGE";`);
    const create = await functionOf(`
      event.response.publicChallengeParameters = { hint: "round " + event.request.session.length };
      event.response.privateChallengeParameters = { answer: "42", filler: "x".repeat(1500) };
      event.response.challengeMetadata = "CODE-" + event.request.session.length;`);
    const verify = await functionOf(`
      if (event.request.challengeAnswer === "fail") throw new Error("down");
      event.response.answerCorrect = event.request.challengeAnswer === event.request.privateChallengeParameters.answer;`);
    const pool = await poolWith(
      {
        DefineAuthChallenge: define.arn,
        CreateAuthChallenge: create.arn,
        VerifyAuthChallengeResponse: verify.arn,
      },
      settings,
      { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"], ...client },
    );
    return {
      ...pool,
      define,
      create,
      verify,
      begin: (USERNAME = "jane") =>
        app.send(
          new InitiateAuthCommand({
            ClientId: pool.clientId,
            AuthFlow: "CUSTOM_AUTH",
            AuthParameters: { USERNAME },
            ClientMetadata: { from: "initiate" },
          }),
        ),
      answer: (Session: string | undefined, ANSWER: string, USERNAME = "jane") =>
        app.send(
          new RespondToAuthChallengeCommand({
            ClientId: pool.clientId,
            ChallengeName: "CUSTOM_CHALLENGE",
            Session,
            ChallengeResponses: { USERNAME, ANSWER },
            ClientMetadata: { from: "respond" },
          }),
        ),
    };
  }

  it("repeats as often as DefineAuthChallenge decides, and then returns tokens", async () => {
    const pool = await passwordless();
    const sub = await pool.addJane();
    const first = await pool.begin();
    expect(first).toMatchObject({
      ChallengeName: "CUSTOM_CHALLENGE",
      ChallengeParameters: { USERNAME: "jane", hint: "round 0" },
    });
    expect(first.ChallengeParameters).not.toHaveProperty("answer");
    const second = await pool.answer(first.Session, "wrong");
    expect(second.ChallengeParameters).toEqual({ USERNAME: "jane", hint: "round 1" });
    const done = await pool.answer(second.Session, "42");
    expect(decodeJwt(done.AuthenticationResult?.IdToken ?? "").sub).toBe(sub);

    const rounds = [
      { challengeName: "CUSTOM_CHALLENGE", challengeResult: false, challengeMetadata: "CODE-0" },
      { challengeName: "CUSTOM_CHALLENGE", challengeResult: true, challengeMetadata: "CODE-1" },
    ];
    const defined = await pool.define.events();
    expect(defined.map(({ request }) => request.session)).toEqual([[], rounds.slice(0, 1), rounds]);
    expect(defined.map(({ request }) => request.clientMetadata)).toEqual([
      undefined,
      { from: "respond" },
      { from: "respond" },
    ]);
    expect(defined[0]).toEqual({
      version: "1",
      region: "us-east-1",
      userPoolId: pool.poolId,
      userName: "jane",
      callerContext: caller(pool.clientId),
      triggerSource: "DefineAuthChallenge_Authentication",
      request: { userAttributes: { sub, "cognito:user_status": "CONFIRMED" }, session: [] },
      response: { challengeName: null, issueTokens: null, failAuthentication: null },
    });
    expect((await pool.create.events())[1]).toMatchObject({
      triggerSource: "CreateAuthChallenge_Authentication",
      request: { challengeName: "CUSTOM_CHALLENGE", session: rounds.slice(0, 1) },
      response: {
        publicChallengeParameters: null,
        privateChallengeParameters: null,
        challengeMetadata: null,
      },
    });
    expect((await pool.verify.events())[0]).toMatchObject({
      triggerSource: "VerifyAuthChallengeResponse_Authentication",
      request: {
        privateChallengeParameters: { answer: "42" },
        challengeAnswer: "wrong",
        clientMetadata: { from: "respond" },
      },
      response: { answerCorrect: null },
    });
  });

  it("fails if DefineAuthChallenge decides so, and its Session cannot be used again", async () => {
    const pool = await passwordless();
    await pool.addJane();
    let { Session } = await pool.begin();
    for (let round = 0; round < 2; round++) ({ Session } = await pool.answer(Session, "wrong"));
    await expect(pool.answer(Session, "wrong")).rejects.toMatchObject(
      refused("NotAuthorizedException", "Incorrect username or password."),
    );
    await expect(pool.answer(Session, "42")).rejects.toMatchObject(
      refused("NotAuthorizedException", "Invalid session for the user."),
    );
  });

  it("tells a Session of a failed sign-in from one that was answered", async () => {
    const pool = await passwordless();
    await pool.addJane();
    const { Session } = await pool.begin();
    await expect(pool.answer(Session, "fail")).rejects.toMatchObject(
      refused("UserLambdaValidationException", "VerifyAuthChallengeResponse failed with error down."),
    );
    await expect(pool.answer(Session, "42")).rejects.toMatchObject(
      refused("NotAuthorizedException", "Invalid session for the user."),
    );
    const next = await pool.begin();
    await pool.answer(next.Session, "41");
    await expect(pool.answer(next.Session, "42")).rejects.toMatchObject(
      refused("NotAuthorizedException", "Invalid session for the user, session can only be used once."),
    );
  });

  it("accepts each Session once, also in parallel answers", async () => {
    const pool = await passwordless();
    await pool.addJane();
    const { Session } = await pool.begin();
    const outcomes = await Promise.allSettled([pool.answer(Session, "42"), pool.answer(Session, "42")]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("keeps the Session usable after an answer without ANSWER", async () => {
    const pool = await passwordless();
    await pool.addJane();
    const { Session } = await pool.begin();
    await expect(
      app.send(
        new RespondToAuthChallengeCommand({
          ClientId: pool.clientId,
          ChallengeName: "CUSTOM_CHALLENGE",
          Session,
          ChallengeResponses: { USERNAME: "jane" },
        }),
      ),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
    expect((await pool.answer(Session, "42")).AuthenticationResult).toBeDefined();
  });

  it("gives the same answers for a user who does not exist, and issues no tokens", async () => {
    const pool = await passwordless({ PreventUserExistenceErrors: "ENABLED" });
    const first = await pool.begin("nobody");
    expect(first.ChallengeParameters).toEqual({ USERNAME: "nobody", hint: "round 0" });
    await expect(pool.answer(first.Session, "42", "nobody")).rejects.toMatchObject(
      refused("NotAuthorizedException", "Incorrect username or password."),
    );
    expect((await pool.define.events())[0]).toMatchObject({
      userName: "nobody",
      request: { userAttributes: {}, userNotFound: true },
    });
  });

  it("verifies the password by SRP before the challenges, with amazon-cognito-identity-js", async () => {
    const define = await functionOf(`
      const { session } = event.request;
      const last = session.at(-1);
      if (last.challengeName === "SRP_A") event.response.challengeName = "PASSWORD_VERIFIER";
      else if (last.challengeName === "PASSWORD_VERIFIER") event.response.challengeName = "CUSTOM_CHALLENGE";
      else if (last.challengeResult) event.response.issueTokens = true;
      else event.response.failAuthentication = true;`);
    const create = await functionOf("event.response.publicChallengeParameters = { captcha: '6 x 7' };");
    const verify = await functionOf("event.response.answerCorrect = event.request.challengeAnswer === '42';");
    const pool = await poolWith(
      {
        DefineAuthChallenge: define.arn,
        CreateAuthChallenge: create.arn,
        VerifyAuthChallengeResponse: verify.arn,
      },
      {},
      { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
    );
    const sub = await pool.addJane();
    const { userOf } = openUserPool(server, pool);
    const user = userOf("jane");
    user.setAuthenticationFlowType("CUSTOM_AUTH");
    const session = await new Promise<CognitoUserSession>((resolve, reject) => {
      const callbacks = {
        onSuccess: resolve,
        onFailure: reject,
        customChallenge(parameters: { captcha: string }) {
          expect(parameters.captcha).toBe("6 x 7");
          user.sendCustomChallengeAnswer("42", callbacks);
        },
      };
      user.authenticateUser(new AuthenticationDetails({ Username: "jane", Password: PASSWORD }), callbacks);
    });
    expect(session.getIdToken().decodePayload().sub).toBe(sub);
    const passed = (challengeName: string) => ({
      challengeName,
      challengeResult: true,
      challengeMetadata: null,
    });
    expect((await define.events()).map(({ request }) => request.session)).toEqual([
      [passed("SRP_A")],
      [passed("SRP_A"), passed("PASSWORD_VERIFIER")],
      [passed("SRP_A"), passed("PASSWORD_VERIFIER"), passed("CUSTOM_CHALLENGE")],
    ]);
  });

  it("accepts a password claim once, even if DefineAuthChallenge fails right after it", async () => {
    const define = await functionOf(`
      const last = event.request.session.at(-1);
      if (last.challengeName === "SRP_A") event.response.challengeName = "PASSWORD_VERIFIER";
      else if (globalThis.hasFailed) event.response.issueTokens = true;
      else {
        globalThis.hasFailed = true;
        throw new Error("Not now.");
      }`);
    const other = await functionOf("");
    const pool = await poolWith(
      {
        DefineAuthChallenge: define.arn,
        CreateAuthChallenge: other.arn,
        VerifyAuthChallengeResponse: other.arn,
      },
      {},
      { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
    );
    await pool.addJane();
    const { Pool, userOf } = openUserPool(server, pool);
    // The library's types leave its client out.
    const { client } = Pool as unknown as {
      client: { request(operation: string, input: RespondToAuthChallengeCommandInput, done: unknown): void };
    };
    const answers: RespondToAuthChallengeCommandInput[] = [];
    const request = client.request.bind(client);
    client.request = (operation, input, done) => {
      if (operation === "RespondToAuthChallenge") answers.push(input);
      request(operation, input, done);
    };
    const user = userOf("jane");
    user.setAuthenticationFlowType("CUSTOM_AUTH");
    const failure = await new Promise<{ code?: string }>((resolve, reject) => {
      const onSuccess = () => reject(new Error("The sign-in was not to succeed."));
      user.authenticateUser(new AuthenticationDetails({ Username: "jane", Password: PASSWORD }), {
        onSuccess,
        onFailure: resolve,
      });
    });
    expect(failure.code).toBe("UserLambdaValidationException");
    const [answer] = answers;
    if (answer === undefined) throw new Error("The library answered nothing.");
    await expect(app.send(new RespondToAuthChallengeCommand(answer))).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
  });

  describe("on a remembered device", () => {
    async function remembering() {
      const pool = await passwordless({}, { DeviceConfiguration: {} });
      await pool.addJane();
      const { AuthenticationResult } = await pool.answer((await pool.begin()).Session, "42");
      const device = softwareDevice(AuthenticationResult?.NewDeviceMetadata ?? {});
      await app.send(
        new ConfirmDeviceCommand({
          AccessToken: AuthenticationResult?.AccessToken,
          DeviceKey: device.key,
          DeviceSecretVerifierConfig: device.verifier,
        }),
      );
      const respond = (challenge: RespondToAuthChallengeCommandOutput, responses: Record<string, string>) =>
        app.send(
          new RespondToAuthChallengeCommand({
            ClientId: pool.clientId,
            ChallengeName: challenge.ChallengeName,
            Session: challenge.Session,
            ChallengeResponses: { USERNAME: "jane", ...responses },
          }),
        );
      return { ...pool, device, respond };
    }

    it("asks the device for its proof after the last round, and no function again after that", async () => {
      const { begin, device, respond, define } = await remembering();
      const asked = await respond(await begin(), { ANSWER: "42", DEVICE_KEY: device.key });
      expect(asked.ChallengeName).toBe("DEVICE_SRP_AUTH");
      const rounds = (await define.events()).length;
      const offered = await respond(asked, device.begin);
      const { AuthenticationResult } = await respond(offered, device.claim(offered.ChallengeParameters));
      expect(AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
      expect(decodeJwt(AuthenticationResult?.AccessToken ?? "").device_key).toBe(device.key);
      expect(await define.events()).toHaveLength(rounds);
    });

    it.each([
      ["comes after the rounds that begin with SRP", "CUSTOM_CHALLENGE", 6],
      ["comes after a password that is enough for the function", "", 4],
    ])("%s, with amazon-cognito-identity-js", async (_, round, events) => {
      // As in AWS's sample for SRP before a custom challenge: any other round fails.
      const define = await functionOf(`
        const names = event.request.session.map(({ challengeName }) => challengeName);
        const next = ["SRP_A", "PASSWORD_VERIFIER", ...${JSON.stringify(round ? [round] : [])}];
        if (!names.every((name, index) => name === next[index])) event.response.failAuthentication = true;
        else if (names.length === next.length) event.response.issueTokens = true;
        else event.response.challengeName = next[names.length];`);
      const create = await functionOf("");
      const verify = await functionOf("event.response.answerCorrect = true;");
      const pool = await poolWith(
        {
          DefineAuthChallenge: define.arn,
          CreateAuthChallenge: create.arn,
          VerifyAuthChallengeResponse: verify.arn,
        },
        { DeviceConfiguration: {} },
        { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
      );
      await pool.addJane();
      const { userOf } = openUserPool(server, pool);
      const deviceOfSignIn = async () => {
        const user = userOf("jane");
        user.setAuthenticationFlowType("CUSTOM_AUTH");
        const session = await new Promise<CognitoUserSession>((resolve, reject) => {
          const callbacks = {
            onSuccess: resolve,
            onFailure: reject,
            customChallenge: () => user.sendCustomChallengeAnswer("42", callbacks),
          };
          user.authenticateUser(
            new AuthenticationDetails({ Username: "jane", Password: PASSWORD }),
            callbacks,
          );
        });
        return session.getAccessToken().decodePayload().device_key;
      };
      const device = await deviceOfSignIn();
      expect(device).toBeDefined();
      expect(await deviceOfSignIn()).toBe(device);
      expect(await define.events()).toHaveLength(events);
    });

    it("asks for no proof of a device that the client does not name", async () => {
      const { begin, respond } = await remembering();
      const { AuthenticationResult } = await respond(await begin(), { ANSWER: "42" });
      expect(AuthenticationResult?.NewDeviceMetadata?.DeviceKey).toBeDefined();
    });
  });

  it("returns tokens through AdminInitiateAuth and AdminRespondToAuthChallenge", async () => {
    const pool = await passwordless();
    await pool.addJane();
    const party = { UserPoolId: pool.poolId, ClientId: pool.clientId };
    const { Session } = await server.cognito.send(
      new AdminInitiateAuthCommand({
        ...party,
        AuthFlow: "CUSTOM_AUTH",
        AuthParameters: { USERNAME: "jane" },
      }),
    );
    const { AuthenticationResult } = await server.cognito.send(
      new AdminRespondToAuthChallengeCommand({
        ...party,
        ChallengeName: "CUSTOM_CHALLENGE",
        Session,
        ChallengeResponses: { USERNAME: "jane", ANSWER: "42" },
      }),
    );
    expect(AuthenticationResult?.AccessToken).toBeDefined();
  });

  it.each([
    ["an unchanged response", "", "Unrecognizable lambda output"],
    ["an unknown challenge", "event.response.challengeName = 'OTHER';", "Unrecognizable lambda output"],
    [
      "PASSWORD_VERIFIER without SRP_A",
      "event.response.challengeName = 'PASSWORD_VERIFIER';",
      "Unrecognizable lambda output",
    ],
    ["a number in place of a flag", "event.response.issueTokens = 1;", "Unrecognizable lambda output"],
  ])("is rejected if DefineAuthChallenge returns %s", async (_, body, message) => {
    const [define, other] = [await functionOf(body), await functionOf("")];
    const pool = await poolWith(
      {
        DefineAuthChallenge: define.arn,
        CreateAuthChallenge: other.arn,
        VerifyAuthChallengeResponse: other.arn,
      },
      {},
      { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH"] },
    );
    await pool.addJane();
    await expect(
      app.send(
        new InitiateAuthCommand({
          ClientId: pool.clientId,
          AuthFlow: "CUSTOM_AUTH",
          AuthParameters: { USERNAME: "jane" },
        }),
      ),
    ).rejects.toMatchObject(refused("InvalidLambdaResponseException", message));
  });
});
