/** Second factors, their preferences and set-up, and devices, in random sequences, compared with a model of them on every engine. */
import fc from "fast-check";
import { decodeJwt } from "jose";
import { it } from "vitest";
import { softwareDevice } from "../../src/user-pools/operations/devices/testing.ts";
import { bindAppCode } from "./app-code.ts";
import { type Engine, type Json, startEngines } from "./engines.ts";
import {
  type Address,
  type Factor,
  FactorsModel,
  type FactorsSettings,
  type Preferences,
  type Username,
  VALUES,
  WAITS,
} from "./factors-model.ts";
import {
  almostAlways,
  commandOf,
  mostly,
  must,
  runSequences,
  type Scene,
  type Step,
  waiting,
} from "./sequences.ts";

const PASSWORD = "Correct-horse-1";
const FACTORS: readonly Factor[] = ["SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA"];
const SETTINGS_OF = {
  SMS_MFA: "SMSMfaSettings",
  EMAIL_OTP: "EmailMfaSettings",
  SOFTWARE_TOKEN_MFA: "SoftwareTokenMfaSettings",
} as const;

const name = fc.constantFrom<Username>("amy", "amy", "bea");
const factor = fc.constantFrom(...FACTORS);
/** Counted from the newest. */
const recent = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(3));
const preference = fc.record({ isEnabled: mostly, isPreferred: fc.boolean() });
/** Mostly of one factor. */
const preferences: fc.Arbitrary<Preferences> = fc
  .tuple(factor, preference, fc.nat(4), factor, preference)
  .map(([first, given, number, second, other]) => ({
    ...(number === 0 && { [second]: other }),
    [first]: { ...given, isPreferred: given.isPreferred && (given.isEnabled || number === 1) },
  }));
const isOfPool = ({ settings: { factors } }: FactorsModel, given: Preferences) =>
  Object.keys(given).every((of) => factors.some((one) => one === of));

const settings: fc.Arbitrary<FactorsSettings> = fc
  .record({
    mfa: fc.constantFrom(
      "OFF" as const,
      "OPTIONAL" as const,
      "OPTIONAL" as const,
      "ON" as const,
      "ON" as const,
    ),
    factors: fc.subarray([...FACTORS], { minLength: 1 }),
    recovery: fc.constantFrom(undefined, "email" as const, "phone_number" as const),
    devices: fc.option(fc.record({ replaceMfa: mostly, askUser: fc.boolean() }), { nil: undefined }),
  })
  .map((made) => (made.mfa === "OFF" ? { ...made, factors: [] } : made));

const pool = { UserPoolId: "«pool»" };
const client = { ClientId: "«client»" };
const step = <Args>(given: Step<FactorsModel, Args>) => commandOf(given);
const newest = (names: Iterable<string>, index: number) => [...names].at(-1 - index) ?? "«no token»";
const access = (model: FactorsModel, index: number) => newest(model.accessTokens.keys(), index);
const hasTokens = (model: FactorsModel) => model.accessTokens.size > 0;
/** Mostly the newest one that can be answered, else one of the newest of all. */
const challengeAt = (model: FactorsModel, index: number) => {
  const open = model.challenges.findLast(({ isUsed }) => !isUsed);
  const challenge =
    (index === 0 ? open : undefined) ?? model.challenges.at(-1 - index) ?? model.challenges.at(-1);
  if (challenge === undefined) throw new Error("No challenge was given.");
  return challenge;
};
const isInSetup = (model: FactorsModel, index: number) =>
  model.challenges.length > 0 && challengeAt(model, index).name === "MFA_SETUP";
const userOf = (model: FactorsModel, token: string) => model.accessTokens.get(token)?.user;
/** None, mostly a device of the user who is named, else any. */
const namedDevice = fc.oneof(fc.constant(undefined), {
  weight: 3,
  arbitrary: fc.record({ isOwn: almostAlways, index: fc.nat(2) }),
});
type NamedDevice = typeof namedDevice extends fc.Arbitrary<infer Value> ? Value : never;
const deviceFor = (model: FactorsModel, user: string | undefined, given: NamedDevice): string | undefined => {
  if (given === undefined) return undefined;
  const own = model.devices.filter((device) => !given.isOwn || device.user.name === user);
  return (own.at(-1 - given.index) ?? own.at(-1) ?? model.devices.at(-1))?.key;
};

// ---- Devices in software ----

type Device = ReturnType<typeof softwareDevice>;
const devices = new WeakMap<Engine, Map<string, Device>>();
const deviceNamed = (engine: Engine, key: string) => devices.get(engine)?.get(key);

