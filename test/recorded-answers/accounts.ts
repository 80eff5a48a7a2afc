import { type Json, type RecordedAnswer, refusal, TEXT, TIME, UUID } from "./entry.ts";
import { PASSWORD, passwordSignIn, refresh } from "./world.ts";

const SIGN_UP_DELIVERY = {
  AttributeName: "email",
  DeliveryMedium: "EMAIL",
  Destination: "f***@e***",
};

/** The schema of the recorded profile pool. */
const PROFILE: Json = {
  Schema: [
    { Name: "family_name", AttributeDataType: "String", Required: true, Mutable: true },
    { Name: "team", AttributeDataType: "String", Mutable: true },
    { Name: "tenant", AttributeDataType: "String", Mutable: false },
  ],
};

const attributes = (of: Readonly<Record<string, string>>) =>
  Object.entries(of).map(([Name, Value]) => ({ Name, Value }));

const PERSON = {
  email: "owned@example.com",
  family_name: "User",
  given_name: "Owned",
  birthdate: "2000-01-01",
  "custom:team": "one",
  "custom:tenant": "t1",
};

const signUp = (ClientId: string, of: Readonly<Record<string, string>> = PERSON): Json => ({
  ClientId,
  Username: "owned-user",
  Password: PASSWORD,
  UserAttributes: attributes(of),
});

