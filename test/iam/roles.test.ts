import {
  AddClientIDToOpenIDConnectProviderCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteRoleCommand,
  GetOpenIDConnectProviderCommand,
  GetRoleCommand,
  ListInstanceProfilesForRoleCommand,
  ListOpenIDConnectProvidersCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  RemoveClientIDFromOpenIDConnectProviderCommand,
  TagRoleCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from "@aws-sdk/client-iam";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ACCOUNT, allow, POWER_USER, refused, trusting } from "../support/iam.ts";
import { iam, server, startIamServer } from "./iam-server.ts";

startIamServer();

describe("roles", () => {
  const RoleName = "dev";
  const trust = trusting(ACCOUNT);
  beforeEach(async () => {
    await iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Path: "/team/", Description: "d" }),
    );
  });
  afterEach(() => iam.send(new DeleteRoleCommand({ RoleName })));

  it("are returned with their percent-encoded trust policy", async () => {
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
    expect(Role).toMatchObject({
      RoleName,
      Arn: `arn:aws:iam::${ACCOUNT}:role/team/dev`,
      Description: "d",
      MaxSessionDuration: 3600,
      RoleLastUsed: {},
    });
    expect(Role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/);
    expect(Role?.AssumeRolePolicyDocument).toMatch(/^%7B/);
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toBe(trust);
    const { Roles } = await iam.send(new ListRolesCommand({ PathPrefix: "/team/" }));
    expect(Roles?.map((role) => role.RoleName)).toEqual([RoleName]);
  });

  it("have names that are unique regardless of case", () =>
    expect(
      iam.send(new CreateRoleCommand({ RoleName: "DEV", AssumeRolePolicyDocument: trust })),
    ).rejects.toMatchObject(refused("EntityAlreadyExistsException", "Role with name DEV already exists.")));

  it("can be changed in description, maximum session duration and trust policy", async () => {
    await iam.send(new UpdateRoleCommand({ RoleName, MaxSessionDuration: 7200 }));
    const { Role } = await iam.send(new UpdateRoleDescriptionCommand({ RoleName, Description: "new" }));
    expect(Role).toMatchObject({ Description: "new", MaxSessionDuration: 7200 });
    const PolicyDocument = trusting(`arn:aws:iam::${ACCOUNT}:user/cognate`);
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }));
    const shown = (await iam.send(new GetRoleCommand({ RoleName }))).Role?.AssumeRolePolicyDocument;
    expect(decodeURIComponent(shown ?? "")).toBe(PolicyDocument);
  });

  it.each([
    [
      "a user who does not exist",
      trusting(`arn:aws:iam::${ACCOUNT}:user/nobody`),
      `Invalid principal in policy: "AWS":"arn:aws:iam::${ACCOUNT}:user/nobody"`,
    ],
    ["nonsense", trusting("nonsense"), 'Invalid principal in policy: "AWS":"nonsense"'],
    ["a resource", allow("sts:AssumeRole"), "Has prohibited field Resource"],
    ["text that is not JSON", "{", "Syntax errors in policy."],
  ])("are rejected with a trust policy that has %s", (_, PolicyDocument, message) =>
    expect(iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument }))).rejects.toMatchObject(
      refused("MalformedPolicyDocumentException", message),
    ),
  );

  it("are rejected with a trust policy that is too long", () =>
    expect(
      iam.send(
        new UpdateAssumeRolePolicyCommand({
          RoleName,
          PolicyDocument: trusting(ACCOUNT).replace('"Effect"', `"Sid":"${"x".repeat(2048)}","Effect"`),
        }),
      ),
    ).rejects.toMatchObject(
      refused("LimitExceededException", "Cannot exceed quota for ACLSizePerRole: 2048"),
    ));

  it("have tags, and no instance profiles", async () => {
    await iam.send(new TagRoleCommand({ RoleName, Tags: [{ Key: "a", Value: "1" }] }));
    expect((await iam.send(new ListRoleTagsCommand({ RoleName }))).Tags).toEqual([{ Key: "a", Value: "1" }]);
    await iam.send(new UntagRoleCommand({ RoleName, TagKeys: ["a"] }));
    expect((await iam.send(new GetRoleCommand({ RoleName }))).Role?.Tags).toBeUndefined();
    expect((await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName }))).InstanceProfiles).toEqual(
      [],
    );
  });
});

