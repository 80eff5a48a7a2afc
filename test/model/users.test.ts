/** Users, aliases, attributes and groups, in random sequences, compared with a model of them on every engine. */
import fc from "fast-check";
import { decodeJwt } from "jose";
import { it } from "vitest";
import { type Engine, type Json, startEngines } from "./engines.ts";
import { commandOf, must, runSequences, type Scene, type Step } from "./sequences.ts";
import {
  type Address,
  type Alias,
  type Attributes,
  PAGE_SIZE,
  type PoolSettings,
  type Role,
  UsersModel,
} from "./users-model.ts";

const PASSWORD = "Correct-horse-1";

// Few values, so that sequences often name the same thing.
const freeName = fc.constantFrom("jane", "Jane", "joe");
const email = fc.constantFrom("a@example.com", "A@Example.com", "b@example.com");
const phone = fc.constantFrom("+15550100001", "+15550100002");
const address = fc.constantFrom<Address>("email", "phone_number");
const anyUser = fc.nat(6).map((index) => `«user ${index + 1}»`);
const anyName = fc.oneof(freeName, email, phone, anyUser);
/** Which user is named: mostly one who is there, by a name that they have. */
const who = fc.record({
  isAny: fc.nat(9).map((number) => number === 9),
  index: fc.nat(5),
  name: fc.nat(4),
  any: anyName,
});
type Who = typeof who extends fc.Arbitrary<infer Value> ? Value : never;
/** The name of a new user: mostly of a form that the pool takes. */
const newName = fc.record({ free: freeName, email, phone, form: fc.nat(9) });
type NewName = typeof newName extends fc.Arbitrary<infer Value> ? Value : never;
const group = fc.constantFrom("readers", "readers", "writers", "writers", "Readers");
const flag = fc.constantFrom("true", "false");
/** Mostly the code that is asked for, else one of the newest codes of all, or a guess. */
const code = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, fc.nat(4));
const token = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(3));

/** Beginnings of values are letters that no UUID has. */
const filter = fc
  .constantFrom(
    ...(
      [
        ["username", ["jane", "Jane", "joe", "j", "J", ""]],
        ["email", ["a@example.com", "A@EXAMPLE.COM", "a@", "A", "b@example.com", ""]],
        ["phone_number", ["+15550100001", "+1555", ""]],
        ["preferred_username", ["jane", "J", "joe"]],
        ["cognito:user_status", ["CONFIRMED", "c", "unconfirmed", "FORCE_", "f"]],
        ["status", ["Enabled", "enabled", "Disabled", "D", "e"]],
        ["sub", []],
      ] as const
    ).map(([attribute, values]) => ({ attribute, values })),
  )
  .chain(({ attribute, values }) =>
    fc.record({
      attribute: fc.constant(attribute),
      operator: fc.constantFrom("=" as const, "^=" as const),
      value: values.length === 0 ? anyUser : fc.constantFrom<string>(...values),
    }),
  );

const optional = { requiredKeys: [] };
const ownAttributes = fc.record({ email, phone_number: phone, preferred_username: freeName }, optional);
const givenAttributes = fc.record(
  {
    email,
    phone_number: phone,
    preferred_username: freeName,
    email_verified: flag,
    phone_number_verified: flag,
  },
  optional,
);
const orEmpty = (value: fc.Arbitrary<string>) => fc.oneof({ weight: 5, arbitrary: value }, fc.constant(""));
const changedAttributes = fc.record(
  {
    email: orEmpty(email),
    phone_number: orEmpty(phone),
    preferred_username: orEmpty(freeName),
    name: orEmpty(freeName),
  },
  { requiredKeys: [] },
);
const setAttributes = fc.record(
  {
    email: orEmpty(email),
    phone_number: orEmpty(phone),
    preferred_username: orEmpty(freeName),
    email_verified: flag,
    phone_number_verified: flag,
  },
  optional,
);
const attributeNames = fc.uniqueArray(
  fc.constantFrom("email", "phone_number", "preferred_username", "name"),
  {
    minLength: 1,
  },
);

