import {
  AddCustomAttributesCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  GetUserPoolMfaConfigCommand,
  ListTagsForResourceCommand,
  paginateListUserPools,
  SetUserPoolMfaConfigCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

describe("a user pool, through the JavaScript SDK", () => {
  it("is created with Cognito's defaults, described, changed and deleted", async () => {
    const { cognito } = server;
    const { UserPool: made } = await cognito.send(new CreateUserPoolCommand({ PoolName: "My pool" }));
    const UserPoolId = made?.Id ?? "";
    expect(UserPoolId).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    expect(made?.CreationDate).toBeInstanceOf(Date);
    expect(made?.LastModifiedDate).toEqual(made?.CreationDate);
    expect(made?.SchemaAttributes).toHaveLength(20);

    const { UserPool: described } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(described).toEqual({ ...made, SchemaAttributes: described?.SchemaAttributes, UserPoolTags: {} });
    expect(described?.SchemaAttributes).toEqual(expect.arrayContaining(made?.SchemaAttributes ?? []));

    await cognito.send(
      new UpdateUserPoolCommand({
        UserPoolId,
        DeletionProtection: "ACTIVE",
        Policies: { PasswordPolicy: { MinimumLength: 10 } },
      }),
    );
    await expect(cognito.send(new DeleteUserPoolCommand({ UserPoolId }))).rejects.toMatchObject({
      name: "InvalidParameterException",
      message:
        "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
    });
    await cognito.send(new UpdateUserPoolCommand({ UserPoolId }));
    const { UserPool: reset } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    expect(reset).toMatchObject({
      DeletionProtection: "INACTIVE",
      Policies: { ...made?.Policies, PasswordPolicy: { MinimumLength: 10, RequireSymbols: false } },
    });

    await cognito.send(new DeleteUserPoolCommand({ UserPoolId }));
    await expect(cognito.send(new DescribeUserPoolCommand({ UserPoolId }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: `User pool ${UserPoolId} does not exist.`,
      $metadata: { httpStatusCode: 400 },
    });
  });

  it("sets and describes the MFA factors", async () => {
    const { cognito } = server;
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "MFA" }));
    const UserPoolId = UserPool?.Id ?? "";
    const shown = async () => {
      const { $metadata: _, ...config } = await cognito.send(new GetUserPoolMfaConfigCommand({ UserPoolId }));
      return config;
    };
    expect(await shown()).toEqual({ MfaConfiguration: "OFF" });
    const given = {
      MfaConfiguration: "OPTIONAL" as const,
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration: { RelyingPartyId: "auth.example.com", UserVerification: "preferred" as const },
    };
    expect(await cognito.send(new SetUserPoolMfaConfigCommand({ UserPoolId, ...given }))).toMatchObject(
      given,
    );
    expect(await shown()).toEqual(given);
    const turnedOff = { UserPoolId, ...given, MfaConfiguration: "OFF" as const };
    await expect(cognito.send(new SetUserPoolMfaConfigCommand(turnedOff))).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    });
  });

  it("reports every violation of the API model before it is looked up", async () => {
    const refused = server.cognito.send(
      new UpdateUserPoolCommand({
        UserPoolId: "us-east-1_nothing00",
        Policies: { PasswordPolicy: { MinimumLength: 5 } },
      }),
    );
    await expect(refused).rejects.toMatchObject({
      name: "InvalidParameterException",
      message:
        "1 validation error detected: Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value greater than or equal to 6",
    });
  });

  it("gets the id in LocalStack's tag _custom_id_", async () => {
    const { UserPool } = await server.cognito.send(
      new CreateUserPoolCommand({
        PoolName: "p",
        UserPoolTags: { _custom_id_: "us-east-1_mine", team: "a" },
      }),
    );
    expect(UserPool).toMatchObject({ Id: "us-east-1_mine", UserPoolTags: { team: "a" } });
    const jwks = await fetch(`${server.url}/us-east-1_mine/.well-known/jwks.json`);
    expect(((await jwks.json()) as { keys: unknown[] }).keys).toHaveLength(2);
  });

  it("gets each custom attribute once", async () => {
    const { UserPool } = await server.cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
    const add = new AddCustomAttributesCommand({
      UserPoolId: UserPool?.Id,
      CustomAttributes: [{ Name: "plan", AttributeDataType: "String" }],
    });
    await server.cognito.send(add);
    await expect(server.cognito.send(add)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "custom:plan: Existing attribute already has name custom:plan.",
    });
  });

  it("is tagged by its ARN", async () => {
    const { cognito } = server;
    const { UserPool } = await cognito.send(new CreateUserPoolCommand({ PoolName: "p" }));
    const ResourceArn = UserPool?.Arn;
    await cognito.send(new TagResourceCommand({ ResourceArn, Tags: { team: "a", stage: "x" } }));
    await cognito.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["stage"] }));
    const { Tags } = await cognito.send(new ListTagsForResourceCommand({ ResourceArn }));
    expect(Tags).toEqual({ team: "a" });
  });

  it("is listed in its own region, page by page", async () => {
    const { accessKeyId = "", secretAccessKey = "" } = server.administrator ?? {};
    const client = new CognitoIdentityProviderClient({
      endpoint: server.url,
      region: "eu-west-1",
      credentials: { accessKeyId, secretAccessKey },
    });
    const made: (string | undefined)[] = [];
    for (const PoolName of ["one", "two", "three"]) {
      made.push((await client.send(new CreateUserPoolCommand({ PoolName }))).UserPool?.Id);
    }
    const listed: (string | undefined)[] = [];
    for await (const page of paginateListUserPools({ client, pageSize: 2 }, { MaxResults: 2 })) {
      for (const { Id } of page.UserPools ?? []) listed.push(Id);
    }
    client.destroy();
    expect(listed).toEqual(made);
  });
});

describe("a user pool, through the AWS CLI", () => {
  it("is created, found and deleted", async () => {
    const { UserPool } = await server.aws("cognate", "cognito-idp", "create-user-pool", "--pool-name", "cli");
    const { UserPools } = await server.aws(
      "cognate",
      "cognito-idp",
      "list-user-pools",
      "--max-results",
      "60",
    );
    expect(UserPools.map(({ Id }: { Id: string }) => Id)).toContain(UserPool.Id);
    const args = ["--user-pool-id", UserPool.Id];
    expect(await server.aws("cognate", "cognito-idp", "get-user-pool-mfa-config", ...args)).toEqual({
      MfaConfiguration: "OFF",
    });
    expect(await server.aws("cognate", "cognito-idp", "delete-user-pool", ...args)).toBeUndefined();
    await expect(server.aws("cognate", "cognito-idp", "describe-user-pool", ...args)).rejects.toThrow(
      "An error occurred (ResourceNotFoundException) when calling the DescribeUserPool operation",
    );
  });
});
