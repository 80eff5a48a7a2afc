/** The answer of each operation of self-service in each state of the user. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UserStatus } from "../../../storage/index.ts";
import { type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

const PASSWORD = "Correct-horse-1";

const STATES = [
  "UNCONFIRMED",
  "CONFIRMED",
  "FORCE_CHANGE_PASSWORD",
  "RESET_REQUIRED",
  "EXTERNAL_PROVIDER",
  "disabled",
] as const;
type State = (typeof STATES)[number];

let context: TestContext;
let api: Caller;
let UserPoolId: string;
let ClientId: string;

beforeAll(async () => {
  context = await testContext();
  api = caller(context);
  UserPoolId = await api.pool({ AutoVerifiedAttributes: ["email"] });
  ClientId = await api.client(UserPoolId);
});
afterAll(() => context.store.close());

let users = 0;
/** A user in a state, who has a verified address, a password, and an access token from before. */
async function userIn(state: State) {
  const Username = `user-${++users}`;
  const user = { UserPoolId, Username };
  await api.call("AdminCreateUser", {
    ...user,
    MessageAction: "SUPPRESS",
    UserAttributes: [
      { Name: "email", Value: `${Username}@example.com` },
      { Name: "email_verified", Value: "true" },
    ],
  });
  await api.call("AdminSetUserPassword", { ...user, Password: PASSWORD, Permanent: true });
  const AccessToken = await api.signIn(ClientId, Username, PASSWORD);
  const { UserAttributes = [] } = await api.call("AdminGetUser", user);
  const sub = UserAttributes.find(({ Name }) => Name === "sub")?.Value ?? "";
  const status: UserStatus = state === "disabled" ? "CONFIRMED" : state;
  await context.store.users.update(UserPoolId, sub, (current) => ({
    ...current,
    status,
    enabled: state !== "disabled",
    ...(state === "UNCONFIRMED" && {
      attributes: { ...current.attributes, email_verified: "false" },
    }),
  }));
  return { Username, AccessToken };
}

const operations = {
  "sign-in": ({ Username }) =>
    api
      .call("InitiateAuth", {
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: Username, PASSWORD },
      })
      .then(({ ChallengeName }) => ChallengeName ?? "tokens"),
  GetUser: ({ AccessToken }) => api.call("GetUser", { AccessToken }).then(() => "done"),
  ConfirmSignUp: ({ Username }) =>
    api.call("ConfirmSignUp", { ClientId, Username, ConfirmationCode: "000000" }).then(() => "done"),
  ResendConfirmationCode: ({ Username }) =>
    api.call("ResendConfirmationCode", { ClientId, Username }).then(() => "sent"),
  AdminConfirmSignUp: ({ Username }) =>
    api.call("AdminConfirmSignUp", { UserPoolId, Username }).then(() => "done"),
  ForgotPassword: ({ Username }) => api.call("ForgotPassword", { ClientId, Username }).then(() => "sent"),
  ConfirmForgotPassword: ({ Username }) =>
    api
      .call("ConfirmForgotPassword", {
        ClientId,
        Username,
        ConfirmationCode: "000000",
        Password: "Another-horse-2",
      })
      .then(() => "done"),
  AdminResetUserPassword: ({ Username }) =>
    api.call("AdminResetUserPassword", { UserPoolId, Username }).then(() => "sent"),
  ChangePassword: ({ AccessToken }) =>
    api
      .call("ChangePassword", {
        AccessToken,
        PreviousPassword: PASSWORD,
        ProposedPassword: "Another-horse-2",
      })
      .then(() => "done"),
  UpdateUserAttributes: ({ AccessToken }) =>
    api
      .call("UpdateUserAttributes", { AccessToken, UserAttributes: [{ Name: "name", Value: "x" }] })
      .then(() => "done"),
  DeleteUser: ({ AccessToken }) => api.call("DeleteUser", { AccessToken }).then(() => "done"),
} satisfies Record<string, (user: { Username: string; AccessToken: string }) => Promise<string>>;

const DISABLED = "NotAuthorizedException: User is disabled.";
const NOT_IN_STATE = "NotAuthorizedException: User password cannot be reset in the current state.";
const WAS_RESET = "PasswordResetRequiredException: Password reset required for the user";
const NOT_CONFIRMED = "UserNotConfirmedException: User is not confirmed.";
const NO_CODE = "ExpiredCodeException: Invalid code provided, please request a code again.";
const IS_CONFIRMED = "InvalidParameterException: User is already confirmed.";
const NO_ADDRESS =
  "InvalidParameterException: Cannot reset password for the user as there is no registered/verified email or phone_number";
const cannotBeConfirmed = (status: UserStatus) =>
  `NotAuthorizedException: User cannot be confirmed. Current status is ${status}`;

/** In the order of {@link STATES}. A disabled user is one who was confirmed. */
const expected: Readonly<Record<keyof typeof operations, readonly string[]>> = {
  "sign-in": [
    NOT_CONFIRMED,
    "tokens",
    "NEW_PASSWORD_REQUIRED",
    WAS_RESET,
    "NotAuthorizedException: User is not authorized to get auth details",
    DISABLED,
  ],
  GetUser: ["done", "done", "done", "done", "done", DISABLED],
  ConfirmSignUp: [
    NO_CODE,
    cannotBeConfirmed("CONFIRMED"),
    cannotBeConfirmed("FORCE_CHANGE_PASSWORD"),
    cannotBeConfirmed("RESET_REQUIRED"),
    cannotBeConfirmed("EXTERNAL_PROVIDER"),
    DISABLED,
  ],
  ResendConfirmationCode: ["sent", IS_CONFIRMED, IS_CONFIRMED, IS_CONFIRMED, IS_CONFIRMED, DISABLED],
  AdminConfirmSignUp: [
    "done",
    cannotBeConfirmed("CONFIRMED"),
    cannotBeConfirmed("FORCE_CHANGE_PASSWORD"),
    cannotBeConfirmed("RESET_REQUIRED"),
    cannotBeConfirmed("EXTERNAL_PROVIDER"),
    cannotBeConfirmed("CONFIRMED"),
  ],
  ForgotPassword: [NO_ADDRESS, "sent", NOT_IN_STATE, "sent", NOT_IN_STATE, DISABLED],
  ConfirmForgotPassword: [NO_CODE, NO_CODE, NO_CODE, NO_CODE, NO_CODE, DISABLED],
  AdminResetUserPassword: [NOT_IN_STATE, "sent", NOT_IN_STATE, "sent", NOT_IN_STATE, DISABLED],
  ChangePassword: [NOT_CONFIRMED, "done", NOT_IN_STATE, WAS_RESET, NOT_IN_STATE, DISABLED],
  UpdateUserAttributes: ["done", "done", "done", "done", "done", DISABLED],
  DeleteUser: ["done", "done", "done", "done", "done", DISABLED],
};

const cases = Object.entries(expected).flatMap(([name, answers]) =>
  STATES.map((state, index) => [name as keyof typeof operations, state, answers[index] ?? ""] as const),
);

describe("a user's state", () => {
  it.each(cases)("%s for a user who is %s returns %s", async (name, state, answer) => {
    const given = await userIn(state);
    const outcome = await operations[name](given).catch((error: Error) => `${error.name}: ${error.message}`);
    expect(outcome).toBe(answer);
  });
});
