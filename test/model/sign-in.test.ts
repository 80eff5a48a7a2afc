/** Sign-ins, passwords, second factors and tokens, in random sequences, compared with a model of them on every engine. */
import fc from "fast-check";
import { it } from "vitest";
import { bindAppCode } from "./app-code.ts";
import { type Engine, type Json, startEngines } from "./engines.ts";
import { commandOf, mostly, must, runSequences, type Scene, type Step, waiting } from "./sequences.ts";
import {
  type ClientName,
  type Factor,
  SignInModel,
  type SignInSettings,
  type Username,
  WAITS,
} from "./sign-in-model.ts";

const PASSWORDS: Readonly<Record<string, string>> = {
  first: "Correct-horse-1",
  second: "Correct-horse-2",
  third: "Correct-horse-3",
};

const name = fc.constantFrom<Username>("jane", "jane", "joe");
const client = fc.constantFrom<ClientName>("client", "client", "client", "other");
const password = fc.constantFrom(...Object.keys(PASSWORDS));
const factor = fc.constantFrom<Factor>("SMS_MFA", "SOFTWARE_TOKEN_MFA");
/** Counted from the newest. */
const recent = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(4));
const rotation = fc.constantFrom(undefined, undefined, 0, 10, 60);

const settings: fc.Arbitrary<SignInSettings> = fc
  .record({
    mfa: fc.constantFrom("OFF" as const, "OPTIONAL" as const, "ON" as const),
    factors: fc.subarray<Factor>(["SMS_MFA", "SOFTWARE_TOKEN_MFA"], { minLength: 1 }),
    revocation: mostly,
    rotation,
  })
  .map((made) => (made.mfa === "OFF" ? { ...made, factors: [] } : made));

const pool = { UserPoolId: "«pool»" };
const step = <Args>(given: Step<SignInModel, Args>) => commandOf(given);
const newest = (names: Iterable<string>, index: number) => [...names].at(-1 - index) ?? "«no token»";
const access = (model: SignInModel, index: number) => newest(model.accessTokens.keys(), index);
const refreshToken = (model: SignInModel, index: number) => newest(model.refreshTokens.keys(), index);
const hasTokens = (model: SignInModel) => model.accessTokens.size > 0;
/** Mostly the newest one that can be answered, else one of the newest of all. */
const challengeAt = (model: SignInModel, index: number) => {
  const open = model.challenges.findLast(
    ({ name, user, isUsed }) => name !== "MFA_SETUP" && !isUsed && model.users.includes(user),
  );
  const challenge =
    (index === 0 ? open : undefined) ?? model.challenges.at(-1 - index) ?? model.challenges.at(-1);
  if (challenge === undefined) throw new Error("No challenge was given.");
  return challenge;
};
const recoveryCode = (model: SignInModel, user: Username, isRight: boolean) =>
  (isRight && model.users.find((one) => one.name === user)?.recovery?.code) || "000000";
const clientInput = (of: ClientName) => ({ ClientId: `«${of}»` });
/** The settings of a client; one that rotates may not have REFRESH_TOKEN_AUTH. */
const clientSettings = (given: Pick<SignInSettings, "revocation" | "rotation">) => ({
  ExplicitAuthFlows: [
    "ALLOW_USER_PASSWORD_AUTH",
    ...(given.rotation === undefined ? ["ALLOW_REFRESH_TOKEN_AUTH"] : []),
  ],
  RefreshTokenValidity: 1,
  EnableTokenRevocation: given.revocation,
  RefreshTokenRotation:
    given.rotation === undefined
      ? { Feature: "DISABLED" }
      : { Feature: "ENABLED", RetryGracePeriodSeconds: given.rotation },
});

const signedIn = {
  view({ ChallengeName, Session, AuthenticationResult }: Json) {
    if (ChallengeName !== undefined) return { challenge: ChallengeName, session: Session };
    const { AccessToken, RefreshToken } = AuthenticationResult;
    return { access: AccessToken, ...(RefreshToken !== undefined && { refresh: RefreshToken }) };
  },
  learn({ Session, AuthenticationResult }: Json, expected: Json, engine: Engine) {
    if (expected.session !== undefined) engine.bind(expected.session, Session);
    if (expected.access !== undefined) engine.bind(expected.access, AuthenticationResult?.AccessToken);
    if (expected.refresh !== undefined) engine.bind(expected.refresh, AuthenticationResult?.RefreshToken);
  },
};

/** An operation of an administrator on a user. */
const onUser = (
  operation: Step<SignInModel, { name: Username }>["operation"],
  rule: (model: SignInModel, args: { name: Username }) => Json,
) =>
  step({
    operation,
    args: fc.record({ name }),
    input: (_, { name: Username }) => ({ ...pool, Username }),
    rule,
  });

