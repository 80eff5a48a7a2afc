/** Each form of the console with only its required fields filled in: the server must accept the defaults. */
import {
  AdminInitiateAuthCommand,
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  CreateGroupCommand,
  type CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paths } from "../../console/src/app/paths.ts";
import { createConfirmedUser, createPoolAndClient } from "../support/server.ts";
import {
  type ConsolePage,
  type ConsoleUnderTest,
  dismissMessages,
  flash,
  isLoaded,
  startConsole,
  visit,
} from "./support.ts";

interface Form {
  readonly name: string;
  readonly path: string;
  /** Buttons that lead to the form, in order. */
  readonly open?: readonly string[];
  readonly menuItem?: string;
  /** The required text fields: label and value. */
  readonly required?: Readonly<Record<string, string>>;
  readonly submit: string;
  /** The message of the console after success. */
  readonly success: RegExp;
}

let tested: ConsoleUnderTest;
let page: ConsolePage;
beforeAll(async () => {
  tested = await startConsole();
  page = await tested.open("/user-pools");
});
afterAll(() => tested.stop());

async function submit({ path, open = [], menuItem, required = {}, submit, success }: Form): Promise<void> {
  // After a dialog its page is still shown.
  if (new URL(page.url()).pathname === path) await isLoaded(page);
  else await visit(page, path);
  // The message about the form before must not be taken for this one's.
  await dismissMessages(page);
  for (const name of open) await page.getByRole("button", { name, exact: true }).first().click();
  if (menuItem !== undefined)
    await page
      .getByRole("menuitem")
      .filter({ hasText: new RegExp(`^${menuItem}$`) })
      .click();
  const dialog = page.getByRole("dialog");
  const form = (await dialog.count()) > 0 ? dialog : page;
  for (const [label, value] of Object.entries(required))
    await form.getByRole("textbox", { name: label }).fill(value);
  await form.getByRole("button", { name: submit, exact: true }).last().click();
  // Report a refusal at once instead of waiting for a timeout.
  const refusal = form.locator('[class*="awsui_type-error"]');
  await flash(page, success).or(refusal).first().waitFor();
  expect(await refusal.allTextContents()).toEqual([]);
  expect(page.complaints.splice(0)).toEqual([]);
}

describe("forms outside of a user pool", () => {
  const forms: readonly Form[] = [
    {
      name: "Create user pool",
      path: paths.createUserPool,
      required: { "Name your application": "plain" },
      submit: "Create user directory",
      success: /User pool “plain” has been created/,
    },
    {
      name: "Create IAM user",
      path: paths.createIamUser,
      required: { "User name": "plain" },
      submit: "Create IAM user",
      success: /IAM user “plain” has been created/,
    },
    {
      name: "Create inline policy",
      path: paths.iamUser("cognate"),
      open: ["Create inline policy"],
      required: { "Policy name": "plain" },
      submit: "Create inline policy",
      success: /The policy plain has been saved/,
    },
    {
      name: "Edit trust policy",
      path: paths.iamRole("cognate-power-user"),
      open: ["Edit: Trust policy"],
      submit: "Save changes",
      success: /The trust policy of .* has been updated/,
    },
    {
      name: "Clock",
      path: paths.clock,
      submit: "Set the time",
      success: /The server's time is now/,
    },
    {
      name: "Create IAM role",
      path: paths.createIamRole,
      required: { "Role name": "plain" },
      submit: "Create IAM role",
      success: /IAM role “plain” has been created/,
    },
  ];
  it.each(forms)("accept the defaults of $name", submit);
});

const PASSWORD = "Permanent-1";

interface FurnishedPool {
  readonly poolId: string;
  readonly clientId: string;
  /** Of a user with an authenticator app. */
  readonly username: string;
}

/** A user pool with an app client, a user and a group. */
async function furnishedPool(Username: string, input: CreateUserPoolCommandInput): Promise<FurnishedPool> {
  const { cognito } = tested.server;
  const { poolId, clientId } = await createPoolAndClient(cognito, input);
  const target = { UserPoolId: poolId };
  const { User } = await createConfirmedUser(cognito, {
    ...target,
    Username,
    UserAttributes: [{ Name: "email", Value: "jane@example.com" }],
    Password: PASSWORD,
  });
  const pool = { poolId, clientId, username: User?.Username ?? "" };
  await registerApp(pool);
  await cognito.send(new CreateGroupCommand({ ...target, GroupName: "readers" }));
  return pool;
}

/** Registers an authenticator app for the user. */
async function registerApp({ poolId, clientId, username }: FurnishedPool): Promise<void> {
  const { cognito } = tested.server;
  const SoftwareTokenMfaConfiguration = { Enabled: true };
  await cognito.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: poolId,
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration,
    }),
  );
  const { AuthenticationResult } = await cognito.send(
    new AdminInitiateAuthCommand({
      UserPoolId: poolId,
      ClientId: clientId,
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: username, PASSWORD },
    }),
  );
  const AccessToken = AuthenticationResult?.AccessToken;
  const { SecretCode = "" } = await cognito.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  const UserCode = new TOTP({ secret: Secret.fromBase32(SecretCode) }).generate();
  await cognito.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
  const SoftwareTokenMfaSettings = { Enabled: true };
  await cognito.send(
    new AdminSetUserMFAPreferenceCommand({
      UserPoolId: poolId,
      Username: username,
      SoftwareTokenMfaSettings,
    }),
  );
}

