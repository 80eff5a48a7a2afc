import {
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
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
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
} from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ACCOUNT, allow, POWER_USER, READ_ONLY, refused, trusting } from "../support/iam.ts";
import { iam, startIamServer } from "./iam-server.ts";

startIamServer();

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
    most: 10,
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
    most: 20,
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

  it("must exist and be attachable, with a maximum per holder", async () => {
    const missing = "arn:aws:iam::aws:policy/NoSuchPolicy";
    await expect(holder.attach(missing)).rejects.toMatchObject(
      refused("NoSuchEntityException", `Policy ${missing} does not exist or is not attachable.`),
    );
    await expect(
      holder.attach("arn:aws:iam::aws:policy/aws-service-role/AmazonCognitoIdpServiceRolePolicy"),
    ).rejects.toMatchObject(refused("PolicyNotAttachableException"));
    const arns: string[] = [];
    for (let number = 0; number <= holder.most; number++) {
      const made = { PolicyName: `policy${number}`, PolicyDocument: allow("iam:*") };
      arns.push((await iam.send(new CreatePolicyCommand(made))).Policy?.Arn ?? "");
    }
    for (const arn of arns.slice(1)) await holder.attach(arn);
    await expect(holder.attach(arns[0] ?? "")).rejects.toMatchObject(
      refused("LimitExceededException", `Cannot exceed quota for ${holder.quota}: ${holder.most}`),
    );
    for (const arn of arns.slice(1)) await holder.detach(arn);
    for (const PolicyArn of arns) await iam.send(new DeletePolicyCommand({ PolicyArn }));
  });

  it("are created inline, replaced, returned percent-encoded, listed and deleted", async () => {
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

  it("are NoSuchEntity for an unknown holder", async () => {
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

  it("are rejected with a name that is taken, an old policy version or a document that is too long", async () => {
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
    const asBoundaries = new ListPoliciesCommand({
      Scope: "Local",
      PolicyUsageFilter: "PermissionsBoundary",
    });
    expect((await iam.send(asBoundaries)).Policies).toEqual([]);
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

  it("are NoSuchEntity for an unknown ARN", () =>
    expect(
      iam.send(new GetPolicyCommand({ PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/p` })),
    ).rejects.toMatchObject(
      refused("NoSuchEntityException", `Policy arn:aws:iam::${ACCOUNT}:policy/p was not found.`),
    ));
});