const commands = [
  step({
    operation: "InitiateAuth",
    weight: 14,
    args: fc.record({ client, name, isRight: mostly, other: password }),
    input: (model, args) => ({
      ...clientInput(args.client),
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: args.name, PASSWORD: PASSWORDS[passwordFor(model, args)] },
    }),
    rule: (model, args) => model.signIn({ ...args, password: passwordFor(model, args) }),
    ...signedIn,
  }),
  step({
    operation: "RespondToAuthChallenge",
    weight: 24,
    args: fc.record({ index: recent, isRight: mostly, password, choice: factor }),
    possible: (model, { index }) =>
      model.challenges.length > 0 && challengeAt(model, index).name !== "MFA_SETUP",
    prepare(engine, model, { index, isRight }) {
      bindAppCode(engine, model.now, challengeAt(model, index).user.app, isRight);
    },
    input(model, { index, isRight, password: text, choice }) {
      const { client: of, name: ChallengeName, user, session, code } = challengeAt(model, index);
      const answers: Readonly<Record<string, Json>> = {
        NEW_PASSWORD_REQUIRED: { NEW_PASSWORD: PASSWORDS[text] },
        SELECT_MFA_TYPE: { ANSWER: choice },
        SOFTWARE_TOKEN_MFA: { SOFTWARE_TOKEN_MFA_CODE: "«app code»" },
        SMS_MFA: { SMS_MFA_CODE: isRight ? code : "000000" },
      };
      return {
        ...clientInput(of),
        ChallengeName,
        Session: session,
        ChallengeResponses: { USERNAME: user.name, ...answers[ChallengeName] },
      };
    },
    rule: (model, { index, ...args }) => model.respond({ ...args, challenge: challengeAt(model, index) }),
    ...signedIn,
  }),
  step({
    operation: "AdminSetUserPassword",
    weight: 2,
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
  step({
    operation: "ForgotPassword",
    args: fc.record({ client, name }),
    input: (_, args) => ({ ...clientInput(args.client), Username: args.name }),
    rule: (model, args) => model.forgotPassword(args),
  }),
  step({
    operation: "ConfirmForgotPassword",
    weight: 2,
    args: fc.record({ client, name, isRight: mostly, password }),
    input: (model, args) => ({
      ...clientInput(args.client),
      Username: args.name,
      ConfirmationCode: recoveryCode(model, args.name, args.isRight),
      Password: PASSWORDS[args.password],
    }),
    rule: (model, args) =>
      model.confirmForgotPassword({ ...args, code: recoveryCode(model, args.name, args.isRight) }),
  }),
  step({
    operation: "GetUser",
    weight: 3,
    args: fc.record({ token: recent }),
    possible: hasTokens,
    input: (model, { token }) => ({ AccessToken: access(model, token) }),
    rule: (model, { token }) => model.getUser({ token: access(model, token) }),
    view: ({ Username }) => ({ Username }),
  }),
  step({
    operation: "GlobalSignOut",
    args: fc.record({ token: recent }),
    possible: hasTokens,
    input: (model, { token }) => ({ AccessToken: access(model, token) }),
    rule: (model, { token }) => model.globalSignOut({ token: access(model, token) }),
  }),
  onUser("AdminUserGlobalSignOut", (model, args) => model.adminUserGlobalSignOut(args)),
  step({
    operation: "RevokeToken",
    args: fc.record({ client, token: recent }),
    possible: hasTokens,
    input: (model, args) => ({ ...clientInput(args.client), Token: refreshToken(model, args.token) }),
    rule: (model, args) => model.revokeToken({ ...args, token: refreshToken(model, args.token) }),
  }),
  step({
    operation: "InitiateAuth",
    weight: 3,
    args: fc.record({ client, token: recent }),
    possible: (model, args) => hasTokens(model) && model.clients.get(args.client)?.rotation === undefined,
    input: (model, args) => ({
      ...clientInput(args.client),
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: refreshToken(model, args.token) },
    }),
    rule: (model, args) => model.refresh({ ...args, token: refreshToken(model, args.token) }),
    ...signedIn,
  }),
  step({
    operation: "GetTokensFromRefreshToken",
    weight: 9,
    // As often a token that has rotated as the newest one.
    args: fc.record({ client, token: fc.nat(1) }),
    possible: hasTokens,
    input: (model, args) => ({ ...clientInput(args.client), RefreshToken: refreshToken(model, args.token) }),
    rule: (model, args) =>
      model.getTokensFromRefreshToken({ ...args, token: refreshToken(model, args.token) }),
    ...signedIn,
  }),
  onUser("AdminDisableUser", (model, args) => model.adminDisableUser(args)),
  ...Array(4).fill(onUser("AdminEnableUser", (model, args) => model.adminEnableUser(args))),
  onUser("AdminDeleteUser", (model, args) => model.adminDeleteUser(args)),
  step({
    operation: "AssociateSoftwareToken",
    weight: 5,
    args: fc.record({ token: recent }),
    possible: hasTokens,
    input: (model, { token }) => ({ AccessToken: access(model, token) }),
    rule: (model, { token }) => model.associateSoftwareToken({ token: access(model, token) }),
    view: ({ SecretCode }) => ({ secret: SecretCode }),
    learn: ({ SecretCode }, { secret }, engine) => engine.bind(secret, SecretCode),
  }),
  step({
    operation: "VerifySoftwareToken",
    weight: 8,
    args: fc.record({ token: recent, isRight: mostly }),
    possible: (model, { token }) =>
      model.accessTokens.get(access(model, token))?.signIn.user.pendingApp !== undefined,
    prepare(engine, model, { token, isRight }) {
      const user = model.accessTokens.get(access(model, token))?.signIn.user;
      bindAppCode(engine, model.now, user?.pendingApp, isRight);
    },
    input: (model, { token }) => ({ AccessToken: access(model, token), UserCode: "«app code»" }),
    rule: (model, { token, isRight }) => model.verifySoftwareToken({ token: access(model, token), isRight }),
  }),
  step({
    operation: "AdminSetUserMFAPreference",
    weight: 5,
    args: fc.record({ name, factor, isEnabled: mostly, isPreferred: fc.boolean() }),
    // Which factors a user of a pool that demands one is left with is not documented.
    possible: (model, { factor: of, isEnabled }) =>
      model.settings.mfa !== "OFF" &&
      model.settings.factors.includes(of) &&
      (isEnabled || model.settings.mfa === "OPTIONAL"),
    input: (_, args) => ({
      ...pool,
      Username: args.name,
      [args.factor === "SMS_MFA" ? "SMSMfaSettings" : "SoftwareTokenMfaSettings"]: {
        Enabled: args.isEnabled,
        PreferredMfa: args.isEnabled && args.isPreferred,
      },
    }),
    rule: (model, args) => model.adminSetUserMFAPreference(args),
  }),
  Array(3).fill(waiting<SignInModel>(WAITS)),
].flat();