describe("the path /aws-service-role", () => {
  it("is reserved", async () => {
    const Path = "/aws-service-role/mine/";
    const reserved = refused(
      "InvalidInputException",
      "Paths beginning with '/aws-service-role' are reserved for AWS Service Linked Roles",
    );
    const role = { RoleName: "x", AssumeRolePolicyDocument: trusting(ACCOUNT), Path };
    await expect(iam.send(new CreateRoleCommand(role))).rejects.toMatchObject(reserved);
    const user = { UserName: "x", Path };
    await expect(iam.send(new CreateUserCommand(user))).rejects.toMatchObject(reserved);
    const policy = { PolicyName: "x", PolicyDocument: allow("iam:*"), Path };
    await expect(iam.send(new CreatePolicyCommand(policy))).rejects.toMatchObject(reserved);
  });
});

describe("OpenID Connect providers", () => {
  it("have at most 100 client ids and five thumbprints", async () => {
    const Url = "https://ids.example.com";
    const ids = (count: number) => Array.from({ length: count }, (_, number) => `client${number}`);
    const create = (ClientIDList: string[], thumbprints = 0) =>
      iam.send(
        new CreateOpenIDConnectProviderCommand({
          Url,
          ClientIDList,
          ThumbprintList: Array.from({ length: thumbprints }, () => "a".repeat(40)),
        }),
      );
    const tooMany = refused(
      "LimitExceededException",
      "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100",
    );
    await expect(create(ids(101))).rejects.toMatchObject(tooMany);
    await expect(create([], 6)).rejects.toMatchObject(
      refused("InvalidInputException", "Thumbprint list must contain fewer than 5 entries."),
    );
    const { OpenIDConnectProviderArn } = await create(ids(100), 5);
    const add = (ClientID: string) =>
      iam.send(new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID }));
    await add("client7");
    await expect(add("one more")).rejects.toMatchObject(tooMany);
    await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
  });

  it("are created, read, updated, listed and deleted", async () => {
    const Url = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbC";
    const { OpenIDConnectProviderArn } = await iam.send(
      new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ["one"] }),
    );
    expect(OpenIDConnectProviderArn).toBe(
      `arn:aws:iam::${ACCOUNT}:oidc-provider/${Url.slice("https://".length)}`,
    );
    await expect(iam.send(new CreateOpenIDConnectProviderCommand({ Url }))).rejects.toMatchObject(
      refused("EntityAlreadyExistsException", `Provider with url ${Url} already exists.`),
    );
    await iam.send(
      new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: "two" }),
    );
    await iam.send(
      new RemoveClientIDFromOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: "one" }),
    );
    const shown = await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
    expect(shown).toMatchObject({ Url: Url.slice("https://".length), ClientIDList: ["two"] });
    const { OpenIDConnectProviderList } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
    expect(OpenIDConnectProviderList).toEqual([{ Arn: OpenIDConnectProviderArn }]);
    await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }));
    await expect(
      iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
    ).rejects.toMatchObject(refused("NoSuchEntityException"));
  });

  it("must use https, except for this server's own issuers", async () => {
    for (const Url of ["http://issuer.example", "https:issuer.example"]) {
      await expect(iam.send(new CreateOpenIDConnectProviderCommand({ Url }))).rejects.toMatchObject(
        refused("InvalidInputException"),
      );
    }
    const own = await iam.send(new CreateOpenIDConnectProviderCommand({ Url: `${server.url}/us-east-1_Ab` }));
    await iam.send(
      new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: own.OpenIDConnectProviderArn }),
    );
  });
});

describe("the AWS CLI", () => {
  const cli = (...args: string[]) => server.aws("cognate", "iam", ...args);

  it("sets up a role as in the quickstart, and shows policy documents decoded", async () => {
    const { Role } = await cli(
      ...["create-role", "--role-name", "cli", "--assume-role-policy-document", trusting(ACCOUNT)],
    );
    expect(Role.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ AWS: ACCOUNT });
    expect(await cli("attach-role-policy", "--role-name", "cli", "--policy-arn", POWER_USER)).toBeUndefined();
    // The only operation whose empty result element is required.
    await cli("update-role", "--role-name", "cli", "--max-session-duration", "7200");
    const { AttachedPolicies } = await cli("list-attached-role-policies", "--role-name", "cli");
    expect(AttachedPolicies).toEqual([{ PolicyName: "AmazonCognitoPowerUser", PolicyArn: POWER_USER }]);
    const { PolicyVersion } = await cli(
      "get-policy-version",
      "--policy-arn",
      POWER_USER,
      "--version-id",
      "v9",
    );
    expect(PolicyVersion.Document.Version).toBe("2012-10-17");
  });

  it("shows the message of an error", async () => {
    await expect(cli("get-role", "--role-name", "nobody")).rejects.toThrow(
      "An error occurred (NoSuchEntity) when calling the GetRole operation: The role with name nobody cannot be found.",
    );
    await expect(cli("create-group", "--group-name", "g")).rejects.toThrow(
      "An error occurred (InvalidAction) when calling the CreateGroup operation: Could not find operation CreateGroup for version 2010-05-08",
    );
  });
});