interface FormOfPool extends Omit<Form, "path"> {
  readonly path: (pool: FurnishedPool) => string;
}

// In both lists the forms of a page follow each other, so that it is loaded once, and some edit or remove what an earlier one has set.

describe.each([
  {
    kind: "with user names",
    label: "User name",
    value: "taro",
    username: "jane",
    input: { PoolName: "names" },
  },
  {
    kind: "signing in with e-mail addresses",
    label: "Email address",
    value: "taro@example.com",
    username: "jane@example.com",
    input: { PoolName: "addresses", UsernameAttributes: ["email"] } satisfies CreateUserPoolCommandInput,
  },
])("forms of a user pool $kind", ({ label, value, username, input }) => {
  let pool: FurnishedPool;
  beforeAll(async () => {
    pool = await furnishedPool(username, input);
  });

  const forms: readonly FormOfPool[] = [
    {
      name: "Create user",
      path: ({ poolId }) => paths.createUser(poolId),
      required: { [label]: value },
      submit: "Create user",
      success: /has been created successfully/,
    },
    {
      name: "Edit user",
      path: ({ poolId, username }) => paths.editUser(poolId, username),
      submit: "Save changes",
      success: /attributes of .* have been updated/,
    },
    {
      name: "Set password",
      path: ({ poolId, username }) => paths.user(poolId, username),
      open: ["Actions"],
      menuItem: "Set password",
      required: { "New password": "Perm4nent!" },
      submit: "Set password",
      success: /A new password has been set/,
    },
    {
      name: "A user's MFA configuration",
      path: ({ poolId, username }) => paths.user(poolId, username),
      open: ["Actions"],
      menuItem: "Update MFA configuration",
      submit: "Save changes",
      success: /The MFA configuration of .* has been updated/,
    },
    {
      name: "Removal of an authenticator app",
      path: ({ poolId, username }) => paths.user(poolId, username),
      open: ["Remove authenticator app"],
      submit: "Remove",
      success: /The authenticator app of .* has been removed/,
    },
    {
      name: "Edit attribute permissions",
      path: ({ poolId, clientId }) => paths.editAttributePermissions(poolId, clientId),
      submit: "Save changes",
      success: /App client .* has been updated/,
    },
    {
      name: "Options for choice-based sign-in",
      path: ({ poolId }) => paths.authenticationMethods(poolId),
      open: ["Edit: Options for choice-based sign-in"],
      submit: "Save changes",
      success: /The options for choice-based sign-in have been updated/,
    },
    {
      name: "Self-service sign-up",
      path: ({ poolId }) => paths.signUp(poolId),
      open: ["Edit"],
      submit: "Save changes",
      success: /Self-service sign-up has been updated/,
    },
    {
      name: "Attribute verification",
      path: ({ poolId }) => paths.signUp(poolId),
      open: ["Edit: Attribute verification and user account confirmation"],
      submit: "Save changes",
      success: /Attribute verification has been updated/,
    },
    {
      name: "Multi-factor authentication",
      path: ({ poolId }) => paths.signIn(poolId),
      open: ["Edit: Multi-factor authentication"],
      submit: "Save changes",
      success: /Multi-factor authentication has been updated/,
    },
    {
      name: "User account recovery",
      path: ({ poolId }) => paths.signIn(poolId),
      open: ["Edit: User account recovery"],
      submit: "Save changes",
      success: /User account recovery has been updated/,
    },
  ];
  describe("that depend on how its users sign in", { shuffle: false }, () => {
    it.each(forms)("accept the defaults of $name", ({ path, ...form }) =>
      submit({ ...form, path: path(pool) }),
    );
  });
});