/** Other nodes may know a client as it was for a second, so these are for engines of one node. */
const changesOfClients = [
  step({
    operation: "UpdateUserPoolClient",
    args: fc.record({ client, revocation: mostly, rotation }),
    input: (_, { client: of, ...given }) => ({ ...pool, ...clientInput(of), ...clientSettings(given) }),
    rule: (model, args) => model.updateUserPoolClient(args),
    view: () => ({}),
  }),
  step({
    operation: "DeleteUserPoolClient",
    args: fc.constant({}),
    input: () => ({ ...pool, ...clientInput("other") }),
    rule: (model) => model.deleteUserPoolClient(),
  }),
].flat();

function passwordFor(
  model: SignInModel,
  args: { readonly name: Username; readonly isRight: boolean; readonly other: string },
): string {
  const right = model.users.find((one) => one.name === args.name)?.password;
  return args.isRight && right !== undefined ? right : args.other;
}

function open(made: SignInSettings): Scene<SignInModel> {
  return {
    model: new SignInModel(made),
    async prepare(engine) {
      const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" };
      const { UserPool } = await must(engine, "CreateUserPool", {
        PoolName: "model",
        AutoVerifiedAttributes: ["email"],
        SmsConfiguration,
        AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
      });
      engine.bind("«pool»", UserPool.Id);
      if (made.mfa !== "OFF") {
        await must(engine, "SetUserPoolMfaConfig", {
          ...pool,
          MfaConfiguration: made.mfa,
          ...(made.factors.includes("SMS_MFA") && { SmsMfaConfiguration: { SmsConfiguration } }),
          SoftwareTokenMfaConfiguration: { Enabled: made.factors.includes("SOFTWARE_TOKEN_MFA") },
        });
      }
      for (const of of ["client", "other"]) {
        const { UserPoolClient } = await must(engine, "CreateUserPoolClient", {
          ...pool,
          ClientName: of,
          ...clientSettings(made),
        });
        engine.bind(`«${of}»`, UserPoolClient.ClientId);
      }
      for (const Username of ["jane", "joe"]) {
        await must(engine, "AdminCreateUser", {
          ...pool,
          Username,
          MessageAction: "SUPPRESS",
          UserAttributes: [
            { Name: "email", Value: `${Username}@example.com` },
            { Name: "email_verified", Value: "true" },
            ...(Username === "jane" ? [{ Name: "phone_number", Value: "+15550104567" }] : []),
          ],
        });
        await must(engine, "AdminSetUserPassword", {
          ...pool,
          Username,
          Password: PASSWORDS.first,
          Permanent: true,
        });
      }
    },
    async probe(engine, _, node) {
      const { Users } = await must(engine, "ListUsers", { ...pool, Filter: 'username ^= "j"' }, node);
      return Users.map(({ Username, Enabled, UserStatus }: Json) => ({ Username, Enabled, UserStatus }));
    },
    state: (model) => model.state(),
  };
}

const engines = startEngines();

it("signs users in, and takes their tokens, as the model says, on every engine", async () => {
  await runSequences(engines, { settings, commands, open, runs: 5, seed: 20_261_130, steps: 160 });
}, 3_600_000);

it("takes tokens of clients that are changed and deleted as the model says", async () => {
  await runSequences(
    engines.filter(({ nodes }) => nodes === 1),
    { settings, commands: [...commands, ...changesOfClients], open, runs: 5, seed: 20_261_130, steps: 160 },
  );
}, 3_600_000);