const settings: fc.Arbitrary<PoolSettings> = fc
  .record({
    names: fc.oneof(
      fc.record({ aliases: fc.subarray<Alias>(["email", "phone_number", "preferred_username"]) }),
      fc.record({ addresses: fc.subarray<Address>(["email", "phone_number"], { minLength: 1 }) }),
    ),
    caseSensitive: fc.boolean(),
    autoVerified: fc.subarray<Address>(["email", "phone_number"]),
    isVerifiedBefore: fc.boolean(),
  })
  .map(({ isVerifiedBefore, ...given }) => ({
    ...given,
    verifiedBeforeUpdate: isVerifiedBefore ? given.autoVerified : [],
  }));

const pool = { UserPoolId: "«pool»" };
const client = { ClientId: "«client»" };
const listed = (attributes: Attributes) =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
const unlisted = (attributes: readonly { Name: string; Value: string }[] = []): Attributes =>
  Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value]));
const step = <Args>(given: Step<UsersModel, Args>) => commandOf(given);

const codeAt = (model: UsersModel, index: number) =>
  model.messages.flatMap(({ code }) => (code === undefined ? [] : [code])).at(-1 - index) ?? "000000";
const nameOf = (model: UsersModel, { isAny, index, name, any }: Who): string => {
  const user = model.users[index % Math.max(model.users.length, 1)];
  if (isAny || user === undefined) return any;
  const { email: address, phone_number: number, preferred_username: preferred } = user.attributes;
  const names = [user.username, user.sub, address, number, preferred].filter((known) => known !== undefined);
  return names[name % names.length] ?? any;
};
const newNameFor = (
  { usernameAttributes }: UsersModel,
  { free, email: address, phone: number, form }: NewName,
) => {
  if (form === 9) return number;
  if (form === 8) return free;
  if (usernameAttributes.length === 0) return form === 7 ? address : free;
  return usernameAttributes.includes("email") && (form < 4 || usernameAttributes.length === 1)
    ? address
    : number;
};
const isThereAnyone = (model: UsersModel) => model.users.length > 0;
const tokenAt = (model: UsersModel, index: number) => [...model.tokens.keys()].at(-1 - index) ?? "«no token»";
const signUpCode = (model: UsersModel, user: Who, index: number | null) =>
  index === null
    ? (model.find(nameOf(model, user))?.codes.get("SignUp")?.name ?? "000000")
    : codeAt(model, index);
const addressCode = (model: UsersModel, token: number, attribute: Address, index: number | null) =>
  index === null
    ? (model.tokens.get(tokenAt(model, token))?.user.codes.get(attribute)?.name ?? "000000")
    : codeAt(model, index);
const hasToken = (model: UsersModel) => model.tokens.size > 0;
const nothing = () => ({});

/** An operation of an administrator on a user. */
const onUser = <Args>(
  operation: Step<UsersModel, Args>["operation"],
  args: fc.Arbitrary<Args>,
  rule: (model: UsersModel, args: Args & { readonly name: string }) => Json,
  more: (args: Args) => Json = nothing,
  view?: (output: Json) => Json,
  weight = 1,
) =>
  step<Args & { readonly user: Who }>({
    operation,
    weight,
    args: fc.tuple(args, who).map(([given, user]) => ({ ...given, user })),
    possible: isThereAnyone,
    input: (model, given) => ({ ...pool, Username: nameOf(model, given.user), ...more(given) }),
    rule: (model, given) => rule(model, { ...given, name: nameOf(model, given.user) }),
    ...(view && { view }),
  });
const noArgs = fc.constant({});
const named = fc.record({ user: who });
const shownUser = ({ Username, UserAttributes, Enabled, UserStatus }: Json) => ({
  Username,
  attributes: unlisted(UserAttributes),
  ...(Enabled !== undefined && { Enabled, UserStatus }),
});
const ROLE_ARN = "arn:aws:iam::123456789012:role/";
const roleOf = (arn: string) => arn.replace(ROLE_ARN, "");
const shownGroup = ({ Group: { GroupName, Precedence, Description, RoleArn } }: Json) => ({
  GroupName,
  ...(Precedence !== undefined && { Precedence }),
  ...(Description !== undefined && { Description }),
  ...(RoleArn !== undefined && { role: roleOf(RoleArn) }),
});
const groupArgs = fc.record({
  group,
  precedence: fc.option(fc.nat(2), { nil: undefined }),
  description: fc.option(fc.constantFrom("one", "two"), { nil: undefined }),
  role: fc.option(fc.constantFrom<Role>("reader", "writer"), { nil: undefined }),
});
const groupInput = ({
  group: GroupName,
  precedence,
  description,
  role,
}: {
  group: string;
  precedence: number | undefined;
  description: string | undefined;
  role: Role | undefined;
}) => ({
  ...pool,
  GroupName,
  ...(precedence !== undefined && { Precedence: precedence }),
  ...(description !== undefined && { Description: description }),
  ...(role !== undefined && { RoleArn: `${ROLE_ARN}${role}` }),
});

