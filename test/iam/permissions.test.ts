import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetRoleCommand,
  GetUserCommand,
  type IAMClient,
  ListPoliciesCommand,
  ListUsersCommand,
  PutUserPolicyCommand,
  TagUserCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { beforeAll, describe, expect, it } from "vitest";
import { ACCOUNT, iamClient, POWER_USER, READ_ONLY, refused, trusting } from "../support/iam.ts";
import { iam, server, startIamServer } from "./iam-server.ts";

startIamServer();

describe("permissions on IAM itself", () => {
  const UserName = "limited";
  let theirs: IAMClient;
  beforeAll(async () => {
    await iam.send(new CreateUserCommand({ UserName, Path: "/team/" }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    theirs = iamClient(server, AccessKey);
  });

  const may = (statement: object) =>
    iam.send(
      new PutUserPolicyCommand({
        UserName,
        PolicyName: "p",
        PolicyDocument: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "iam:*", Resource: "*", ...statement }],
        }),
      }),
    );
  const me = `arn:aws:iam::${ACCOUNT}:user/team/limited`;

  it("are denied for more tags than a user can have if a policy asks for them", async () => {
    await may({ Condition: { "ForAllValues:StringLike": { "aws:TagKeys": "k*" } } });
    const tag = (count: number) =>
      theirs.send(
        new TagUserCommand({
          UserName,
          Tags: Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: "v" })),
        }),
      );
    await tag(50);
    await expect(tag(51)).rejects.toMatchObject(refused("AccessDenied"));
  });

  it("that are missing are reported with AWS's message, which names an existing resource by kind and name", async () => {
    await may({ Action: "sts:*" });
    const text = (action: string, resource: string) =>
      `User: ${me} is not authorized to perform: iam:${action} on resource: ${resource} because no identity-based policy allows the iam:${action} action`;
    const refusals: [Promise<unknown>, string][] = [
      [theirs.send(new GetUserCommand({ UserName: "cognate" })), text("GetUser", "user cognate")],
      [theirs.send(new GetRoleCommand({ RoleName: "nobody" })), text("GetRole", "role nobody")],
      [
        theirs.send(new CreateUserCommand({ UserName: "x" })),
        text("CreateUser", `arn:aws:iam::${ACCOUNT}:user/x`),
      ],
      [theirs.send(new ListUsersCommand({})), text("ListUsers", `arn:aws:iam::${ACCOUNT}:user/`)],
      [theirs.send(new ListPoliciesCommand({})), text("ListPolicies", "policy path /")],
      [theirs.send(new GetPolicyCommand({ PolicyArn: READ_ONLY })), text("GetPolicy", `policy ${READ_ONLY}`)],
      [theirs.send(new GetAccountSummaryCommand({})), text("GetAccountSummary", "*")],
    ];
    for (const [attempt, message] of refusals) {
      await expect(attempt).rejects.toMatchObject({
        ...refused("AccessDenied", message),
        $metadata: { httpStatusCode: 403 },
      });
    }
  });

  it("that a role session lacks for its own user are reported with the session's name as the user", async () => {
    const RoleName = "nameless";
    await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trusting(`arn:aws:iam::${ACCOUNT}:root`) }),
    );
    const sts = new STSClient({
      endpoint: server.url,
      region: "us-east-1",
      credentials: server.administrator ?? { accessKeyId: "none", secretAccessKey: "none" },
    });
    const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${RoleName}`;
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: "d6d7ee068aa0" }),
    );
    sts.destroy();
    const session = iamClient(server, Credentials);
    await expect(session.send(new GetUserCommand({}))).rejects.toMatchObject(
      refused(
        "AccessDenied",
        `User: arn:aws:sts::${ACCOUNT}:assumed-role/${RoleName}/d6d7ee068aa0 is not authorized to perform: iam:GetUser on resource: user d6d7ee068aa0 because no identity-based policy allows the iam:GetUser action`,
      ),
    );
    await iam.send(new DeleteRoleCommand({ RoleName }));
  });

  it("are required for the old and for the new name and path of a renamed user", async () => {
    await iam.send(new CreateUserCommand({ UserName: "bob", Path: "/team/" }));
    await may({ Resource: `arn:aws:iam::${ACCOUNT}:user/team/*` });
    const bob = { UserName: "bob" };
    const attempts: [UpdateUserCommand, string][] = [
      [new UpdateUserCommand({ ...bob, NewPath: "/admins/" }), "user/admins/bob"],
      [new UpdateUserCommand({ ...bob, NewUserName: "robert", NewPath: "/" }), "user/robert"],
    ];
    for (const [command, newName] of attempts) {
      await expect(theirs.send(command)).rejects.toMatchObject(
        refused(
          "AccessDenied",
          `User: ${me} is not authorized to perform: iam:UpdateUser on resource: arn:aws:iam::${ACCOUNT}:${newName} because no identity-based policy allows the iam:UpdateUser action`,
        ),
      );
    }
    await theirs.send(new UpdateUserCommand({ ...bob, NewUserName: "robert" }));
    await iam.send(new DeleteUserCommand({ UserName: "robert" }));
  });

  it("can be limited to the calling user by a policy variable", async () => {
    await may({ Resource: `arn:aws:iam::*:user/team/\${aws:username}` });
    expect((await theirs.send(new GetUserCommand({}))).User?.Arn).toBe(me);
    await expect(theirs.send(new GetUserCommand({ UserName: "cognate" }))).rejects.toMatchObject(
      refused("AccessDenied"),
    );
  });

  it("can allow attaching only some policies", async () => {
    await may({ Condition: { ArnEquals: { "iam:PolicyARN": READ_ONLY } } });
    await theirs.send(new AttachUserPolicyCommand({ UserName, PolicyArn: READ_ONLY }));
    await expect(
      theirs.send(new AttachUserPolicyCommand({ UserName, PolicyArn: POWER_USER })),
    ).rejects.toMatchObject(refused("AccessDenied"));
  });

  it("can require request tags and resource tags", async () => {
    await may({ Condition: { StringEquals: { "aws:RequestTag/team": "red" } } });
    const make = (Value: string) =>
      theirs.send(new CreateUserCommand({ UserName: "tagged", Tags: [{ Key: "team", Value }] }));
    await expect(make("blue")).rejects.toMatchObject(refused("AccessDenied"));
    await make("red");
    await may({ Condition: { StringEquals: { "iam:ResourceTag/team": "red" } } });
    await theirs.send(new DeleteUserCommand({ UserName: "tagged" }));
    await expect(theirs.send(new GetUserCommand({ UserName: "cognate" }))).rejects.toMatchObject(
      refused("AccessDenied"),
    );
  });
});