const signedIn = {
  view({ ChallengeName, ChallengeParameters, Session, AuthenticationResult }: Json) {
    if (ChallengeName !== undefined) {
      const secretBlock = ChallengeParameters.SECRET_BLOCK;
      return {
        challenge: ChallengeName,
        ...(Session !== undefined && { session: Session }),
        ...(secretBlock !== undefined && { secretBlock }),
      };
    }
    const { AccessToken, RefreshToken, NewDeviceMetadata } = AuthenticationResult;
    const { device_key: deviceKey } = decodeJwt(AccessToken);
    return {
      access: AccessToken,
      ...(deviceKey !== undefined && { deviceKey }),
      ...(RefreshToken !== undefined && { refresh: RefreshToken }),
      ...(NewDeviceMetadata !== undefined && { newDevice: NewDeviceMetadata.DeviceKey }),
    };
  },
  learn({ Session, ChallengeParameters, AuthenticationResult }: Json, expected: Json, engine: Engine) {
    if (expected.session !== undefined) engine.bind(expected.session, Session);
    if (expected.secretBlock !== undefined && ChallengeParameters !== undefined) {
      engine.bind(expected.secretBlock, ChallengeParameters.SECRET_BLOCK);
      offers.get(engine)?.set(expected.secretBlock, ChallengeParameters);
    }
    if (expected.access !== undefined) engine.bind(expected.access, AuthenticationResult?.AccessToken);
    if (expected.refresh !== undefined) engine.bind(expected.refresh, AuthenticationResult?.RefreshToken);
    const made = AuthenticationResult?.NewDeviceMetadata;
    if (expected.newDevice !== undefined && made !== undefined) {
      engine.bind(expected.newDevice, made.DeviceKey);
      devices.get(engine)?.set(expected.newDevice, softwareDevice(made));
    }
  },
};
/** The numbers of SRP that came with each secret block. */
const offers = new WeakMap<Engine, Map<string, Readonly<Record<string, string>>>>();

const preferenceInput = (given: Preferences) =>
  Object.fromEntries(
    FACTORS.flatMap((of) => {
      const named = given[of];
      return named === undefined
        ? []
        : [[SETTINGS_OF[of], { Enabled: named.isEnabled, PreferredMfa: named.isPreferred }]];
    }),
  );
const shownFactors = ({ UserMFASettingList = [], PreferredMfaSetting }: Json) => ({
  factors: [...UserMFASettingList].sort(),
  ...(PreferredMfaSetting !== undefined && { preferred: PreferredMfaSetting }),
});
const byToken = fc.record({ token: recent });

