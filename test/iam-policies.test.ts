import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DeleteUserCommand,
  DeleteUserPermissionsBoundaryCommand,
  DeleteUserPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  ListUsersCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
  TagPolicyCommand,
  UntagPolicyCommand,
  UpdateUserCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ACCOUNT, allow, iamClient, POWER_USER, READ_ONLY, refused, trusting } from "./support/iam.ts";
import { startTestServer, type TestServer } from "./support/server.ts";

let server: TestServer;
let iam: IAMClient;
beforeAll(async () => {
  server = await startTestServer();
  iam = iamClient(server);
});
afterAll(async () => {
  iam.destroy();
  await server.stop();
});

/** Behaviour common to users and roles, with the commands of each. */
describe.each([
  {
    kind: "user",
    named: { UserName: "holder" },
    make: () => iam.send(new CreateUserCommand({ UserName: "holder" })),
    remove: () => iam.send(new DeleteUserCommand({ UserName: "holder" })),
    attach: (PolicyArn: string) => iam.send(new AttachUserPolicyCommand({ UserName: "holder", PolicyArn })),
    detach: (PolicyArn: string) => iam.send(new DetachUserPolicyCommand({ UserName: "holder", PolicyArn })),
    attached: () => iam.send(new ListAttachedUserPoliciesCommand({ UserName: "holder" })),
    put: (PolicyName: string, PolicyDocument: string) =>
      iam.send(new PutUserPolicyCommand({ UserName: "holder", PolicyName, PolicyDocument })),
    get: (PolicyName: string) => iam.send(new GetUserPolicyCommand({ UserName: "holder", PolicyName })),
    list: () => iam.send(new ListUserPoliciesCommand({ UserName: "holder" })),
    drop: (PolicyName: string) => iam.send(new DeleteUserPolicyCommand({ UserName: "holder", PolicyName })),
    bound: (PermissionsBoundary: string) =>
      iam.send(new PutUserPermissionsBoundaryCommand({ UserName: "holder", PermissionsBoundary })),
    unbound: () => iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: "holder" })),
    boundary: async () =>
      (await iam.send(new GetUserCommand({ UserName: "holder" }))).User?.PermissionsBoundary,
    quota: "PoliciesPerUser",
    size: 2048,
  },
  {
    kind: "role",
    named: { RoleName: "holder" },
    make: () =>
      iam.send(new CreateRoleCommand({ RoleName: "holder", AssumeRolePolicyDocument: trusting(ACCOUNT) })),
    remove: () => iam.send(new DeleteRoleCommand({ RoleName: "holder" })),
    attach: (PolicyArn: string) => iam.send(new AttachRolePolicyCommand({ RoleName: "holder", PolicyArn })),
    detach: (PolicyArn: string) => iam.send(new DetachRolePolicyCommand({ RoleName: "holder", PolicyArn })),
    attached: () => iam.send(new ListAttachedRolePoliciesCommand({ RoleName: "holder" })),
    put: (PolicyName: string, PolicyDocument: string) =>
      iam.send(new PutRolePolicyCommand({ RoleName: "holder", PolicyName, PolicyDocument })),
    get: (PolicyName: string) => iam.send(new GetRolePolicyCommand({ RoleName: "holder", PolicyName })),
    list: () => iam.send(new ListRolePoliciesCommand({ RoleName: "holder" })),
    drop: (PolicyName: string) => iam.send(new DeleteRolePolicyCommand({ RoleName: "holder", PolicyName })),
    bound: (PermissionsBoundary: string) =>
      iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: "holder", PermissionsBoundary })),
    unbound: () => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: "holder" })),
    boundary: async () =>
      (await iam.send(new GetRoleCommand({ RoleName: "holder" }))).Role?.PermissionsBoundary,
    quota: "PoliciesPerRole",
    size: 10240,
  },
])("policies on a $kind", (holder) => {
  beforeEach(() => holder.make());
  afterEach(async () => {
    for (const { PolicyArn = "" } of (await holder.attached()).AttachedPolicies ?? [])
      await holder.detach(PolicyArn);
    for (const name of (await holder.list()).PolicyNames ?? []) await holder.drop(name);
    await holder.remove();
  });

  it("are attached (twice without an error), listed and detached", async () => {
    await holder.attach(POWER_USER);
    await holder.attach(POWER_USER);
    expect((await holder.attached()).AttachedPolicies).toEqual([
      { PolicyName: "AmazonCognitoPowerUser", PolicyArn: POWER_USER },
    ]);
    await holder.detach(POWER_USER);
    await expect(holder.detach(POWER_USER)).rejects.toMatchObject(
      refused("NoSuchEntityException", `Policy ${POWER_USER} was not found.`),
    );
  });

  it("must exist and be attachable, with at most ten per holder", async () => {
    const missing = "arn:aws:iam::aws:policy/NoSuchPolicy";
    await expect(holder.attach(missing)).rejects.toMatchObject(
      refused("NoSuchEntityException", `Policy ${missing} does not exist or is not attachable.`),
    );
    await expect(
      holder.attach("arn:aws:iam::aws:policy/aws-service-role/AmazonCognitoIdpServiceRolePolicy"),
    ).rejects.toMatchObject(refused("PolicyNotAttachableException"));
    const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: "AWS", PathPrefix: "/" }));
    const attachable = (Policies ?? []).filter(({ Path }) => Path === "/").map(({ Arn = "" }) => Arn);
    expect(attachable.length).toBeGreaterThanOrEqual(10);
    for (const arn of attachable.slice(0, 9)) await holder.attach(arn);
    const { Policy } = await iam.send(
      new CreatePolicyCommand({ PolicyName: "eleventh", PolicyDocument: allow("iam:*") }),
    );
    await holder.attach(Policy?.Arn ?? "");
    await expect(holder.attach(attachable[9] ?? "")).rejects.toMatchObject(
      refused("LimitExceededException", `Cannot exceed quota for ${holder.quota}: 10`),
    );
    await holder.detach(Policy?.Arn ?? "");
    await iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn }));
  });

  it("are put inline, replaced, returned percent-encoded, listed and deleted", async () => {
    await holder.put("b", allow("iam:*"));
    await holder.put("a", allow("sts:*"));
    await holder.put("b", allow("cognito-idp:*"));
    expect((await holder.list()).PolicyNames).toEqual(["a", "b"]);
    const shown = await holder.get("b");
    expect(shown).toMatchObject({ ...holder.named, PolicyName: "b" });
    expect(decodeURIComponent(shown.PolicyDocument ?? "")).toBe(allow("cognito-idp:*"));
    await holder.drop("a");
    for (const attempt of [() => holder.get("a"), () => holder.drop("a")]) {
      await expect(attempt()).rejects.toMatchObject(
        refused("NoSuchEntityException", `The ${holder.kind} policy with name a cannot be found.`),
      );
    }
    await expect(holder.get("constructor")).rejects.toMatchObject(refused("NoSuchEntityException"));
  });

  it("are rejected inline when malformed or too long in total", async () => {
    await expect(holder.put("a", "{}")).rejects.toMatchObject(
      refused("MalformedPolicyDocumentException", "Syntax errors in policy."),
    );
    const long = (length: number) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Sid: "x".repeat(length), Effect: "Allow", Action: "iam:*", Resource: "*" }],
      });
    await holder.put("a", long(holder.size / 2));
    await expect(holder.put("b", long(holder.size / 2))).rejects.toMatchObject(
      refused(
        "LimitExceededException",
        `Maximum policy size of ${holder.size} bytes exceeded for ${holder.kind} holder`,
      ),
    );
  });

  it("are limited by a permissions boundary", async () => {
    await holder.bound(READ_ONLY);
    expect(await holder.boundary()).toMatchObject({ PermissionsBoundaryArn: READ_ONLY });
    await expect(holder.bound(`arn:aws:iam::${ACCOUNT}:user/cognate`)).rejects.toMatchObject(
      refused(
        "InvalidInputException",
        `Value (arn:aws:iam::${ACCOUNT}:user/cognate) for parameter PermissionsBoundary is invalid.`,
      ),
    );
    await holder.unbound();
    expect(await holder.boundary()).toBeUndefined();
  });

  it("answer NoSuchEntity for an unknown holder", async () => {
    await holder.remove();
    const missing = refused("NoSuchEntityException", `The ${holder.kind} with name holder cannot be found.`);
    await expect(holder.attach(POWER_USER)).rejects.toMatchObject(missing);
    await expect(holder.put("a", allow("iam:*"))).rejects.toMatchObject(missing);
    await expect(holder.bound(READ_ONLY)).rejects.toMatchObject(missing);
    await expect(holder.attached()).rejects.toMatchObject(missing);
    await holder.make();
  });
});

