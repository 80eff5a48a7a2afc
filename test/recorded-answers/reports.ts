import { createHmac } from "node:crypto";
import { expect } from "vitest";
import { type RecordedAnswer, refusal, TEXT, TIME, UUID } from "./entry.ts";
import { claimsOf, PASSWORD, passwordSignIn, refresh } from "./world.ts";

/** Inputs of public bug reports, of SDKs' sources and of documentation, collected on 28 November 2026. */
const ORIGIN = "public reports of November 2026";
const SMS = { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" };
const ROLE = "arn:aws:iam::123456789012:role/member";

const invalid = (message: unknown) => refusal("InvalidParameterException", message);

export const reports: readonly RecordedAnswer[] = [
  {
    title: "ListUsers with a quoted name in its filter",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const UserAttributes = [{ Name: "email", Value: "testuser@example.com" }];
      await world.user(UserPoolId, "testuser", { UserAttributes });
      for (const Filter of [
        '"email"^="testuser"',
        '"email" ^= "testuser"',
        'email = "testuser@example.com"',
      ]) {
        const input = { UserPoolId, AttributesToGet: ["email", "sub"], Filter, Limit: 3 };
        const { Users } = yield ["ListUsers", input];
        expect(Users).toHaveLength(1);
      }
      yield ["ListUsers", { UserPoolId, Filter: "email ~ x" }, invalid("Error while parsing filter.")];
    },
  },
  ...(["OPTIONAL", "ON"] as const).map(
    (MfaConfiguration): RecordedAnswer => ({
      title: `CreateUserPool with MFA ${MfaConfiguration} and an SMS configuration, and TOTP alone set on it`,
      origin: ORIGIN,
      async *play() {
        const input = { PoolName: "p", MfaConfiguration, SmsConfiguration: SMS };
        const { UserPool } = yield ["CreateUserPool", { ...input, AutoVerifiedAttributes: ["email"] }];
        expect(UserPool).toMatchObject({
          MfaConfiguration,
          SmsConfiguration: { ...SMS, SnsRegion: "us-east-1" },
        });
        yield ["CreateUserPool", input];
        yield [
          "CreateUserPool",
          { PoolName: "p", MfaConfiguration },
          invalid(
            "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
          ),
        ];
        const SoftwareTokenMfaConfiguration = { Enabled: true };
        const answer = yield [
          "SetUserPoolMfaConfig",
          { UserPoolId: UserPool.Id, MfaConfiguration, SoftwareTokenMfaConfiguration },
        ];
        expect(answer).toMatchObject({ MfaConfiguration, SoftwareTokenMfaConfiguration });
      },
    }),
  ),
  {
    title: "a refresh whose SECRET_HASH is the secret itself, or is over another name",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const { id, secret } = await world.client(UserPoolId, { GenerateSecret: true });
      await world.user(UserPoolId, "alice");
      const hashOf = (name: string) => createHmac("sha256", secret).update(`${name}${id}`).digest("base64");
      const { AuthFlow, AuthParameters, ClientId } = passwordSignIn(id, "alice") as Record<string, object>;
      const { AuthenticationResult } = yield [
        "InitiateAuth",
        { ClientId, AuthFlow, AuthParameters: { ...AuthParameters, SECRET_HASH: hashOf("alice") } },
      ];
      const { RefreshToken } = AuthenticationResult;
      yield ["InitiateAuth", refresh(id, RefreshToken, { SECRET_HASH: secret })];
      const byAdmin = refresh(id, RefreshToken, { SECRET_HASH: secret });
      yield ["AdminInitiateAuth", { UserPoolId, ...byAdmin }];
      yield [
        "InitiateAuth",
        refresh(id, RefreshToken, { SECRET_HASH: hashOf("bob") }),
        refusal("NotAuthorizedException", `SecretHash does not match for the client: ${id}`),
      ];
    },
  },
  {
    title: "AdminInitiateAuth with USER_PASSWORD_AUTH and the right password",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const { id } = await world.client(UserPoolId);
      await world.user(UserPoolId, "alice");
      yield [
        "AdminInitiateAuth",
        { UserPoolId, ...passwordSignIn(id, "alice") },
        invalid("Initiate Auth method not supported."),
      ];
    },
  },
  {
    title: "an address as preferred_username where addresses are aliases, set by an administrator",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool({ AliasAttributes: ["email", "preferred_username"] });
      await world.user(UserPoolId, "alice");
      yield [
        "AdminUpdateUserAttributes",
        {
          UserPoolId,
          Username: "alice",
          UserAttributes: [{ Name: "preferred_username", Value: "x@example.com" }],
        },
        invalid("Username cannot be of email format, since user pool is configured for email alias."),
      ];
    },
  },
  {
    title: "a required attribute that an invited user lacks is blank in userAttributes",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool({
        Schema: [{ Name: "name", Required: true, AttributeDataType: "String" }],
      });
      const { id } = await world.client(UserPoolId);
      await world.user(UserPoolId, "alice", { TemporaryPassword: PASSWORD });
      const { ChallengeParameters } = yield ["InitiateAuth", passwordSignIn(id, "alice")];
      expect(JSON.parse(ChallengeParameters.requiredAttributes)).toEqual(["userAttributes.name"]);
      expect(JSON.parse(ChallengeParameters.userAttributes)).toEqual({ name: "" });
    },
  },
  {
    title: "UpdateUserPool keeps Policies and MfaConfiguration that are left out, and applies OFF",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool({
        Policies: { PasswordPolicy: { MinimumLength: 12 } },
        MfaConfiguration: "OPTIONAL",
        SmsConfiguration: SMS,
        AutoVerifiedAttributes: ["phone_number"],
      });
      yield ["UpdateUserPool", { UserPoolId, AutoVerifiedAttributes: ["email"], SmsConfiguration: SMS }, {}];
      const kept = yield ["DescribeUserPool", { UserPoolId }];
      expect(kept.UserPool).toMatchObject({
        AutoVerifiedAttributes: ["email"],
        MfaConfiguration: "OPTIONAL",
        Policies: { PasswordPolicy: { MinimumLength: 12 } },
      });
      yield ["UpdateUserPool", { UserPoolId, MfaConfiguration: "OFF" }, {}];
      const off = yield ["DescribeUserPool", { UserPoolId }];
      expect(off.UserPool).toMatchObject({ MfaConfiguration: "OFF" });
      expect(off.UserPool).not.toHaveProperty("AutoVerifiedAttributes");
    },
  },
  {
    title: "the preferred role is that of the first group with a role",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const { id } = await world.client(UserPoolId);
      await world.user(UserPoolId, "alice");
      for (const group of [
        { GroupName: "z", Precedence: 0 },
        { GroupName: "a", Precedence: 5, RoleArn: ROLE },
      ]) {
        await world.call("CreateGroup", { UserPoolId, ...group });
        const { GroupName } = group;
        await world.call("AdminAddUserToGroup", { UserPoolId, Username: "alice", GroupName });
      }
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(id, "alice")];
      expect(claimsOf(AuthenticationResult.IdToken)).toMatchObject({ "cognito:preferred_role": ROLE });
    },
  },
  {
    title: "a user who does not exist is told before attributes and groups that do not",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const unknown = refusal("UserNotFoundException", "User does not exist.");
      const named = { UserPoolId, Username: "nobody" };
      yield ["AdminDeleteUserAttributes", { ...named, UserAttributeNames: ["custom:x"] }, unknown];
      yield ["AdminAddUserToGroup", { ...named, GroupName: "nothing" }, unknown];
    },
  },
  {
    title: "a custom attribute that is not in the schema, at an invitation, a sign-up and an update",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const { id: ClientId } = await world.client(UserPoolId);
      const UserAttributes = [{ Name: "custom:role", Value: "x" }];
      const untyped = invalid(
        "Attributes did not conform to the schema: Type for attribute {custom:role} could not be determined",
      );
      yield ["AdminCreateUser", { UserPoolId, Username: "alice", UserAttributes }, untyped];
      yield ["SignUp", { ClientId, Username: "alice", Password: PASSWORD, UserAttributes }, untyped];
      await world.user(UserPoolId, "bob");
      const { AuthenticationResult } = yield ["InitiateAuth", passwordSignIn(ClientId, "bob")];
      const { AccessToken } = AuthenticationResult;
      yield [
        "UpdateUserAttributes",
        { AccessToken, UserAttributes: [{ Name: "update_email", Value: "x" }] },
        invalid("user.update_email: Attribute does not exist in the schema.\n"),
      ];
    },
  },
  {
    title: "a callback URL with the HTTP protocol, elsewhere and on this machine",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const client = { UserPoolId, ClientName: "app" };
      const url = "http://app.example.com/cb";
      yield [
        "CreateUserPoolClient",
        { ...client, CallbackURLs: [url] },
        invalid(`${url} cannot use the HTTP protocol.`),
      ];
      yield [
        "CreateUserPoolClient",
        { ...client, CallbackURLs: ["http://localhost:3000/", "http://127.0.0.1/"] },
      ];
    },
  },
  {
    title: "AddCustomAttributes with a developer attribute that is there",
    origin: ORIGIN,
    async *play(world) {
      const banana = { Name: "banana", AttributeDataType: "String", DeveloperOnlyAttribute: true };
      const UserPoolId = await world.pool({ Schema: [banana] });
      yield [
        "AddCustomAttributes",
        { UserPoolId, CustomAttributes: [banana] },
        invalid("custom:banana: Existing attribute already has name dev:custom:banana."),
      ];
    },
  },
  {
    title: "a value that is too long, set by an administrator",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      await world.user(UserPoolId, "alice");
      yield [
        "AdminUpdateUserAttributes",
        { UserPoolId, Username: "alice", UserAttributes: [{ Name: "birthdate", Value: "1999-01-011" }] },
        invalid("user.birthdate: String must be no longer than 10 characters\n"),
      ];
    },
  },
  {
    title: "a sign-up in an e-mail pool: its flag is false, and a wrong code leaves the user unconfirmed",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool({
        UsernameAttributes: ["email"],
        AutoVerifiedAttributes: ["email"],
      });
      const { id: ClientId } = await world.client(UserPoolId);
      const Username = "ann@example.com";
      yield ["SignUp", { ClientId, Username, Password: PASSWORD }];
      yield [
        "ConfirmSignUp",
        { ClientId, Username, ConfirmationCode: "000000" },
        refusal("CodeMismatchException", "Invalid verification code provided, please try again."),
      ];
      yield [
        "AdminGetUser",
        { UserPoolId, Username },
        {
          Enabled: true,
          UserAttributes: [
            { Name: "email", Value: Username },
            { Name: "email_verified", Value: "false" },
            { Name: "sub", Value: UUID },
          ],
          UserCreateDate: TIME,
          UserLastModifiedDate: TIME,
          UserStatus: "UNCONFIRMED",
          Username: UUID,
        },
      ];
    },
  },
  {
    title: "a pool that demands TOTP over an SMS configuration asks a user without a phone for MFA_SETUP",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool({ MfaConfiguration: "ON", SmsConfiguration: SMS });
      await world.call("SetUserPoolMfaConfig", {
        UserPoolId,
        MfaConfiguration: "ON",
        SoftwareTokenMfaConfiguration: { Enabled: true },
      });
      const { id } = await world.client(UserPoolId);
      await world.user(UserPoolId, "alice");
      yield [
        "InitiateAuth",
        passwordSignIn(id, "alice"),
        {
          ChallengeName: "MFA_SETUP",
          ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]', USER_ID_FOR_SRP: "alice" },
          Session: TEXT,
        },
      ];
    },
  },
  {
    title: "DescribeUserPool shows the domain",
    origin: ORIGIN,
    async *play(world) {
      const UserPoolId = await world.pool();
      const Domain = `init-${Date.now().toString(36)}`;
      yield ["CreateUserPoolDomain", { UserPoolId, Domain }];
      const { UserPool } = yield ["DescribeUserPool", { UserPoolId }];
      expect(UserPool.Domain).toBe(Domain);
    },
  },
];