const commands = [
  step({
    operation: "SignUp",
    weight: 3,
    args: fc.record({ newName, attributes: ownAttributes }),
    input: (model, { newName: name, attributes }) => ({
      ...client,
      Username: newNameFor(model, name),
      Password: PASSWORD,
      UserAttributes: listed(attributes),
    }),
    rule: (model, args) => model.signUp({ ...args, username: newNameFor(model, args.newName) }),
    learn: (output, { UserSub }, engine) => engine.bind(UserSub, output.UserSub),
  }),
  step({
    operation: "ConfirmSignUp",
    weight: 3,
    args: fc.record({ user: who, code, force: fc.boolean() }),
    possible: isThereAnyone,
    input: (model, { user, code, force }) => ({
      ...client,
      Username: nameOf(model, user),
      ConfirmationCode: signUpCode(model, user, code),
      ForceAliasCreation: force,
    }),
    rule: (model, { user, code, force }) =>
      model.confirmSignUp({ name: nameOf(model, user), code: signUpCode(model, user, code), force }),
  }),
  step({
    operation: "ResendConfirmationCode",
    args: named,
    possible: isThereAnyone,
    input: (model, { user }) => ({ ...client, Username: nameOf(model, user) }),
    rule: (model, { user }) => model.resendConfirmationCode({ name: nameOf(model, user) }),
  }),
  onUser("AdminConfirmSignUp", noArgs, (model, args) => model.adminConfirmSignUp(args)),
  step({
    operation: "AdminCreateUser",
    weight: 2,
    args: fc.record({ newName, attributes: givenAttributes, force: fc.boolean() }),
    input: (model, { newName: name, attributes, force }) => ({
      ...pool,
      Username: newNameFor(model, name),
      TemporaryPassword: PASSWORD,
      MessageAction: "SUPPRESS",
      UserAttributes: listed(attributes),
      ForceAliasCreation: force,
    }),
    rule: (model, args) => model.adminCreateUser({ ...args, username: newNameFor(model, args.newName) }),
    learn: ({ User }, { sub }, engine) => engine.bind(sub, unlisted(User.Attributes).sub),
    view({ User: { Username, Attributes, UserStatus } }) {
      const { sub, ...others } = unlisted(Attributes);
      return { sub, Username, Attributes: others, status: UserStatus };
    },
  }),
  onUser(
    "AdminSetUserPassword",
    noArgs,
    (model, args) => model.adminSetUserPassword(args),
    () => ({ Password: PASSWORD, Permanent: true }),
    undefined,
    4,
  ),
  step({
    operation: "InitiateAuth",
    weight: 5,
    args: named,
    possible: isThereAnyone,
    input: (model, { user }) => ({
      ...client,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: nameOf(model, user), PASSWORD },
    }),
    rule: (model, { user }) => model.signIn({ name: nameOf(model, user) }),
    learn({ AuthenticationResult }, { token }, engine) {
      if (token !== undefined) engine.bind(token, AuthenticationResult?.AccessToken);
    },
    view({ ChallengeName, AuthenticationResult }) {
      if (ChallengeName !== undefined) return { challenge: ChallengeName };
      const { AccessToken, IdToken } = AuthenticationResult;
      const { username, sub, "cognito:groups": groups } = decodeJwt(AccessToken);
      const { "cognito:roles": roles, "cognito:preferred_role": preferred }: Json = decodeJwt(IdToken);
      return {
        token: AccessToken,
        claims: {
          username,
          sub,
          ...(groups !== undefined && { groups }),
          ...(roles !== undefined && { roles: roles.map(roleOf).sort() }),
          ...(preferred !== undefined && { preferred: roleOf(preferred) }),
        },
      };
    },
  }),
  step({
    operation: "GetUser",
    args: fc.record({ token }),
    possible: hasToken,
    input: (model, { token }) => ({ AccessToken: tokenAt(model, token) }),
    rule: (model, { token }) => model.getUser({ token: tokenAt(model, token) }),
    view: shownUser,
  }),
  step({
    operation: "DeleteUser",
    args: fc.record({ token }),
    possible: hasToken,
    input: (model, { token }) => ({ AccessToken: tokenAt(model, token) }),
    rule: (model, { token }) => model.deleteUser({ token: tokenAt(model, token) }),
  }),
  step({
    operation: "UpdateUserAttributes",
    weight: 6,
    args: fc.record({ token, attributes: changedAttributes }),
    possible: hasToken,
    input: (model, { token, attributes }) => ({
      AccessToken: tokenAt(model, token),
      UserAttributes: listed(attributes),
    }),
    rule: (model, { token, attributes }) =>
      model.updateUserAttributes({ token: tokenAt(model, token), attributes }),
  }),
  step({
    operation: "DeleteUserAttributes",
    args: fc.record({ token, names: attributeNames }),
    possible: hasToken,
    input: (model, { token, names }) => ({ AccessToken: tokenAt(model, token), UserAttributeNames: names }),
    rule: (model, { token, names }) => model.deleteUserAttributes({ token: tokenAt(model, token), names }),
  }),
  step({
    operation: "GetUserAttributeVerificationCode",
    weight: 2,
    args: fc.record({ token, attribute: address }),
    possible: hasToken,
    input: (model, { token, attribute }) => ({
      AccessToken: tokenAt(model, token),
      AttributeName: attribute,
    }),
    rule: (model, { token, attribute }) =>
      model.getUserAttributeVerificationCode({ token: tokenAt(model, token), attribute }),
  }),
  step({
    operation: "VerifyUserAttribute",
    weight: 4,
    args: fc.record({ token, attribute: address, code }),
    possible: hasToken,
    input: (model, { token, attribute, code }) => ({
      AccessToken: tokenAt(model, token),
      AttributeName: attribute,
      Code: addressCode(model, token, attribute, code),
    }),
    rule: (model, { token, attribute, code }) =>
      model.verifyUserAttribute({
        token: tokenAt(model, token),
        attribute,
        code: addressCode(model, token, attribute, code),
      }),
  }),
  onUser(
    "AdminUpdateUserAttributes",
    fc.record({ attributes: setAttributes }),
    (model, args) => model.adminUpdateUserAttributes(args),
    ({ attributes }) => ({ UserAttributes: listed(attributes) }),
    undefined,
    5,
  ),
  onUser(
    "AdminDeleteUserAttributes",
    fc.record({ names: attributeNames }),
    (model, args) => model.adminDeleteUserAttributes(args),
    ({ names }) => ({ UserAttributeNames: names }),
  ),
  onUser("AdminGetUser", noArgs, (model, args) => model.adminGetUser(args), nothing, shownUser),
  onUser("AdminDisableUser", noArgs, (model, args) => model.adminDisableUser(args)),
  onUser("AdminEnableUser", noArgs, (model, args) => model.adminEnableUser(args)),
  onUser("AdminDeleteUser", noArgs, (model, args) => model.adminDeleteUser(args)),
  step({
    operation: "ListUsers",
    args: fc.record({ filter }),
    input: (_, { filter: { attribute, operator, value } }) => ({
      ...pool,
      Filter: `${attribute} ${operator} "${value}"`,
    }),
    rule: (model, args) => model.listUsers(args).sort(),
    view: ({ Users }) => Users.map(({ Username }: Json) => Username),
    isSet: true,
  }),
  step({
    operation: "ListUsers",
    weight: 3,
    args: fc.record({ isFirst: fc.nat(3).map((number) => number === 0) }),
    possible: ({ page }, { isFirst }) => isFirst || page !== undefined,
    input: ({ page }, { isFirst }) => ({
      ...pool,
      Limit: PAGE_SIZE,
      ...(!isFirst && { PaginationToken: page?.token }),
    }),
    rule: (model, args) => model.listPage(args),
    view: ({ Users, PaginationToken }) => ({
      users: Users.map(({ Username }: Json) => Username),
      ...(PaginationToken !== undefined && { token: PaginationToken }),
    }),
    learn: ({ PaginationToken }, { token }, engine) => engine.bind(token ?? "«no page»", PaginationToken),
  }),
  step({
    operation: "CreateGroup",
    weight: 3,
    args: groupArgs,
    input: (_, args) => groupInput(args),
    rule: (model, args) => model.createGroup(args),
    view: shownGroup,
  }),
  step({
    operation: "UpdateGroup",
    args: groupArgs,
    input: (_, args) => groupInput(args),
    rule: (model, args) => model.updateGroup(args),
    view: shownGroup,
  }),
  step({
    operation: "GetGroup",
    args: fc.record({ group }),
    input: (_, { group }) => ({ ...pool, GroupName: group }),
    rule: (model, args) => model.getGroup(args),
    view: shownGroup,
  }),
  step({
    operation: "DeleteGroup",
    args: fc.record({ group }),
    input: (_, { group }) => ({ ...pool, GroupName: group }),
    rule: (model, args) => model.deleteGroup(args),
  }),
  step({
    operation: "ListGroups",
    args: fc.constant({}),
    input: () => pool,
    rule: (model) => model.listGroups(),
    view: ({ Groups }) => Groups.map(({ GroupName }: Json) => GroupName).sort(),
  }),
  ...(["AdminAddUserToGroup", "AdminRemoveUserFromGroup"] as const).map((operation) =>
    onUser(
      operation,
      fc.record({ group }),
      (model, args) =>
        operation === "AdminAddUserToGroup"
          ? model.adminAddUserToGroup(args)
          : model.adminRemoveUserFromGroup(args),
      ({ group }) => ({ GroupName: group }),
      undefined,
      operation === "AdminAddUserToGroup" ? 6 : 1,
    ),
  ),
  step({
    operation: "ListUsersInGroup",
    args: fc.record({ group }),
    input: (_, { group }) => ({ ...pool, GroupName: group }),
    rule: (model, args) => model.listUsersInGroup(args),
    view: ({ Users }) => Users.map(({ Username }: Json) => Username),
  }),
  onUser(
    "AdminListGroupsForUser",
    noArgs,
    (model, args) => model.adminListGroupsForUser(args),
    nothing,
    ({ Groups }) => Groups.map(({ GroupName }: Json) => GroupName),
  ),
].flat();