describe("managed policies", () => {
  const PolicyArn = `arn:aws:iam::${ACCOUNT}:policy/team/p`;
  beforeEach(async () => {
    await iam.send(
      new CreatePolicyCommand({
        PolicyName: "p",
        Path: "/team/",
        PolicyDocument: allow("iam:*"),
        Description: "d",
      }),
    );
  });
  afterEach(async () => {
    await iam.send(new DeletePolicyCommand({ PolicyArn })).catch(() => undefined);
  });

  it("are returned without their document", async () => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
    expect(Policy).toMatchObject({
      PolicyName: "p",
      Arn: PolicyArn,
      Path: "/team/",
      DefaultVersionId: "v1",
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      Description: "d",
    });
    expect(Policy?.PolicyId).toMatch(/^ANPA[A-Z2-7]{17}$/);
  });

  it("are rejected with a used name, an old policy version or a document that is too long", async () => {
    const create = (PolicyName: string, PolicyDocument: string) =>
      iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
    await expect(create("P", allow("iam:*"))).rejects.toMatchObject(
      refused(
        "EntityAlreadyExistsException",
        "A policy called P already exists. Duplicate names are not allowed.",
      ),
    );
    await expect(create("q", allow("iam:*").replace("2012-10-17", "2008-10-17"))).rejects.toMatchObject(
      refused("MalformedPolicyDocumentException", "Policy document must be version 2012-10-17 or greater."),
    );
    await expect(create("q", allow(`iam:${"x".repeat(6144)}`))).rejects.toMatchObject(
      refused("LimitExceededException", "Cannot exceed quota for PolicySize: 6144"),
    );
  });

  it("have up to five versions, whose ids are never reused", async () => {
    const add = (SetAsDefault = false) =>
      iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: allow("sts:*"), SetAsDefault }));
    expect((await add()).PolicyVersion).toMatchObject({ VersionId: "v2", IsDefaultVersion: false });
    await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v2" }));
    expect((await add(true)).PolicyVersion).toMatchObject({ VersionId: "v3", IsDefaultVersion: true });
    for (let i = 0; i < 3; i++) await add();
    await expect(add()).rejects.toMatchObject(
      refused(
        "LimitExceededException",
        "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.",
      ),
    );
    const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn }));
    expect(Versions?.map(({ VersionId }) => VersionId)).toEqual(["v6", "v5", "v4", "v3", "v1"]);
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
    expect(PolicyVersion).toMatchObject({ IsDefaultVersion: true });
    expect(decodeURIComponent(PolicyVersion?.Document ?? "")).toBe(allow("iam:*"));
    await expect(
      iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: "v1" })),
    ).rejects.toMatchObject(
      refused("DeleteConflictException", "Cannot delete the default version of a policy."),
    );
    await expect(
      iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v9" })),
    ).rejects.toMatchObject(refused("NoSuchEntityException"));
    for (const VersionId of ["v3", "v4", "v5", "v6"]) {
      await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }));
    }
  });

  it("cannot be deleted while they are attached, and list the principals that have them", async () => {
    await iam.send(new CreateUserCommand({ UserName: "has-it" }));
    await iam.send(new AttachUserPolicyCommand({ UserName: "has-it", PolicyArn }));
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(
      refused("DeleteConflictException", "Cannot delete a policy attached to entities."),
    );
    const { PolicyUsers, PolicyRoles } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }));
    expect(PolicyUsers?.map(({ UserName }) => UserName)).toEqual(["has-it"]);
    expect(PolicyRoles).toEqual([]);
    const attached = await iam.send(new ListPoliciesCommand({ Scope: "Local", OnlyAttached: true }));
    expect(attached.Policies).toMatchObject([{ PolicyName: "p", AttachmentCount: 1 }]);
    await iam.send(new DetachUserPolicyCommand({ UserName: "has-it", PolicyArn }));
    await iam.send(new DeleteUserCommand({ UserName: "has-it" }));
  });

  it("include AWS's own in their default version, which cannot be changed", async () => {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: POWER_USER }));
    expect(Policy).toMatchObject({ DefaultVersionId: "v9", AttachmentCount: 1 });
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: POWER_USER, VersionId: "v9" }),
    );
    expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? "")).Statement[0].Action).toContain(
      "cognito-idp:*",
    );
    const change = iam.send(
      new CreatePolicyVersionCommand({ PolicyArn: POWER_USER, PolicyDocument: allow("iam:*") }),
    );
    await expect(change).rejects.toMatchObject(refused("AccessDenied"));
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn: POWER_USER }))).rejects.toMatchObject(
      refused("AccessDenied"),
    );
  });

  it("have tags", async () => {
    await iam.send(new TagPolicyCommand({ PolicyArn, Tags: [{ Key: "a", Value: "1" }] }));
    expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags).toEqual([
      { Key: "a", Value: "1" },
    ]);
    await iam.send(new UntagPolicyCommand({ PolicyArn, TagKeys: ["a"] }));
    expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn }))).Tags).toEqual([]);
  });

  it("answer NoSuchEntity for an unknown ARN", () =>
    expect(
      iam.send(new GetPolicyCommand({ PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/p` })),
    ).rejects.toMatchObject(
      refused("NoSuchEntityException", `Policy arn:aws:iam::${ACCOUNT}:policy/p was not found.`),
    ));
});

describe("operations that consoles and deployment tools call", () => {
  it("answers an account summary and an empty list of aliases", async () => {
    expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([]);
    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
    expect(SummaryMap).toMatchObject({ AccessKeysPerUserQuota: 2, Groups: 0 });
    expect(SummaryMap?.Users).toBeGreaterThan(0);
  });

  it("simulates the decision of a principal's policies", async () => {
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::${ACCOUNT}:role/cognate-power-user`,
        ActionNames: ["cognito-idp:ListUsers", "iam:CreateUser", "iam:CreateServiceLinkedRole"],
        ContextEntries: [
          {
            ContextKeyName: "iam:AWSServiceName",
            ContextKeyValues: ["cognito-idp.amazonaws.com"],
            ContextKeyType: "string",
          },
        ],
      }),
    );
    expect(EvaluationResults?.map(({ EvalDecision }) => EvalDecision)).toEqual([
      "allowed",
      "implicitDeny",
      "allowed",
    ]);
    expect(EvaluationResults?.[0]?.MatchedStatements).toEqual([
      { SourcePolicyId: POWER_USER, SourcePolicyType: "aws-managed" },
    ]);
    await expect(
      iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: `arn:aws:iam::${ACCOUNT}:user/nobody`,
          ActionNames: ["iam:GetUser"],
        }),
      ),
    ).rejects.toMatchObject(refused("NoSuchEntityException"));
  });
});