const commands = [
  step({
    operation: "InitiateAuth",
    weight: 14,
    args: fc.record({ name, isRight: almostAlways, device: namedDevice }),
    input(model, { name: USERNAME, isRight, device }) {
      const DEVICE_KEY = deviceFor(model, USERNAME, device);
      return {
        ...client,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: {
          USERNAME,
          PASSWORD: isRight ? PASSWORD : "wrong",
          ...(DEVICE_KEY !== undefined && { DEVICE_KEY }),
        },
      };
    },
    rule: (model, args) => model.signIn({ ...args, deviceKey: deviceFor(model, args.name, args.device) }),
    ...signedIn,
  }),
  step({
    operation: "RespondToAuthChallenge",
    weight: 24,
    args: fc.record({ index: recent, isRight: almostAlways, choice: factor }),
    // The answer to a used challenge on a forgotten device is not documented.
    possible(model, { index }) {
      if (model.challenges.length === 0) return false;
      const { isUsed, deviceKey } = challengeAt(model, index);
      return !isUsed || deviceKey === undefined || model.device(deviceKey)?.isRemembered === true;
    },
    prepare(engine, model, { index, isRight }) {
      const { user, session, deviceKey = "" } = challengeAt(model, index);
      bindAppCode(engine, model.now, user.app, isRight);
      const device = deviceNamed(engine, deviceKey);
      const offer = offers.get(engine)?.get(session);
      const claim = offer && device?.claim(offer);
      const signature = claim?.PASSWORD_CLAIM_SIGNATURE;
      engine.bindCode("«srp a»", device?.begin.SRP_A);
      engine.bindCode("«timestamp»", claim?.TIMESTAMP);
      engine.bindCode("«signature»", isRight ? signature : Buffer.alloc(32, 1).toString("base64"));
    },
    input(model, { index, isRight, choice }) {
      const { name: ChallengeName, user, session, code, deviceKey } = challengeAt(model, index);
      const answers: Readonly<Record<string, Json>> = {
        SELECT_MFA_TYPE: { ANSWER: choice },
        MFA_SETUP: choice === "EMAIL_OTP" ? { EMAIL: VALUES[user.name].email } : {},
        SOFTWARE_TOKEN_MFA: { SOFTWARE_TOKEN_MFA_CODE: "«app code»" },
        SMS_MFA: { SMS_MFA_CODE: isRight ? code : "000000" },
        EMAIL_OTP: { EMAIL_OTP_CODE: isRight ? code : "00000000" },
        DEVICE_SRP_AUTH: { SRP_A: "«srp a»" },
        DEVICE_PASSWORD_VERIFIER: {
          PASSWORD_CLAIM_SECRET_BLOCK: session,
          PASSWORD_CLAIM_SIGNATURE: "«signature»",
          TIMESTAMP: "«timestamp»",
        },
      };
      return {
        ...client,
        ChallengeName,
        ...(ChallengeName !== "DEVICE_PASSWORD_VERIFIER" && { Session: session }),
        ChallengeResponses: {
          USERNAME: user.name,
          ...(deviceKey !== undefined && { DEVICE_KEY: deviceKey }),
          ...answers[ChallengeName],
        },
      };
    },
    rule: (model, { index, ...args }) => model.respond({ ...args, challenge: challengeAt(model, index) }),
    ...signedIn,
  }),
  step({
    operation: "AssociateSoftwareToken",
    weight: 3,
    args: fc.record({ index: recent }),
    possible: (model, { index }) => isInSetup(model, index),
    input: (model, { index }) => ({ Session: challengeAt(model, index).session }),
    rule: (model, { index }) => model.associateBySession({ challenge: challengeAt(model, index) }),
    view: ({ SecretCode, Session }) => ({ secret: SecretCode, session: Session }),
    learn(output, { secret, session }, engine) {
      engine.bind(secret, output.SecretCode);
      engine.bind(session, output.Session);
    },
  }),
  step({
    operation: "VerifySoftwareToken",
    weight: 3,
    args: fc.record({ index: recent, isRight: mostly }),
    possible: (model, { index }) => isInSetup(model, index),
    prepare: (engine, model, { index, isRight }) =>
      bindAppCode(engine, model.now, challengeAt(model, index).app, isRight),
    input: (model, { index }) => ({ Session: challengeAt(model, index).session, UserCode: "«app code»" }),
    rule: (model, { index, isRight }) =>
      model.verifyBySession({ challenge: challengeAt(model, index), isRight }),
    view: ({ Session }) => ({ session: Session }),
    learn: ({ Session }, { session }, engine) => engine.bind(session, Session),
  }),
  step({
    operation: "AssociateSoftwareToken",
    weight: 2,
    args: byToken,
    possible: hasTokens,
    input: (model, { token }) => ({ AccessToken: access(model, token) }),
    rule: (model, { token }) => model.associate({ token: access(model, token) }),
    view: ({ SecretCode }) => ({ secret: SecretCode }),
    learn: ({ SecretCode }, { secret }, engine) => engine.bind(secret, SecretCode),
  }),
  step({
    operation: "VerifySoftwareToken",
    weight: 4,
    args: fc.record({ token: recent, isRight: mostly }),
    possible: hasTokens,
    prepare: (engine, model, { token, isRight }) =>
      bindAppCode(engine, model.now, userOf(model, access(model, token))?.pendingApp, isRight),
    input: (model, { token }) => ({ AccessToken: access(model, token), UserCode: "«app code»" }),
    rule: (model, { token, isRight }) => model.verify({ token: access(model, token), isRight }),
    view: () => ({}),
  }),
  step({
    operation: "SetUserMFAPreference",
    weight: 4,
    args: fc.record({ token: recent, preferences }),
    possible: (model, args) => hasTokens(model) && isOfPool(model, args.preferences),
    input: (model, args) => ({
      AccessToken: access(model, args.token),
      ...preferenceInput(args.preferences),
    }),
    rule: (model, args) => model.setPreference({ ...args, token: access(model, args.token) }),
  }),
  step({
    operation: "AdminSetUserMFAPreference",
    weight: 8,
    args: fc.record({ name, preferences }),
    possible: (model, args) => isOfPool(model, args.preferences),
    input: (_, args) => ({ ...pool, Username: args.name, ...preferenceInput(args.preferences) }),
    rule: (model, args) => model.adminSetPreference(args),
  }),
  step({
    operation: "GetUser",
    args: byToken,
    possible: hasTokens,
    input: (model, { token }) => ({ AccessToken: access(model, token) }),
    rule: (model, { token }) => model.getUser({ token: access(model, token) }),
    view: shownFactors,
  }),
  step({
    operation: "AdminUpdateUserAttributes",
    weight: 4,
    args: fc.record({
      name,
      address: fc.constantFrom<Address>("email", "phone_number"),
      isThere: fc.boolean(),
    }),
    input: (_, args) => ({
      ...pool,
      Username: args.name,
      UserAttributes: [{ Name: args.address, Value: args.isThere ? VALUES[args.name][args.address] : "" }],
    }),
    rule: (model, args) => model.setAddress(args),
  }),
  step({
    operation: "ConfirmDevice",
    weight: 8,
    args: fc.record({ token: recent, isRight: almostAlways, other: recent }),
    possible: (model) => hasTokens(model) && model.settings.devices !== undefined,
    prepare(engine, model, args) {
      const device = deviceNamed(engine, confirmed(model, args).key);
      engine.bindCode("«salt»", device?.verifier.Salt);
      engine.bindCode("«verifier»", device?.verifier.PasswordVerifier);
    },
    input(model, args) {
      const { token, key } = confirmed(model, args);
      return {
        AccessToken: token,
        DeviceKey: key,
        DeviceSecretVerifierConfig: { Salt: "«salt»", PasswordVerifier: "«verifier»" },
      };
    },
    rule: (model, args) => model.confirmDevice(confirmed(model, args)),
  }),
  step({
    operation: "UpdateDeviceStatus",
    weight: 4,
    args: fc.record({ token: recent, device: namedDevice, isRemembered: mostly }),
    possible: (model, { device }) => hasTokens(model) && deviceFor(model, "amy", device) !== undefined,
    input: (model, { token, device, isRemembered }) => ({
      AccessToken: access(model, token),
      DeviceKey: deviceOfBearer(model, token, device),
      DeviceRememberedStatus: isRemembered ? "remembered" : "not_remembered",
    }),
    rule: (model, { token, device, isRemembered }) =>
      model.updateDeviceStatus({
        token: access(model, token),
        key: deviceOfBearer(model, token, device),
        isRemembered,
      }),
  }),
  step({
    operation: "ForgetDevice",
    args: fc.record({ token: recent, device: namedDevice }),
    possible: (model, { device }) => hasTokens(model) && deviceFor(model, "amy", device) !== undefined,
    input: (model, { token, device }) => ({
      AccessToken: access(model, token),
      DeviceKey: deviceOfBearer(model, token, device),
    }),
    rule: (model, { token, device }) =>
      model.forgetDevice({ token: access(model, token), key: deviceOfBearer(model, token, device) }),
  }),
  step({
    operation: "AdminForgetDevice",
    args: fc.record({ name, device: namedDevice }),
    possible: (model, args) => deviceFor(model, args.name, args.device) !== undefined,
    input: (model, args) => ({
      ...pool,
      Username: args.name,
      DeviceKey: deviceFor(model, args.name, args.device),
    }),
    rule: (model, args) =>
      model.adminForgetDevice({ ...args, key: deviceFor(model, args.name, args.device) ?? "" }),
  }),
  step({
    operation: "ListDevices",
    args: byToken,
    possible: hasTokens,
    input: (model, { token }) => ({ AccessToken: access(model, token) }),
    rule: (model, { token }) => model.listDevices({ token: access(model, token) }).sort(),
    view: ({ Devices }) => Devices.map(({ DeviceKey }: Json) => DeviceKey),
    isSet: true,
  }),
  step({
    operation: "GetTokensFromRefreshToken",
    weight: 5,
    args: fc.record({ index: recent, isRight: mostly, device: namedDevice }),
    possible: hasTokens,
    input(model, args) {
      const { token, key } = refreshed(model, args);
      return { ...client, RefreshToken: token, ...(key !== undefined && { DeviceKey: key }) };
    },
    rule: (model, args) => model.refresh(refreshed(model, args)),
    ...signedIn,
  }),
  Array(2).fill(waiting<FactorsModel>(WAITS)),
].flat();