describe("other forms of a user pool", { shuffle: false }, () => {
  let pool: FurnishedPool;
  beforeAll(async () => {
    pool = await furnishedPool("jane", { PoolName: "others" });
  });

  const forms: readonly FormOfPool[] = [
    {
      name: "Create group",
      path: ({ poolId }) => paths.createGroup(poolId),
      required: { "Group name": "plain" },
      submit: "Create group",
      success: /Group “plain” has been created/,
    },
    {
      name: "Edit group",
      path: ({ poolId }) => paths.editGroup(poolId, "readers"),
      submit: "Save changes",
      success: /Group “readers” has been updated/,
    },
    {
      name: "Create app client",
      path: ({ poolId }) => paths.createAppClient(poolId),
      required: { "App client name": "plain" },
      submit: "Create app client",
      success: /App client “plain” has been created/,
    },
    {
      name: "Edit app client",
      path: ({ poolId, clientId }) => paths.editAppClient(poolId, clientId),
      submit: "Save changes",
      success: /App client .* has been updated/,
    },
    {
      name: "Edit password policy",
      path: ({ poolId }) => paths.editPasswordPolicy(poolId),
      submit: "Save changes",
      success: /The password policy has been updated/,
    },
    {
      name: "Email configuration",
      path: ({ poolId }) => paths.authenticationMethods(poolId),
      open: ["Edit: Email configuration"],
      submit: "Save changes",
      success: /The email configuration has been updated/,
    },
    {
      name: "Passkey settings",
      path: ({ poolId }) => paths.authenticationMethods(poolId),
      open: ["Edit: Passkey"],
      submit: "Save changes",
      success: /The passkey settings have been updated/,
    },
    {
      name: "Add custom attribute",
      path: ({ poolId }) => paths.signUp(poolId),
      open: ["Add custom attribute"],
      required: { Name: "plan" },
      submit: "Add",
      success: /Custom attribute “custom:plan” has been added/,
    },
    {
      name: "Device tracking",
      path: ({ poolId }) => paths.signIn(poolId),
      open: ["Edit: Device tracking"],
      submit: "Save changes",
      success: /Device tracking has been updated/,
    },
    {
      name: "Session tracking",
      path: ({ poolId }) => paths.signIn(poolId),
      open: ["Edit: Session tracking"],
      submit: "Save changes",
      success: /Session tracking has been updated/,
    },
    {
      name: "Feature plan",
      path: ({ poolId }) => paths.settings(poolId),
      open: ["Edit: Feature plan"],
      submit: "Save changes",
      success: /The feature plan has been changed/,
    },
    {
      name: "Tags",
      path: ({ poolId }) => paths.settings(poolId),
      open: ["Manage tags"],
      submit: "Save changes",
      success: /Tags have been updated/,
    },
    {
      name: "Deletion protection",
      path: ({ poolId }) => paths.settings(poolId),
      open: ["Activate"],
      submit: "Activate",
      success: /Deletion protection has been activated/,
    },
    ...["Pre sign-up", "Pre token generation", "Custom email sender", "Inbound federation"].map(
      (trigger) => ({
        name: `Lambda trigger ${trigger}`,
        path: ({ poolId }: FurnishedPool) => paths.extensions(poolId),
        open: [`Edit: ${trigger}`],
        submit: "Save changes",
        success: new RegExp(`The trigger “${trigger}” has been updated`),
      }),
    ),
    ...["Custom email sender", "Custom SMS sender"].map((trigger) => ({
      name: `A function for the ${trigger}`,
      path: ({ poolId }: FurnishedPool) => paths.extensions(poolId),
      open: [`Edit: ${trigger}`],
      required: { "Function ARN": "arn:aws:lambda:us-east-1:123456789012:function:send" },
      submit: "Save changes",
      success: new RegExp(`The trigger “${trigger}” has been updated`),
    })),
    {
      name: "Create Cognito domain",
      path: ({ poolId }: FurnishedPool) => paths.domain(poolId),
      open: ["Create Cognito domain"],
      required: { "Domain prefix": "names" },
      submit: "Create Cognito domain",
      success: /Domain “\w+” has been created/,
    },
    {
      name: "Edit Cognito domain",
      path: ({ poolId }) => paths.domain(poolId),
      open: ["Edit: Cognito domain"],
      submit: "Save changes",
      success: /Domain “\w+” has been updated/,
    },
    {
      name: "Create custom domain",
      path: ({ poolId }) => paths.domain(poolId),
      open: ["Create custom domain"],
      required: {
        "Custom domain name": "names.example.com",
        "ACM certificate ARN":
          "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
      },
      submit: "Create custom domain",
      success: /Domain “.*” has been created/,
    },
    {
      name: "Create resource server",
      path: ({ poolId }) => paths.domain(poolId),
      open: ["Create resource server"],
      required: { "Resource server name": "orders", "Resource server identifier": "https://orders.example" },
      submit: "Create resource server",
      success: /Resource server “orders” has been created/,
    },
    {
      name: "Edit resource server",
      path: ({ poolId }) => paths.domain(poolId),
      open: ["Edit: orders"],
      submit: "Save changes",
      success: /Resource server “orders” has been updated/,
    },
    {
      name: "Verification message",
      path: ({ poolId }) => paths.messageTemplates(poolId),
      open: ["Edit verification message"],
      submit: "Save changes",
      success: /The verification message has been updated/,
    },
    {
      name: "Invitation message",
      path: ({ poolId }) => paths.messageTemplates(poolId),
      open: ["Edit invitation message"],
      submit: "Save changes",
      success: /The invitation message has been updated/,
    },
    {
      name: "Rename user pool",
      path: ({ poolId }) => paths.poolOverview(poolId),
      open: ["Rename"],
      submit: "Save",
      success: /The user pool is now called/,
    },
  ];
  it.each(forms)("accept the defaults of $name", ({ path, ...form }) =>
    submit({ ...form, path: path(pool) }),
  );
});
