import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteLoginProfileCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachUserPolicyCommand,
  GetAccessKeyLastUsedCommand,
  GetLoginProfileCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListGroupsForUserCommand,
  ListMFADevicesCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  PutUserPolicyCommand,
  paginateListUsers,
  TagUserCommand,
  UntagUserCommand,
  UpdateAccessKeyCommand,
  UpdateLoginProfileCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ACCOUNT, allow, iamClient, READ_ONLY, refused } from "../support/iam.ts";
import { iam, server, startIamServer } from "./iam-server.ts";

startIamServer();

describe("IAM users", () => {
  const UserName = "alice";
  beforeEach(async () => {
    await iam.send(new CreateUserCommand({ UserName, Path: "/team/" }));
  });
  afterEach(async () => {
    await iam.send(new DeleteUserCommand({ UserName })).catch(() => undefined);
  });

  it("are returned with path, id, ARN and date", async () => {
    const { User } = await iam.send(new GetUserCommand({ UserName }));
    expect(User).toMatchObject({ UserName, Path: "/team/", Arn: `arn:aws:iam::${ACCOUNT}:user/team/alice` });
    expect(User?.UserId).toMatch(/^AIDA[A-Z2-7]{17}$/);
    expect(User?.CreateDate).toBeInstanceOf(Date);
  });

  it("have names that are unique regardless of case", () =>
    expect(iam.send(new CreateUserCommand({ UserName: "ALICE" }))).rejects.toMatchObject(
      refused("EntityAlreadyExistsException", "User with name ALICE already exists."),
    ));

  it("are the caller if UserName is absent", async () =>
    expect((await iam.send(new GetUserCommand({}))).User?.UserName).toBe("cognate"));

  it("are NoSuchEntity for an unknown name", () =>
    expect(iam.send(new GetUserCommand({ UserName: "bob" }))).rejects.toMatchObject({
      ...refused("NoSuchEntityException", "The user with name bob cannot be found."),
      $metadata: { httpStatusCode: 404 },
    }));

  it("are listed by path prefix, in pages", async () => {
    for (const name of ["u1", "u2", "u3"])
      await iam.send(new CreateUserCommand({ UserName: name, Path: "/p/" }));
    const pages: string[][] = [];
    for await (const page of paginateListUsers({ client: iam, pageSize: 2 }, { PathPrefix: "/p/" })) {
      pages.push((page.Users ?? []).map((user) => user.UserName ?? ""));
    }
    expect(pages).toEqual([["u1", "u2"], ["u3"]]);
    await expect(iam.send(new ListUsersCommand({ Marker: "nonsense" }))).rejects.toMatchObject(
      refused("ValidationError"),
    );
  });

  it("keep access keys and permissions after a change of name", async () => {
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    await iam.send(
      new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument: allow("iam:GetUser") }),
    );
    await iam.send(new UpdateUserCommand({ UserName, NewUserName: "alison", NewPath: "/" }));
    const theirs = iamClient(server, AccessKey);
    expect((await theirs.send(new GetUserCommand({}))).User?.Arn).toBe(`arn:aws:iam::${ACCOUNT}:user/alison`);
    await expect(
      iam.send(new UpdateUserCommand({ UserName: "alison", NewUserName: "cognate" })),
    ).rejects.toMatchObject(refused("EntityAlreadyExistsException"));
    await iam.send(new UpdateUserCommand({ UserName: "alison", NewUserName: UserName }));
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId }));
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: "p" }));
  });

  it("can be deleted only without access keys, policies and login profile", async () => {
    const remove = () => iam.send(new DeleteUserCommand({ UserName }));
    const conflict = (what: string) =>
      refused("DeleteConflictException", `Cannot delete entity, must ${what} first.`);
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: READ_ONLY }));
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: "p", PolicyDocument: allow("iam:*") }));
    await iam.send(new CreateLoginProfileCommand({ UserName, Password: "Correct horse 1" }));
    await expect(remove()).rejects.toMatchObject(conflict("detach all policies"));
    await iam.send(new DetachUserPolicyCommand({ UserName, PolicyArn: READ_ONLY }));
    await expect(remove()).rejects.toMatchObject(conflict("delete policies"));
    await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: "p" }));
    await expect(remove()).rejects.toMatchObject(conflict("delete access keys"));
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId: AccessKey?.AccessKeyId }));
    await expect(remove()).rejects.toMatchObject(conflict("delete login profile"));
    await iam.send(new DeleteLoginProfileCommand({ UserName }));
    await remove();
    await expect(remove()).rejects.toMatchObject(refused("NoSuchEntityException"));
  });

  it("have tags", async () => {
    const Tags = [
      { Key: "b", Value: "2" },
      { Key: "a", Value: "1" },
    ];
    await iam.send(new TagUserCommand({ UserName, Tags }));
    await iam.send(new TagUserCommand({ UserName, Tags: [{ Key: "B", Value: "3" }] }));
    expect((await iam.send(new GetUserCommand({ UserName }))).User?.Tags).toEqual([
      { Key: "B", Value: "3" },
      { Key: "a", Value: "1" },
    ]);
    await iam.send(new UntagUserCommand({ UserName, TagKeys: ["a", "none"] }));
    expect((await iam.send(new ListUserTagsCommand({ UserName }))).Tags).toEqual([{ Key: "B", Value: "3" }]);
    await expect(
      iam.send(
        new TagUserCommand({
          UserName,
          Tags: [
            { Key: "x", Value: "1" },
            { Key: "X", Value: "2" },
          ],
        }),
      ),
    ).rejects.toMatchObject(refused("InvalidInputException"));
    const many = Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: "" }));
    await expect(iam.send(new TagUserCommand({ UserName, Tags: many }))).rejects.toMatchObject(
      refused("LimitExceededException", "Cannot exceed quota for TagsPerUser: 50"),
    );
  });

  it("are in no groups and have no MFA devices", async () => {
    expect((await iam.send(new ListGroupsForUserCommand({ UserName }))).Groups).toEqual([]);
    expect((await iam.send(new ListMFADevicesCommand({ UserName }))).MFADevices).toEqual([]);
  });

  it.each([
    [
      { UserName: "a b" },
      "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
    ],
    [
      { UserName: "ab", Path: "x" },
      "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
    ],
    [
      { UserName: "a b".repeat(30), Path: "" },
      "2 validation errors detected: Value '' at 'path' failed to satisfy constraint: Member must have length greater than or equal to 1; Value 'a ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba ba b' at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64",
    ],
  ])("are rejected for their characters only after the constraints of the framework: %j", (input, message) =>
    expect(iam.send(new CreateUserCommand(input))).rejects.toMatchObject(refused("ValidationError", message)),
  );
});