describe("a simulation", () => {
  const PolicySourceArn = `arn:aws:iam::${ACCOUNT}:role/cognate-power-user`;
  const simulate = (input: Partial<SimulatePrincipalPolicyCommandInput>) =>
    iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn,
        ActionNames: ["cognito-idp:ListUsers"],
        ...input,
      }),
    );
  const policyOf = (statement: object) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*", Resource: "*", ...statement }],
    });

  it("paginates, with each combination returned once", async () => {
    const ActionNames = ["cognito-idp:ListUsers", "iam:CreateUser"];
    const ResourceArns = ["arn:aws:cognito-idp:us-east-1:1:userpool/a", "*", "arn:aws:iam::1:user/b"];
    const seen: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await simulate({ ActionNames, ResourceArns, MaxItems: 4, ...(Marker ? { Marker } : {}) });
      expect(page.IsTruncated).toBe(page.Marker !== undefined);
      for (const { EvalActionName, EvalResourceName } of page.EvaluationResults ?? [])
        seen.push(`${EvalActionName} ${EvalResourceName}`);
      Marker = page.Marker;
    } while (Marker);
    expect(seen).toEqual(ActionNames.flatMap((action) => ResourceArns.map((arn) => `${action} ${arn}`)));
  });

  it("ends a page early when its policies are costly to evaluate", async () => {
    const { EvaluationResults, IsTruncated } = await simulate({
      PolicyInputList: [policyOf({ Resource: `arn:aws:s3:::${"*a".repeat(9000)}` })],
      ResourceArns: Array.from({ length: 100 }, (_, i) => `arn:aws:s3:::${"a".repeat(1500)}${i}`),
    });
    expect(EvaluationResults?.length).toBeGreaterThan(0);
    expect(EvaluationResults?.length).toBeLessThan(5);
    expect(IsTruncated).toBe(true);
  });

  it.each([
    [
      "more than 10,000 combinations",
      {
        ActionNames: Array.from({ length: 101 }, (_, i) => `iam:Action${i}`),
        ResourceArns: Array.from({ length: 100 }, (_, i) => `arn:aws:iam::1:user/${i}`),
      },
      "Cannot simulate more than 10000 combinations of ActionNames and ResourceArns.",
    ],
    [
      "policies of more than 20,480 characters",
      { PolicyInputList: [policyOf({ Resource: `arn:aws:s3:::${"a".repeat(21_000)}` })] },
      "Cannot exceed 20480 characters of policies.",
    ],
    [
      "condition values of more than 1,024 characters",
      { ContextEntries: [{ ContextKeyName: "aws:username", ContextKeyValues: ["a".repeat(1025)] }] },
      "Cannot exceed 1024 characters of ContextKeyValues.",
    ],
    [
      "a resource policy",
      { ResourcePolicy: policyOf({}) },
      "ResourcePolicy is not supported: no resource here has a policy.",
    ],
  ])("refuses %s", async (_, input, message) => {
    await expect(simulate(input)).rejects.toMatchObject(refused("InvalidInputException", message));
  });

  it.each(["nonsense", Buffer.from("99").toString("base64")])("refuses the marker %j", async (Marker) => {
    await expect(simulate({ Marker })).rejects.toMatchObject(refused("ValidationError", "Invalid Marker."));
  });

  it("answers for condition values and variables of 20,000 characters in a policy", async () => {
    for (const value of ["x".repeat(20_000), "${".repeat(9000), `\${a, '${"x".repeat(19_000)}'}`]) {
      const { EvaluationResults } = await simulate({
        PolicyInputList: [policyOf({ Condition: { StringEquals: { "aws:username": value } } })],
        ContextEntries: [{ ContextKeyName: "aws:username", ContextKeyValues: ["x"] }],
      });
      expect(EvaluationResults).toHaveLength(1);
    }
  });
});

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

  it("give AWS's denial message, which names an existing resource by kind and name", async () => {
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

  it("give a role session without UserName the session name as the denied user", async () => {
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
