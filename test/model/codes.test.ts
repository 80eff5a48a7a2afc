/** Sign-ups, codes, passwords and their limits, in random sequences, compared with a model of them on every engine. */
import fc from "fast-check";
import { it } from "vitest";
import {
  type ClientName,
  CodesModel,
  type CodesSettings,
  type Password,
  type Username,
  WAITS,
} from "./codes-model.ts";
import { type Engine, type Json, startEngines } from "./engines.ts";
import { commandOf, mostly, must, runSequences, type Scene, type Step, waiting } from "./sequences.ts";

const PASSWORDS: Readonly<Record<Password, string>> = {
  first: "Correct-horse-1",
  second: "Correct-horse-2",
  third: "Correct-horse-3",
  weak: "correct-horse",
};

const name = fc.constantFrom<Username>("amy", "amy", "amy", "amy", "bea");
const client = fc.constantFrom<ClientName>("open", "hiding");
const password = fc.constantFrom<Password>("first", "first", "second", "second", "third", "third", "weak");
const email = fc.constantFrom("a@example.com", "b@example.com");
/** Counted from the newest. */
const recent = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(3));
/** The code that is asked for, one of the newest codes of all, or a guess. */
const code = fc.oneof(
  { weight: 3, arbitrary: fc.constant("asked" as const) },
  { weight: 2, arbitrary: fc.constant("guess" as const) },
  fc.nat(4),
);
type GivenCode = typeof code extends fc.Arbitrary<infer Value> ? Value : never;

const settings: fc.Arbitrary<CodesSettings> = fc.record({
  verifies: mostly,
  recovers: mostly,
  history: fc.constantFrom(0, 1, 2),
});

const pool = { UserPoolId: "«pool»" };
const step = <Args>(given: Step<CodesModel, Args>) => commandOf(given);
const clientInput = (of: ClientName) => ({ ClientId: `«${of}»` });
const hasTokens = (model: CodesModel) => model.tokens.size > 0;
const tokenAt = (model: CodesModel, index: number) => [...model.tokens.keys()].at(-1 - index) ?? "«no token»";
const codeAt = (model: CodesModel, asked: string | undefined, given: GivenCode): string => {
  if (given === "guess") return "000000";
  if (given === "asked") return asked ?? "000000";
  return model.messages.at(-1 - given)?.code ?? "000000";
};
const codeOf = (model: CodesModel, user: Username, purpose: "SignUp" | "ForgotPassword", given: GivenCode) =>
  codeAt(model, model.find(user)?.codes.get(purpose)?.name, given);
const codeOfToken = (model: CodesModel, token: number, given: GivenCode) =>
  codeAt(model, model.tokens.get(tokenAt(model, token))?.user.codes.get("email")?.name, given);
const challengeAt = (model: CodesModel, index: number) => {
  const challenge = model.challenges.at(-1 - index) ?? model.challenges.at(-1);
  if (challenge === undefined) throw new Error("No challenge was given.");
  return challenge;
};
/** The password that a user has, or another. */
const passwordOf = (model: CodesModel, user: Username, isRight: boolean, other: Password): Password =>
  (isRight && model.find(user)?.password) || other;

const formOf = ({ Destination, ...details }: Json) => ({
  ...details,
  Destination: Destination.replaceAll(/[a-z]/g, "x"),
});
const delivered = ({ CodeDeliveryDetails }: Json) => ({ CodeDeliveryDetails: formOf(CodeDeliveryDetails) });
const signedIn = {
  view: ({ Session, AuthenticationResult }: Json) =>
    Session === undefined ? { token: AuthenticationResult.AccessToken } : { session: Session },
  learn({ Session, AuthenticationResult }: Json, { token, session }: Json, engine: Engine) {
    if (session !== undefined) engine.bind(session, Session);
    if (token !== undefined) engine.bind(token, AuthenticationResult?.AccessToken);
  },
};

const named = fc.record({ name });
const byClient = fc.record({ client, name });
/** An operation of an administrator on a user. */
const onUser = (
  operation: Step<CodesModel, { name: Username }>["operation"],
  rule: (model: CodesModel, args: { name: Username }) => Json,
) => step({ operation, args: named, input: (_, args) => ({ ...pool, Username: args.name }), rule });

