/** The measured scenarios. Each is prepared for a target and then repeated on every connection. */

import { PASSWORD, passwordUsers, person, shuffled, srpUsers } from "../subjects/population.ts";
import type { Target } from "../subjects/target.ts";
import { codeFlow } from "./code-flow.ts";
import { Connection } from "./connection.ts";
import { factorScenarios } from "./factor-scenarios.ts";
import { oauthScenarios } from "./oauth-scenarios.ts";
import { type RequestWriter, requestWriter } from "./requests.ts";
import { type Challenge, claim, publicA } from "./srp-client.ts";
import {
  at,
  expect,
  hasTokens,
  isOk,
  namesUser,
  ok,
  type Preparation,
  pick,
  type Scenario,
  sendInTurn,
} from "./steps.ts";

/** How many users sign in so that there are tokens to measure with; each takes cognito-local as long as its pool is large. */
const MAX_SESSIONS = 512;
const COGNITO_LOCAL_SESSIONS = 16;
const COGNITO_LOCAL_SESSIONS_IF_LARGE = 4;

export const scenarios = {
  passwordSignIn({ target, seed }) {
    const writer = requestWriter(target);
    return sendInTurn(pick(passwordUsers(target.userCount), seed), hasTokens, (user) =>
      writer.unsigned("InitiateAuth", passwordInput(target, user)),
    );
  },

  adminPasswordSignIn({ target, seed }) {
    const writer = requestWriter(target);
    return sendInTurn(pick(passwordUsers(target.userCount), seed), hasTokens, (user) =>
      writer.signed("AdminInitiateAuth", adminPasswordInput(target, person(user).username, PASSWORD)),
    );
  },

  srpSignIn({ target, seed }) {
    const writer = requestWriter(target);
    const users = pick(srpUsers(target.userCount), seed);
    return async (connection, index) => {
      const { username } = person(at(users, index));
      const initiated = await connection.send(
        writer.unsigned("InitiateAuth", {
          AuthFlow: "USER_SRP_AUTH",
          ClientId: target.clientId,
          AuthParameters: { USERNAME: username, SRP_A: publicA },
        }),
      );
      const challenge = ok(initiated).ChallengeParameters as unknown as Challenge;
      const answered = await connection.send(
        writer.unsigned("RespondToAuthChallenge", {
          ChallengeName: "PASSWORD_VERIFIER",
          ClientId: target.clientId,
          ChallengeResponses: claim(target.poolId, challenge),
        }),
      );
      expect(hasTokens, answered);
    };
  },

  /** The sign-in page is opened, its form is sent, and the code is exchanged. */
  codeFlow({ target, seed }) {
    const users = pick(passwordUsers(target.userCount), seed);
    return async (connection, index) => {
      const { username } = person(at(users, index));
      const answered = await codeFlow(connection, { ...target, username, password: PASSWORD });
      expect((response) => isOk(response) && response.body.includes('"id_token"'), answered);
    };
  },

  /** An administrator makes a user with a temporary password; the user signs in with it and chooses another. */
  quickstart({ target, seed }) {
    const writer = requestWriter(target);
    const isCognate = target.subject === "Cognate";
    return async (connection, index) => {
      const username = `quickstart-${seed}-${index}`;
      const created = await connection.send(writer.signed("AdminCreateUser", newUserInput(target, username)));
      expect(isOk, created);
      // cognito-local answers ADMIN_USER_PASSWORD_AUTH with tokens for any password, and does not know
      // AdminRespondToAuthChallenge: the user's own operations take their place.
      const initiated = await connection.send(
        isCognate
          ? writer.signed("AdminInitiateAuth", adminPasswordInput(target, username, TEMPORARY_PASSWORD))
          : writer.unsigned("InitiateAuth", {
              AuthFlow: "USER_PASSWORD_AUTH",
              ClientId: target.clientId,
              AuthParameters: { USERNAME: username, PASSWORD: TEMPORARY_PASSWORD },
            }),
      );
      const { Session } = ok(initiated);
      const answer = {
        ClientId: target.clientId,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session,
        ChallengeResponses: { USERNAME: username, NEW_PASSWORD: PASSWORD },
      };
      const answered = await connection.send(
        isCognate
          ? writer.signed("AdminRespondToAuthChallenge", { ...answer, UserPoolId: target.poolId })
          : writer.unsigned("RespondToAuthChallenge", answer),
      );
      expect(hasTokens, answered);
    };
  },

  /** A user signs up with an address that the pool does not verify, so that no code is sent. */
  signUp({ target, seed }) {
    const writer = requestWriter(target);
    return async (connection, index) => {
      const Username = `new-user-${seed}-${index}`;
      const signedUp = await connection.send(
        writer.unsigned("SignUp", {
          ClientId: target.clientId,
          Username,
          Password: PASSWORD,
          UserAttributes: [{ Name: "email", Value: `${Username}@example.com` }],
        }),
      );
      expect(isOk, signedUp);
    };
  },

  /** A user signs up and confirms with the code that was sent. */
  async signUpAndConfirm({ target, seed }) {
    const writer = requestWriter(target);
    const codes = await codesOf(target);
    return async (connection, index) => {
      const Username = `sign-up-${seed}-${index}`;
      const phone = `+1${String(seed * 1_000_000 + index).padStart(10, "0")}`;
      const signedUp = await connection.send(
        writer.unsigned("SignUp", {
          ClientId: target.clientId,
          Username,
          Password: PASSWORD,
          UserAttributes: [{ Name: "phone_number", Value: phone }],
        }),
      );
      expect(isOk, signedUp);
      const ConfirmationCode = await codes(connection, Username);
      const confirmed = await connection.send(
        writer.unsigned("ConfirmSignUp", { ClientId: target.clientId, Username, ConfirmationCode }),
      );
      expect(isOk, confirmed);
    };
  },

  /** A user asks for a code and sets another password with it. */
  async forgotPassword({ target, seed, connections }) {
    const writer = requestWriter(target);
    const codes = await codesOf(target);
    const users = await usersWithPhone(target, seed, writer, connections);
    return async (connection, index) => {
      const Username = at(users, index);
      const asked = await connection.send(
        writer.unsigned("ForgotPassword", { ClientId: target.clientId, Username }),
      );
      expect(isOk, asked);
      const ConfirmationCode = await codes(connection, Username);
      const confirmed = await connection.send(
        writer.unsigned("ConfirmForgotPassword", {
          ClientId: target.clientId,
          Username,
          ConfirmationCode,
          Password: PASSWORD,
        }),
      );
      expect(isOk, confirmed);
    };
  },

  async refresh(preparation) {
    const { target } = preparation;
    const writer = requestWriter(target);
    return sendInTurn(await signedInUsers(preparation), hasTokens, ({ refreshToken }) =>
      writer.unsigned("InitiateAuth", {
        AuthFlow: "REFRESH_TOKEN_AUTH",
        ClientId: target.clientId,
        AuthParameters: { REFRESH_TOKEN: refreshToken },
      }),
    );
  },

  async getUser(preparation) {
    const writer = requestWriter(preparation.target);
    return sendInTurn(await signedInUsers(preparation), namesUser, ({ accessToken }) =>
      writer.unsigned("GetUser", { AccessToken: accessToken }),
    );
  },

  adminGetUser({ target, seed }) {
    const writer = requestWriter(target);
    return sendInTurn(pick(everybody(target), seed), namesUser, (user) =>
      writer.signed("AdminGetUser", { UserPoolId: target.poolId, Username: person(user).username }),
    );
  },

  listUsersByEmail({ target, seed }) {
    const writer = requestWriter(target);
    return sendInTurn(pick(everybody(target), seed), namesUser, (user) =>
      writer.signed("ListUsers", { UserPoolId: target.poolId, Filter: `email = "${person(user).email}"` }),
    );
  },

  adminCreateUser({ target, seed }) {
    const writer = requestWriter(target);
    return async (connection, index) => {
      expect(
        isOk,
        await connection.send(writer.signed("AdminCreateUser", newUserInput(target, `new-${seed}-${index}`))),
      );
    };
  },

  ...factorScenarios,
  ...oauthScenarios,
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;

const TEMPORARY_PASSWORD = "Temporary-Horse-9";

/** Asks the SMS gateway for codes, on one connection to it for each to the server. */
async function codesOf({ smsGatewayPort }: Target) {
  if (smsGatewayPort === undefined) throw new Error("This server sends no codes.");
  const gateways = new Map<Connection, Connection>();
  return async (connection: Connection, username: string): Promise<string> => {
    const gateway = gateways.get(connection) ?? (await Connection.open(smsGatewayPort));
    gateways.set(connection, gateway);
    const { body } = await gateway.send(
      Buffer.from(`GET /${username} HTTP/1.1\r\nHost: 127.0.0.1:${smsGatewayPort}\r\n\r\n`),
    );
    return body;
  };
}

/** How many users forget their passwords in turn; each may do so ten times an hour. */
const RECOVERING_USERS = 512;

async function usersWithPhone(
  target: Target,
  seed: number,
  writer: RequestWriter,
  connections: readonly Connection[],
): Promise<string[]> {
  const users = Array.from({ length: RECOVERING_USERS }, (_, index) => `forgetful-${seed}-${index}`);
  const left = [...users];
  await Promise.all(
    connections.map(async (connection) => {
      for (let Username = left.pop(); Username !== undefined; Username = left.pop()) {
        const named = { UserPoolId: target.poolId, Username };
        const UserAttributes = [
          { Name: "phone_number", Value: "+15551234567" },
          { Name: "phone_number_verified", Value: "true" },
        ];
        const create = { ...named, MessageAction: "SUPPRESS", UserAttributes };
        expect(isOk, await connection.send(writer.signed("AdminCreateUser", create)));
        const password = { ...named, Password: PASSWORD, Permanent: true };
        expect(isOk, await connection.send(writer.signed("AdminSetUserPassword", password)));
      }
    }),
  );
  return users;
}

function newUserInput(target: Target, username: string): object {
  return {
    UserPoolId: target.poolId,
    Username: username,
    MessageAction: "SUPPRESS",
    TemporaryPassword: TEMPORARY_PASSWORD,
    UserAttributes: [
      { Name: "email", Value: `${username}@example.com` },
      { Name: "email_verified", Value: "true" },
    ],
  };
}

function passwordInput(target: Target, user: number): object {
  return {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: target.clientId,
    AuthParameters: { USERNAME: person(user).username, PASSWORD },
  };
}

function adminPasswordInput(target: Target, username: string, password: string): object {
  return {
    UserPoolId: target.poolId,
    ClientId: target.clientId,
    AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
    AuthParameters: { USERNAME: username, PASSWORD: password },
  };
}

function everybody({ userCount }: Target): number[] {
  return Array.from({ length: userCount }, (_, number) => number);
}

interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Of each server that is measured: signing in costs more than what the tokens are then used for. */
const sessions = new Map<string, Promise<readonly Session[]>>();

function signedInUsers({ target, connections }: Preparation): Promise<readonly Session[]> {
  const server = `${target.port} ${target.poolId}`;
  const known = sessions.get(server) ?? signIn(target, requestWriter(target), connections);
  sessions.set(server, known);
  return known;
}

function sessionCount({ subject, userCount }: Target): number {
  if (subject === "Cognate") return MAX_SESSIONS;
  return userCount > 10_000 ? COGNITO_LOCAL_SESSIONS_IF_LARGE : COGNITO_LOCAL_SESSIONS;
}

async function signIn(
  target: Target,
  writer: RequestWriter,
  connections: readonly Connection[],
): Promise<readonly Session[]> {
  const users = shuffled(passwordUsers(target.userCount), target.userCount).slice(0, sessionCount(target));
  const signedIn: Session[] = [];
  await Promise.all(
    connections.map(async (connection) => {
      for (let user = users.pop(); user !== undefined; user = users.pop()) {
        const response = await connection.send(writer.unsigned("InitiateAuth", passwordInput(target, user)));
        const { AccessToken, RefreshToken } = ok(response).AuthenticationResult ?? {};
        if (!AccessToken || !RefreshToken) throw new Error(`No tokens: ${response.body}`);
        signedIn.push({ accessToken: AccessToken, refreshToken: RefreshToken });
      }
    }),
  );
  return signedIn;
}