/** The key of the token's own sign-in, or of another. */
function confirmed(
  model: FactorsModel,
  { token, isRight, other }: { token: number; isRight: boolean; other: number },
) {
  const at = access(model, token);
  const signIn = model.accessTokens.get(isRight ? at : access(model, other));
  return { token: at, key: signIn?.deviceKey ?? "us-east-1_00000000-0000-0000-0000-000000000000" };
}
function deviceOfBearer(model: FactorsModel, token: number, device: NamedDevice): string {
  return deviceFor(model, userOf(model, access(model, token))?.name, device) ?? "";
}
function refreshed(
  model: FactorsModel,
  { index, isRight, device }: { index: number; isRight: boolean; device: NamedDevice },
) {
  const token = newest(model.refreshTokens.keys(), index);
  const signIn = model.refreshTokens.get(token);
  return { token, key: isRight ? signIn?.deviceKey : deviceFor(model, signIn?.user.name, device) };
}

const RECOVERY = { email: "verified_email", phone_number: "verified_phone_number" } as const;
function recoveryOf(first: Address | undefined) {
  if (first === undefined) return [{ Name: "admin_only", Priority: 1 }];
  const second = first === "email" ? "phone_number" : "email";
  return [
    { Name: RECOVERY[first], Priority: 1 },
    { Name: RECOVERY[second], Priority: 2 },
  ];
}