const commands = [
  step({
    operation: "SignUp",
    weight: 6,
    args: fc.record({ name, password, email, client }),
    input: (_, args) => ({
      ...clientInput(args.client),
      Username: args.name,
      Password: PASSWORDS[args.password],
      UserAttributes: [{ Name: "email", Value: args.email }],
    }),
    rule: (model, args) => model.signUp(args),
    view: ({ UserConfirmed, CodeDeliveryDetails }) => ({
      UserConfirmed,
      ...(CodeDeliveryDetails && delivered({ CodeDeliveryDetails })),
    }),
  }),
  step({
    operation: "ConfirmSignUp",
    weight: 14,
    args: fc.record({ client, name, code }),
    input: (model, args) => ({
      ...clientInput(args.client),
      Username: args.name,
      ConfirmationCode: codeOf(model, args.name, "SignUp", args.code),
    }),
    rule: (model, args) =>
      model.confirmSignUp({ ...args, code: codeOf(model, args.name, "SignUp", args.code) }),
  }),
  step({
    operation: "ResendConfirmationCode",
    weight: 6,
    args: byClient,
    input: (_, args) => ({ ...clientInput(args.client), Username: args.name }),
    rule: (model, args) => model.resendConfirmationCode(args),
    view: delivered,
  }),
  step({
    operation: "ForgotPassword",
    weight: 8,
    args: byClient,
    input: (_, args) => ({ ...clientInput(args.client), Username: args.name }),
    rule: (model, args) => model.forgotPassword(args),
    view: delivered,
  }),
  step({
    operation: "ConfirmForgotPassword",
    weight: 12,
    args: fc.record({ client, name, code, password }),
    input: (model, args) => ({
      ...clientInput(args.client),
      Username: args.name,
      ConfirmationCode: codeOf(model, args.name, "ForgotPassword", args.code),
      Password: PASSWORDS[args.password],
    }),
    rule: (model, args) =>
      model.confirmForgotPassword({ ...args, code: codeOf(model, args.name, "ForgotPassword", args.code) }),
  }),
  step({
    operation: "InitiateAuth",
    weight: 14,
    args: fc.record({ client, name, isRight: mostly, other: password }),
    input: (model, args) => ({
      ...clientInput(args.client),
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: {
        USERNAME: args.name,
        PASSWORD: PASSWORDS[passwordOf(model, args.name, args.isRight, args.other)],
      },
    }),
    rule: (model, args) =>
      model.signIn({ ...args, password: passwordOf(model, args.name, args.isRight, args.other) }),
    ...signedIn,
  }),
  step({
    operation: "RespondToAuthChallenge",
    weight: 4,
    args: fc.record({ index: recent, password }),
    possible: ({ challenges }) => challenges.length > 0,
    input(model, { index, password: text }) {
      const { client: of, session, user } = challengeAt(model, index);
      return {
        ...clientInput(of),
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: session,
        ChallengeResponses: { USERNAME: user.name, NEW_PASSWORD: PASSWORDS[text] },
      };
    },
    rule: (model, args) => model.respond({ ...args, challenge: challengeAt(model, args.index) }),
    ...signedIn,
  }),
  step({
    operation: "ChangePassword",
    weight: 8,
    args: fc.record({ token: recent, isRight: mostly, other: password, proposed: password }),
    possible: hasTokens,
    input(model, { token, isRight, other, proposed }) {
      const at = tokenAt(model, token);
      return {
        AccessToken: at,
        PreviousPassword: PASSWORDS[previous(model, at, isRight, other)],
        ProposedPassword: PASSWORDS[proposed],
      };
    },
    rule(model, { token, isRight, other, proposed }) {
      const at = tokenAt(model, token);
      return model.changePassword({ token: at, previous: previous(model, at, isRight, other), proposed });
    },
  }),
  step({
    operation: "GetUserAttributeVerificationCode",
    weight: 6,
    args: fc.record({ token: recent }),
    possible: hasTokens,
    input: (model, { token }) => ({ AccessToken: tokenAt(model, token), AttributeName: "email" }),
    rule: (model, { token }) => model.getUserAttributeVerificationCode({ token: tokenAt(model, token) }),
    view: delivered,
  }),
  step({
    operation: "VerifyUserAttribute",
    weight: 10,
    args: fc.record({ token: recent, code }),
    possible: hasTokens,
    input: (model, { token, code: given }) => ({
      AccessToken: tokenAt(model, token),
      AttributeName: "email",
      Code: codeOfToken(model, token, given),
    }),
    rule: (model, { token, code: given }) =>
      model.verifyUserAttribute({ token: tokenAt(model, token), code: codeOfToken(model, token, given) }),
  }),
  step({
    operation: "AdminUpdateUserAttributes",
    weight: 3,
    args: fc.record({ name, email, isVerified: mostly }),
    input: (_, args) => ({
      ...pool,
      Username: args.name,
      UserAttributes: [
        { Name: "email", Value: args.email },
        ...(args.isVerified ? [{ Name: "email_verified", Value: "true" }] : []),
      ],
    }),
    rule: (model, args) => model.adminUpdateEmail(args),
  }),
  step({
    operation: "AdminSetUserPassword",
    weight: 3,
    args: fc.record({ name, password, isPermanent: mostly }),
    input: (_, args) => ({
      ...pool,
      Username: args.name,
      Password: PASSWORDS[args.password],
      Permanent: args.isPermanent,
    }),
    rule: (model, args) => model.adminSetUserPassword(args),
  }),
  onUser("AdminResetUserPassword", (model, args) => model.adminResetUserPassword(args)),
  onUser("AdminConfirmSignUp", (model, args) => model.adminConfirmSignUp(args)),
  onUser("AdminDisableUser", (model, args) => model.adminDisableUser(args)),
  ...Array(3).fill(onUser("AdminEnableUser", (model, args) => model.adminEnableUser(args))),
  onUser("AdminDeleteUser", (model, args) => model.adminDeleteUser(args)),
  Array(2).fill(waiting<CodesModel>(WAITS)),
].flat();