/** All users, by pages of two, which must be as many as the pool says. */
async function probe(engine: Engine, model: UsersModel, node: number): Promise<Json> {
  const users: Json[] = [];
  let PaginationToken: string | undefined;
  do {
    const page = await must(
      engine,
      "ListUsers",
      { ...pool, Limit: 2, ...(PaginationToken && { PaginationToken }) },
      node,
    );
    users.push(...page.Users);
    PaginationToken = page.PaginationToken;
  } while (PaginationToken !== undefined && users.length <= model.users.length);
  return users.map(({ Username, Attributes, Enabled, UserStatus }) => ({
    Username,
    Attributes: unlisted(Attributes),
    Enabled,
    UserStatus,
  }));
}

function open(made: PoolSettings): Scene<UsersModel> {
  return {
    model: new UsersModel(made),
    async prepare(engine) {
      const { UserPool } = await must(engine, "CreateUserPool", {
        PoolName: "model",
        UsernameConfiguration: { CaseSensitive: made.caseSensitive },
        ...("aliases" in made.names
          ? { AliasAttributes: made.names.aliases }
          : { UsernameAttributes: made.names.addresses }),
        AutoVerifiedAttributes: made.autoVerified,
        SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" },
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: made.verifiedBeforeUpdate },
      });
      engine.bind("«pool»", UserPool.Id);
      const { UserPoolClient } = await must(engine, "CreateUserPoolClient", {
        ...pool,
        ClientName: "model",
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        AccessTokenValidity: 24,
      });
      engine.bind("«client»", UserPoolClient.ClientId);
    },
    probe,
    state: (model) => model.state(),
  };
}

const engines = startEngines();

it("keeps users, their names, attributes and groups as the model says, on every engine", async () => {
  await runSequences(engines, { settings, commands, open, runs: 8, seed: 20_261_130, steps: 80 });
}, 3_600_000);