function open(made: FactorsSettings): Scene<FactorsModel> {
  const model = new FactorsModel(made);
  return {
    model,
    async prepare(engine) {
      devices.set(engine, new Map());
      offers.set(engine, new Map());
      const SmsConfiguration = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" };
      const { UserPool } = await must(engine, "CreateUserPool", {
        PoolName: "model",
        SmsConfiguration,
        EmailConfiguration: {
          EmailSendingAccount: "DEVELOPER",
          SourceArn: "arn:aws:ses:us-east-1:123456789012:identity/pool@example.com",
        },
        AccountRecoverySetting: { RecoveryMechanisms: recoveryOf(made.recovery) },
        ...(made.devices && {
          DeviceConfiguration: {
            ChallengeRequiredOnNewDevice: made.devices.replaceMfa,
            DeviceOnlyRememberedOnUserPrompt: made.devices.askUser,
          },
        }),
      });
      engine.bind("«pool»", UserPool.Id);
      if (made.mfa !== "OFF") {
        await must(engine, "SetUserPoolMfaConfig", {
          ...pool,
          MfaConfiguration: made.mfa,
          ...(made.factors.includes("SMS_MFA") && { SmsMfaConfiguration: { SmsConfiguration } }),
          ...(made.factors.includes("EMAIL_OTP") && {
            EmailMfaConfiguration: { Message: "{####}", Subject: "code" },
          }),
          SoftwareTokenMfaConfiguration: { Enabled: made.factors.includes("SOFTWARE_TOKEN_MFA") },
        });
      }
      const { UserPoolClient } = await must(engine, "CreateUserPoolClient", {
        ...pool,
        ClientName: "model",
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        AccessTokenValidity: 24,
        RefreshTokenValidity: 3,
      });
      engine.bind("«client»", UserPoolClient.ClientId);
      for (const { name: Username, addresses } of model.users) {
        await must(engine, "AdminCreateUser", {
          ...pool,
          Username,
          MessageAction: "SUPPRESS",
          UserAttributes: Object.keys(addresses).map((Name) => ({
            Name,
            Value: VALUES[Username][Name as Address],
          })),
        });
        await must(engine, "AdminSetUserPassword", {
          ...pool,
          Username,
          Password: PASSWORD,
          Permanent: true,
        });
      }
    },
    probe: (engine, _, node) => Promise.all(model.users.map(({ name: of }) => probe(engine, of, made, node))),
    state: () => model.state(),
  };
}

async function probe(engine: Engine, of: Username, made: FactorsSettings, node: number): Promise<Json> {
  const named = { ...pool, Username: of };
  const user = await must(engine, "AdminGetUser", named, node);
  const { Devices } = made.devices
    ? await must(engine, "AdminListDevices", { ...named, Limit: 60 }, node)
    : { Devices: [] };
  const attributeOf = (attributes: Json[], wanted: string) =>
    attributes.find(({ Name }: Json) => Name === wanted)?.Value;
  const addresses = (["email", "phone_number"] as const).flatMap((address) => {
    if (attributeOf(user.UserAttributes, address) === undefined) return [];
    const isVerified = attributeOf(user.UserAttributes, `${address}_verified`) === "true";
    return [[address, isVerified ? "verified" : "unverified"]];
  });
  return {
    name: of,
    ...shownFactors(user),
    addresses: Object.fromEntries(addresses),
    devices: Devices.map(
      ({ DeviceKey, DeviceAttributes }: Json) =>
        `${engine.named(DeviceKey)} ${attributeOf(DeviceAttributes, "dev:device_remembered_status")}`,
    ).sort(),
  };
}

const engines = startEngines();

it("asks for second factors and takes devices in their place as the model says, on every engine", async () => {
  await runSequences(engines, { settings, commands, open, runs: 3, seed: 20_261_130, steps: 120 });
}, 3_600_000);