function previous(model: CodesModel, token: string, isRight: boolean, other: Password): Password {
  return (isRight && model.tokens.get(token)?.user.password) || other;
}

function open(made: CodesSettings): Scene<CodesModel> {
  return {
    model: new CodesModel(made),
    async prepare(engine) {
      const { UserPool } = await must(engine, "CreateUserPool", {
        PoolName: "model",
        AutoVerifiedAttributes: made.verifies ? ["email"] : [],
        Policies: {
          PasswordPolicy: {
            MinimumLength: 8,
            RequireUppercase: true,
            RequireLowercase: true,
            RequireNumbers: true,
            RequireSymbols: true,
            PasswordHistorySize: made.history,
          },
        },
        AccountRecoverySetting: {
          RecoveryMechanisms: [{ Name: made.recovers ? "verified_email" : "admin_only", Priority: 1 }],
        },
      });
      engine.bind("«pool»", UserPool.Id);
      for (const of of ["open", "hiding"] as const) {
        const { UserPoolClient } = await must(engine, "CreateUserPoolClient", {
          ...pool,
          ClientName: of,
          ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
          PreventUserExistenceErrors: of === "hiding" ? "ENABLED" : "LEGACY",
          AccessTokenValidity: 24,
        });
        engine.bind(`«${of}»`, UserPoolClient.ClientId);
      }
    },
    async probe(engine, _, node) {
      const { Users } = await must(engine, "ListUsers", pool, node);
      return Users.map(({ Username, Attributes, Enabled, UserStatus }: Json) => {
        const of = (wanted: string) => Attributes.find(({ Name }: Json) => Name === wanted)?.Value;
        return {
          Username,
          email: of("email"),
          isVerified: of("email_verified") === "true",
          Enabled,
          UserStatus,
        };
      });
    },
    state: (model) => model.state(),
  };
}

const engines = startEngines();

it("sends and takes codes, and counts attempts, as the model says, on every engine", async () => {
  await runSequences(engines, { settings, commands, open, runs: 2, seed: 20_261_130, steps: 240 });
}, 3_600_000);
