import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  ChangePasswordCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteAccountPasswordPolicyCommand,
  DeleteLoginProfileCommand,
  DetachUserPolicyCommand,
  GetAccountPasswordPolicyCommand,
  GetLoginProfileCommand,
  type IAMClient,
  UpdateAccountPasswordPolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ACCOUNT, iamClient, refused, trusting } from "../support/iam.ts";
import { iam, server, startIamServer } from "./iam-server.ts";

startIamServer();

const NO_POLICY = refused(
  "NoSuchEntityException",
  `The Password Policy with domain name ${ACCOUNT} cannot be found.`,
);

describe("the account's password policy", () => {
  it("is NoSuchEntity before it is created and after it is deleted", async () => {
    const show = () => iam.send(new GetAccountPasswordPolicyCommand({}));
    await expect(show()).rejects.toMatchObject({ ...NO_POLICY, $metadata: { httpStatusCode: 404 } });
    await expect(iam.send(new DeleteAccountPasswordPolicyCommand({}))).rejects.toMatchObject(NO_POLICY);
    await iam.send(new UpdateAccountPasswordPolicyCommand({ RequireNumbers: true, MaxPasswordAge: 90 }));
    expect((await show()).PasswordPolicy).toEqual({
      MinimumPasswordLength: 6,
      RequireSymbols: false,
      RequireNumbers: true,
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      AllowUsersToChangePassword: false,
      ExpirePasswords: true,
      MaxPasswordAge: 90,
    });
    await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 12 }));
    expect((await show()).PasswordPolicy).toMatchObject({ RequireNumbers: false, ExpirePasswords: false });
    await expect(
      iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 5 })),
    ).rejects.toMatchObject(refused("ValidationError"));
    await iam.send(new DeleteAccountPasswordPolicyCommand({}));
    await expect(show()).rejects.toMatchObject(NO_POLICY);
  });

  it("is read and updated by the AWS CLI", async () => {
    await server.aws("cognate", "iam", "update-account-password-policy", "--minimum-password-length", "14");
    const { PasswordPolicy } = await server.aws("cognate", "iam", "get-account-password-policy");
    expect(PasswordPolicy.MinimumPasswordLength).toBe(14);
    await server.aws("cognate", "iam", "delete-account-password-policy");
  });
});

describe("ChangePassword", () => {
  const UserName = "person";
  const mine = { UserName };
  const PolicyArn = "arn:aws:iam::aws:policy/IAMUserChangePassword";
  let theirs: IAMClient;
  beforeAll(async () => {
    await iam.send(new CreateUserCommand({ ...mine, Path: "/team/" }));
    theirs = iamClient(server, (await iam.send(new CreateAccessKeyCommand(mine))).AccessKey);
  });
  beforeEach(async () => {
    await iam.send(new AttachUserPolicyCommand({ ...mine, PolicyArn }));
    await iam.send(new DeleteLoginProfileCommand(mine)).catch(() => undefined);
    await iam.send(
      new CreateLoginProfileCommand({ ...mine, Password: "First horse 1", PasswordResetRequired: true }),
    );
  });
  const change = (OldPassword: string, NewPassword: string) =>
    theirs.send(new ChangePasswordCommand({ OldPassword, NewPassword }));

  it("requires the old password, and clears PasswordResetRequired", async () => {
    await change("First horse 1", "Second horse 2");
    const { LoginProfile } = await iam.send(new GetLoginProfileCommand(mine));
    expect(LoginProfile?.PasswordResetRequired).toBe(false);
    await change("Second horse 2", "Third horse 3");
  });

  it("rejects a wrong old password, a weak new password and an unchanged password", async () => {
    await expect(change("Wrong horse 1", "Second horse 2")).rejects.toMatchObject(
      refused("AccessDenied", "The old password was incorrect."),
    );
    await expect(change("First horse 1", "horse")).rejects.toMatchObject(
      refused("PasswordPolicyViolationException", "Password should have a minimum length of 8"),
    );
    await expect(change("First horse 1", "First horse 1")).rejects.toMatchObject(
      refused(
        "PasswordPolicyViolationException",
        "Policy constraint violation with password reuse prevention during password change.",
      ),
    );
  });

  it("rejects the passwords that the account's reuse prevention covers", async () => {
    await iam.send(new UpdateAccountPasswordPolicyCommand({ PasswordReusePrevention: 2 }));
    await change("First horse 1", "Second horse 2");
    await expect(change("Second horse 2", "First horse 1")).rejects.toMatchObject(
      refused("PasswordPolicyViolationException"),
    );
    await change("Second horse 2", "Third horse 3");
    await change("Third horse 3", "First horse 1");
    await iam.send(new DeleteAccountPasswordPolicyCommand({}));
  });

  it("requires a permission of the user, or AllowUsersToChangePassword of the account", async () => {
    await iam.send(new DetachUserPolicyCommand({ ...mine, PolicyArn }));
    await expect(change("First horse 1", "Second horse 2")).rejects.toMatchObject(
      refused(
        "AccessDenied",
        `User: arn:aws:iam::${ACCOUNT}:user/team/person is not authorized to perform: iam:ChangePassword on resource: user person because no identity-based policy allows the iam:ChangePassword action`,
      ),
    );
    await iam.send(new UpdateAccountPasswordPolicyCommand({ AllowUsersToChangePassword: true }));
    const { PasswordPolicy } = await theirs.send(new GetAccountPasswordPolicyCommand({}));
    expect(PasswordPolicy?.AllowUsersToChangePassword).toBe(true);
    await change("First horse 1", "Second horse 2");
    await iam.send(new DeleteAccountPasswordPolicyCommand({}));
  });

  it("rejects users without a password, and roles", async () => {
    await iam.send(new DeleteLoginProfileCommand(mine));
    await expect(change("First horse 1", "Second horse 2")).rejects.toMatchObject(
      refused("NoSuchEntityException", `Login Profile for User ${UserName} cannot be found.`),
    );
    const RoleName = "somebody";
    await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting(`arn:aws:iam::${ACCOUNT}:root`) }),
    );
    await iam.send(
      new AttachRolePolicyCommand({ RoleName, PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }),
    );
    const sts = new STSClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: server.administrator ?? { accessKeyId: "none", secretAccessKey: "none" },
    });
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${ACCOUNT}:role/${RoleName}`,
        RoleSessionName: "person",
      }),
    );
    sts.destroy();
    const session = iamClient(server, Credentials);
    await expect(
      session.send(
        new ChangePasswordCommand({ OldPassword: "First horse 1", NewPassword: "Second horse 2" }),
      ),
    ).rejects.toMatchObject(refused("InvalidUserTypeException"));
  });
});