export const accounts: readonly RecordedAnswer[] = [
  {
    title: "SignUp without auto-verification, and GetUser after it",
    origin: "SFX profile_workflows",
    async *play(world) {
      const UserPoolId = await world.pool(PROFILE);
      const { id } = await world.client(UserPoolId);
      yield ["SignUp", signUp(id), { UserConfirmed: false, UserSub: UUID }];
      yield ["AdminConfirmSignUp", { UserPoolId, Username: "owned-user" }, {}];
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(id, "owned-user")];
      yield [
        "GetUser",
        { AccessToken: AuthenticationResult.AccessToken },
        {
          UserAttributes: [
            ...attributes({ ...PERSON, email_verified: "false" }),
            { Name: "sub", Value: UUID },
          ],
          Username: "owned-user",
        },
      ];
    },
  },
  {
    title: "SignUp with e-mail auto-verified, again, a wrong code, and two resent",
    origin: "FLX sign-up.happy",
    async *play(world) {
      const UserPoolId = await world.pool({ AutoVerifiedAttributes: ["email"] });
      const { id: ClientId } = await world.client(UserPoolId);
      const input = signUp(ClientId, {
        email: "flo@example.com",
        phone_number: "+15555550100",
        given_name: "F",
        family_name: "L",
      });
      yield ["SignUp", input, { CodeDeliveryDetails: SIGN_UP_DELIVERY, UserConfirmed: false, UserSub: UUID }];
      yield ["SignUp", input, refusal("UsernameExistsException", "User already exists")];
      yield [
        "ConfirmSignUp",
        { ClientId, Username: "owned-user", ConfirmationCode: "000000" },
        refusal("CodeMismatchException", "Invalid verification code provided, please try again."),
      ];
      for (let times = 0; times < 2; times++) {
        yield [
          "ResendConfirmationCode",
          { ClientId, Username: "owned-user" },
          { CodeDeliveryDetails: SIGN_UP_DELIVERY },
        ];
      }
    },
  },
  {
    title: "ForgotPassword and USER_SRP_AUTH of an unknown user, LEGACY",
    origin: "FLX",
    async *play(world) {
      const { id: ClientId } = await world.client(await world.pool());
      yield [
        "ForgotPassword",
        { ClientId, Username: "nobody" },
        refusal("UserNotFoundException", "Username/client id combination not found."),
      ];
      yield [
        "InitiateAuth",
        {
          ClientId,
          AuthFlow: "USER_SRP_AUTH",
          AuthParameters: { USERNAME: "nobody", SRP_A: "a1".repeat(384) },
        },
        refusal("UserNotFoundException", "User does not exist."),
      ];
    },
  },
  {
    title: "SignUp lacking a required attribute, or with one that the service sets",
    origin: "SFX profile_workflows",
    async *play(world) {
      const { id } = await world.client(await world.pool(PROFILE));
      yield [
        "SignUp",
        signUp(id, { email: "owned@example.com" }),
        refusal(
          "InvalidParameterException",
          "Attributes did not conform to the schema: name.familyName: The attribute name.familyName is required",
        ),
      ];
      for (const name of ["email_verified", "sub"]) {
        yield [
          "SignUp",
          signUp(id, { ...PERSON, [name]: "true" }),
          refusal("InvalidParameterException", `Cannot modify the non-mutable attribute ${name}`),
        ];
      }
    },
  },
  {
    title: "UpdateUserAttributes and DeleteUserAttributes: refusals, and their answers without a code",
    origin: "SFX profile_workflows",
    async *play(world) {
      const UserPoolId = await world.pool(PROFILE);
      const { id } = await world.client(UserPoolId);
      const limited = await world.client(UserPoolId, { WriteAttributes: ["family_name"] });
      await world.user(UserPoolId, "owned-user", { UserAttributes: attributes(PERSON) });
      const tokenOf = async (client: string) =>
        (await world.call("InitiateAuth", passwordSignIn(client, "owned-user"))).AuthenticationResult
          .AccessToken;
      const AccessToken = await tokenOf(id);
      const update = (of: Readonly<Record<string, string>>, token = AccessToken) => ({
        AccessToken: token,
        UserAttributes: attributes(of),
      });
      yield ["UpdateUserAttributes", update({ given_name: "Other" }), {}];
      for (const name of ["email_verified", "sub"]) {
        const refused = refusal(
          "InvalidParameterException",
          `Cannot modify the non-mutable attribute ${name}`,
        );
        yield ["UpdateUserAttributes", update({ [name]: "true" }), refused];
        yield ["DeleteUserAttributes", { AccessToken, UserAttributeNames: [name] }, refused];
      }
      yield [
        "UpdateUserAttributes",
        update({ given_name: "x" }, await tokenOf(limited.id)),
        refusal("NotAuthorizedException", "A client attempted to write unauthorized attribute"),
      ];
      yield [
        "UpdateUserAttributes",
        update({ given_name: "x", "custom:tenant": "t2" }),
        refusal("InvalidParameterException", "user.custom:tenant: Attribute cannot be updated.\n"),
      ];
      yield [
        "UpdateUserAttributes",
        update({ "custom:unknown": "x" }),
        refusal(
          "InvalidParameterException",
          "user.custom:unknown: Attribute does not exist in the schema.\n",
        ),
      ];
      yield [
        "DeleteUserAttributes",
        { AccessToken, UserAttributeNames: ["family_name"] },
        refusal(
          "InvalidParameterException",
          "Invalid user attributes: name.familyName: The attribute name.familyName is required",
        ),
      ];
      yield [
        "DeleteUserAttributes",
        { AccessToken, UserAttributeNames: ["custom:unknown"] },
        refusal(
          "InvalidParameterException",
          "Invalid user attributes: Type for attribute {custom:unknown} could not be determined",
        ),
      ];
      yield ["DeleteUserAttributes", { AccessToken, UserAttributeNames: ["given_name"] }, {}];
    },
  },
  {
    title: "AdminUpdateUserAttributes with an immutable, an unknown and a too long value writes nothing",
    origin: "SFX profile_workflows",
    async *play(world) {
      const UserPoolId = await world.pool(PROFILE);
      const user = { UserPoolId, Username: "owned-user" };
      await world.user(UserPoolId, "owned-user", { UserAttributes: attributes(PERSON) });
      const refused = async function* (of: Readonly<Record<string, string>>, message: string) {
        yield [
          "AdminUpdateUserAttributes",
          { ...user, UserAttributes: attributes({ given_name: "Other", ...of }) },
          refusal("InvalidParameterException", message),
        ] as const;
      };
      yield* refused({ "custom:tenant": "t2" }, "user.custom:tenant: Attribute cannot be updated.\n");
      yield* refused(
        { "custom:unknown": "x" },
        "user.custom:unknown: Attribute does not exist in the schema.\n",
      );
      yield* refused(
        { birthdate: "2000-01-012" },
        "user.birthdate: String must be no longer than 10 characters\n",
      );
      yield [
        "AdminGetUser",
        user,
        {
          Enabled: true,
          UserAttributes: [...attributes(PERSON), { Name: "sub", Value: UUID }],
          UserCreateDate: TIME,
          UserLastModifiedDate: TIME,
          UserStatus: "CONFIRMED",
          Username: "owned-user",
        },
      ];
    },
  },
  {
    title: "AdminCreateUser SUPPRESS, and AdminGetUser",
    origin: "SFX client_retirement, credential_workflows",
    async *play(world) {
      const UserPoolId = await world.pool({
        Schema: [{ Name: "department", AttributeDataType: "String" }],
      });
      const given = attributes({
        email: "owned@example.com",
        given_name: "Owned",
        "custom:department": "engineering",
      });
      const Attributes = [...given, { Name: "sub", Value: UUID }];
      const user = {
        Enabled: true,
        UserCreateDate: TIME,
        UserLastModifiedDate: TIME,
        UserStatus: "FORCE_CHANGE_PASSWORD",
        Username: "owned-user",
      };
      yield [
        "AdminCreateUser",
        { UserPoolId, Username: "owned-user", MessageAction: "SUPPRESS", UserAttributes: given },
        { User: { ...user, Attributes } },
      ];
      yield ["AdminGetUser", { UserPoolId, Username: "owned-user" }, { ...user, UserAttributes: Attributes }];
    },
  },
  {
    title: "AdminCreateUser with a weak password, and of a name that is taken",
    origin: "SFX login_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const input = { UserPoolId, Username: "owned-user", MessageAction: "SUPPRESS" };
      yield [
        "AdminCreateUser",
        { ...input, TemporaryPassword: "Short1!" },
        refusal(
          "InvalidPasswordException",
          "Password did not conform with password policy: Password not long enough",
        ),
      ];
      yield ["AdminCreateUser", input];
      yield ["AdminCreateUser", input, refusal("UsernameExistsException", "User account already exists")];
    },
  },
  {
    title: "preferred_username in the form of an e-mail address, in a pool with the alias email",
    origin: "SFX admission_workflows",
    async *play(world) {
      const UserPoolId = await world.pool({ AliasAttributes: ["email", "preferred_username"] });
      await world.user(UserPoolId, "owned-user");
      yield [
        "AdminUpdateUserAttributes",
        {
          UserPoolId,
          Username: "owned-user",
          UserAttributes: attributes({ preferred_username: "x@example.com" }),
        },
        refusal(
          "InvalidParameterException",
          "Username cannot be of email format, since user pool is configured for email alias.",
        ),
      ];
    },
  },
  {
    title: "bodies of two bytes and of none",
    origin: "SFX credential_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const { id: ClientId } = await world.client(UserPoolId);
      await world.user(UserPoolId, "owned-user");
      const user = { UserPoolId, Username: "owned-user" };
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(ClientId, "owned-user")];
      const { AccessToken } = AuthenticationResult;
      yield [
        "ChangePassword",
        { AccessToken, PreviousPassword: PASSWORD, ProposedPassword: "Other-Password-1" },
        {},
      ];
      yield ["AdminSetUserPassword", { ...user, Password: PASSWORD, Permanent: true }, {}];
      yield ["AdminDisableUser", user, {}];
      yield ["AdminEnableUser", user, {}];
      yield ["AdminUserGlobalSignOut", user, {}];
      yield ["AdminDeleteUser", user, ""];
    },
  },
  {
    title: "DeleteUser has a body of no bytes",
    origin: "SFX login_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const { id } = await world.client(UserPoolId);
      await world.user(UserPoolId, "owned-user");
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(id, "owned-user")];
      yield ["DeleteUser", { AccessToken: AuthenticationResult.AccessToken }, ""];
    },
  },
  {
    title: "old tokens after a new password, and after disabling and enabling",
    origin: "SFX credential_workflows",
    async *play(world) {
      const UserPoolId = await world.pool();
      const { id: ClientId } = await world.client(UserPoolId);
      await world.user(UserPoolId, "owned-user");
      const user = { UserPoolId, Username: "owned-user" };
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(ClientId, "owned-user")];
      const { AccessToken, RefreshToken } = AuthenticationResult;
      yield ["AdminSetUserPassword", { ...user, Password: "Other-Password-1", Permanent: true }, {}];
      yield [
        "GetUser",
        { AccessToken },
        { UserAttributes: [{ Name: "sub", Value: TEXT }], Username: "owned-user" },
      ];
      yield ["InitiateAuth", refresh(ClientId, RefreshToken)];
      yield ["AdminDisableUser", user, {}];
      yield ["AdminEnableUser", user, {}];
      yield ["GetUser", { AccessToken }, refusal("NotAuthorizedException", "Access Token has been revoked")];
      yield [
        "InitiateAuth",
        refresh(ClientId, RefreshToken),
        refusal("NotAuthorizedException", "Refresh Token has been revoked"),
      ];
    },
  },
];