describe("access keys", () => {
  let UserName: string;
  let users = 0;
  beforeEach(async () => {
    UserName = `keyholder${++users}`;
    await iam.send(new CreateUserCommand({ UserName }));
  });

  it("are created, listed without their secret, deactivated and deleted, with at most two per user", async () => {
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    expect(AccessKey).toMatchObject({ UserName, Status: "Active" });
    expect(AccessKey?.AccessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
    expect(AccessKey?.SecretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
    const second = await iam.send(new CreateAccessKeyCommand({ UserName }));
    await expect(iam.send(new CreateAccessKeyCommand({ UserName }))).rejects.toMatchObject(
      refused("LimitExceededException", "Cannot exceed quota for AccessKeysPerUser: 2"),
    );
    const key = { UserName, AccessKeyId: AccessKey?.AccessKeyId };
    await iam.send(new UpdateAccessKeyCommand({ ...key, Status: "Inactive" }));
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName }));
    expect(AccessKeyMetadata).toHaveLength(2);
    expect(AccessKeyMetadata?.find(({ AccessKeyId }) => AccessKeyId === key.AccessKeyId)).toMatchObject({
      Status: "Inactive",
    });
    expect(JSON.stringify(AccessKeyMetadata)).not.toContain("Secret");
    for (const AccessKeyId of [key.AccessKeyId, second.AccessKey?.AccessKeyId]) {
      await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    }
    await expect(iam.send(new DeleteAccessKeyCommand(key))).rejects.toMatchObject(
      refused("NoSuchEntityException", `The Access Key with id ${key.AccessKeyId} cannot be found.`),
    );
  });

  it("cannot be changed under the name of another user", () =>
    expect(
      iam.send(
        new UpdateAccessKeyCommand({
          UserName,
          AccessKeyId: server.administrator?.accessKeyId,
          Status: "Inactive",
        }),
      ),
    ).rejects.toMatchObject(refused("NoSuchEntityException")));

  it("have the time and service of their last use", async () => {
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const AccessKeyId = AccessKey?.AccessKeyId ?? "";
    const unused = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
    expect(unused).toMatchObject({ UserName, AccessKeyLastUsed: { ServiceName: "N/A", Region: "N/A" } });
    const theirs = iamClient(server, AccessKey);
    await expect(theirs.send(new ListUsersCommand({}))).rejects.toMatchObject(refused("AccessDenied"));
    const used = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
    expect(used.AccessKeyLastUsed).toMatchObject({ ServiceName: "iam", Region: "eu-west-3" });
    expect(used.AccessKeyLastUsed?.LastUsedDate).toBeInstanceOf(Date);
  });
});

describe("login profiles", () => {
  const UserName = "person";
  beforeAll(() => iam.send(new CreateUserCommand({ UserName })));

  it("are created, read, updated and deleted", async () => {
    const { LoginProfile } = await iam.send(
      new CreateLoginProfileCommand({ UserName, Password: "Correct horse 1", PasswordResetRequired: true }),
    );
    expect(LoginProfile).toMatchObject({ UserName, PasswordResetRequired: true });
    await expect(
      iam.send(new CreateLoginProfileCommand({ UserName, Password: "Correct horse 1" })),
    ).rejects.toMatchObject(refused("EntityAlreadyExistsException"));
    await iam.send(new UpdateLoginProfileCommand({ UserName, PasswordResetRequired: false }));
    const shown = await iam.send(new GetLoginProfileCommand({ UserName }));
    expect(shown.LoginProfile).toEqual({ ...LoginProfile, PasswordResetRequired: false });
    await iam.send(new DeleteLoginProfileCommand({ UserName }));
    await expect(iam.send(new GetLoginProfileCommand({ UserName }))).rejects.toMatchObject(
      refused("NoSuchEntityException", `Login Profile for User ${UserName} cannot be found.`),
    );
  });

  it("are rejected with a weak password, which the message does not contain", async () => {
    await expect(
      iam.send(new CreateLoginProfileCommand({ UserName, Password: "alllowercase" })),
    ).rejects.toMatchObject(refused("PasswordPolicyViolationException"));
    const tooLong = "Aa1!".repeat(40);
    const refusal = await iam
      .send(new CreateLoginProfileCommand({ UserName, Password: tooLong }))
      .catch((error: Error) => error);
    expect(String(refusal)).not.toContain(tooLong);
  });
});
