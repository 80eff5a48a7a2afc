/** Administers pools by the AWS CLI: its own parsing of options, its paginators, and JMESPath over what it prints. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isMissing } from "../support/machine.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const PASSWORD = "Perm4nent!";

describe.skipIf(isMissing("awsCli"))("the AWS CLI", () => {
  let server: TestServer;
  const called = new Set<string>();
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server?.stop());

  const cli = (command: string, ...args: string[]) => {
    called.add(command);
    return server.aws("cognate", "cognito-idp", command, ...args);
  };
  const newPool = async (...args: string[]): Promise<string[]> => {
    const id = await cli("create-user-pool", "--pool-name", "cli", "--query", "UserPool.Id", ...args);
    return ["--user-pool-id", id];
  };
  /** In the form of the CLI's own short notation. */
  const scope = (name: string) => `ScopeName=${name},ScopeDescription=Read`;

  describe("pages through a list by --page-size, --max-items and --starting-token", () => {
    let of: string[];
    let user: string[];
    beforeAll(async () => {
      const region = ["--region", "eu-west-3"];
      of = await newPool(
        ...["--user-pool-tier", "PLUS"],
        ...["--user-pool-add-ons", "AdvancedSecurityMode=AUDIT"],
      );
      user = [...of, "--username", "user0"];
      await Promise.all([newPool(...region), newPool(...region)]);
      await newPool(...region);
      for (const number of [0, 1, 2]) {
        const [name, username] = [`group${number}`, `user${number}`];
        await Promise.all([
          cli("create-group", ...of, "--group-name", name),
          cli("admin-create-user", ...of, "--username", username, "--message-action", "SUPPRESS"),
        ]);
        await Promise.all([
          cli("create-resource-server", ...of, "--identifier", `api${number}`, "--name", "API"),
          cli("create-user-pool-client", ...of, "--client-name", `app${number}`),
        ]);
      }
      const details = "client_id=id,client_secret=secret,authorize_scopes=profile";
      for (const type of ["Google", "LoginWithAmazon"]) {
        const provider = ["--provider-name", type, "--provider-type", type, "--provider-details", details];
        await cli("create-identity-provider", ...of, ...provider);
      }
      await Promise.all(
        [0, 1, 2].flatMap((number) => [
          cli("admin-add-user-to-group", ...user, "--group-name", `group${number}`),
          ...(number === 0
            ? []
            : [
                cli(
                  "admin-add-user-to-group",
                  ...of,
                  "--username",
                  `user${number}`,
                  "--group-name",
                  "group0",
                ),
              ]),
        ]),
      );
      await cli("admin-set-user-password", ...user, "--password", PASSWORD, "--permanent");
      const flows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
      const id = await cli(
        "create-user-pool-client",
        ...[...of, "--client-name", "app3", "--explicit-auth-flows", ...flows],
        ...["--query", "UserPoolClient.ClientId"],
      );
      for (const _ of [1, 2]) {
        await cli(
          "admin-initiate-auth",
          ...[...of, "--client-id", id, "--auth-flow", "ADMIN_USER_PASSWORD_AUTH"],
          ...["--auth-parameters", `USERNAME=user0,PASSWORD=${PASSWORD}`],
        );
      }
    }, 120_000);

    const lists: readonly (readonly [
      command: string,
      args: () => readonly string[],
      query: string,
      token: string,
      names: readonly string[] | number,
    ])[] = [
      [
        "list-user-pool-clients",
        () => of,
        "UserPoolClients[].ClientName",
        "NextToken",
        ["app0", "app1", "app2", "app3"],
      ],
      ["list-groups", () => of, "Groups[].GroupName", "NextToken", ["group0", "group1", "group2"]],
      ["list-users", () => of, "Users[].Username", "NextToken", ["user0", "user1", "user2"]],
      [
        "list-users-in-group",
        () => [...of, "--group-name", "group0"],
        "Users[].Username",
        "NextToken",
        ["user0", "user1", "user2"],
      ],
      [
        "admin-list-groups-for-user",
        () => user,
        "Groups[].GroupName",
        "NextToken",
        ["group0", "group1", "group2"],
      ],
      [
        "list-resource-servers",
        () => of,
        "ResourceServers[].Identifier",
        "NextToken",
        ["api0", "api1", "api2"],
      ],
      [
        "list-identity-providers",
        () => of,
        "Providers[].ProviderName",
        "NextToken",
        ["Google", "LoginWithAmazon"],
      ],
      [
        "admin-list-user-auth-events",
        () => user,
        "AuthEvents[].EventType",
        "NextToken",
        ["SignIn", "SignIn"],
      ],
    ];

    it.each(lists)(
      "%s",
      async (command, args, query, token, names) => {
        const [all, first] = await Promise.all([
          cli(command, ...args(), "--page-size", "1", "--query", query),
          cli(command, ...args(), "--page-size", "2", "--max-items", "1"),
        ]);
        expect(all.toSorted()).toEqual(names);
        const [key = ""] = query.split("[");
        expect(first[key]).toHaveLength(1);
        // The CLI's own token: the server's, and how many items of that page were printed.
        const rest = await cli(
          command,
          ...[...args(), "--starting-token", first[token], "--page-size", "2", "--query", query],
        );
        const printed = await cli(
          command,
          ...args(),
          "--page-size",
          "2",
          "--max-items",
          "1",
          "--query",
          query,
        );
        expect([...printed, ...rest]).toEqual(all);
      },
      120_000,
    );

    // This version of the CLI demands --max-results, by which it does not page itself.
    it("list-user-pools, by --next-token", async () => {
      const page = (...args: string[]) =>
        cli("list-user-pools", "--region", "eu-west-3", "--max-results", "2", ...args);
      const first = await page();
      const second = await page("--next-token", first.NextToken);
      expect([first, second].map(({ UserPools }) => UserPools.length)).toEqual([2, 1]);
      expect(second).not.toHaveProperty("NextToken");
    });

    it("and rejects a token that the server did not issue", async () => {
      await expect(cli("list-groups", ...of, "--no-paginate", "--next-token", "x")).rejects.toThrow(
        /InvalidParameterException|Unknown options/,
      );
    });
  });

  it("calls more than thirty operations of a pool and parses their output", async () => {
    const of = await newPool("--schema", "Name=plan,AttributeDataType=String,Mutable=true");
    const pool = await cli("describe-user-pool", ...of, "--query", "UserPool");
    expect(pool.SchemaAttributes).toContainEqual(expect.objectContaining({ Name: "custom:plan" }));
    await cli("update-user-pool", ...of, "--deletion-protection", "INACTIVE");
    const arn = ["--resource-arn", pool.Arn];
    await cli("tag-resource", ...arn, "--tags", "team=a,stage=test");
    await cli("untag-resource", ...arn, "--tag-keys", "stage");
    expect(await cli("list-tags-for-resource", ...arn, "--query", "Tags")).toEqual({ team: "a" });
    await cli(
      "add-custom-attributes",
      ...[...of, "--custom-attributes", "Name=size,AttributeDataType=Number,Mutable=true"],
    );
    await cli(
      "set-user-pool-mfa-config",
      ...[...of, "--mfa-configuration", "OPTIONAL", "--software-token-mfa-configuration", "Enabled=true"],
    );
    const mfa = await cli("get-user-pool-mfa-config", ...of);
    expect(mfa).toMatchObject({ MfaConfiguration: "OPTIONAL" });

    const clientId = await cli(
      "create-user-pool-client",
      ...[...of, "--client-name", "app", "--generate-secret"],
      ...["--query", "UserPoolClient.ClientId"],
    );
    const client = [...of, "--client-id", clientId];
    await cli(
      "update-user-pool-client",
      ...client,
      "--client-name",
      "renamed",
      "--access-token-validity",
      "5",
    );
    expect(await cli("describe-user-pool-client", ...client, "--query", "UserPoolClient.ClientName")).toBe(
      "renamed",
    );

    const group = [...of, "--group-name", "staff"];
    await cli("create-group", ...group, "--precedence", "1");
    await cli("update-group", ...group, "--description", "People who work here");
    expect(await cli("get-group", ...group, "--query", "Group.Description")).toBe("People who work here");
    const user = [...of, "--username", "jane"];
    await cli("admin-create-user", ...user, "--message-action", "SUPPRESS");
    await cli("admin-set-user-password", ...user, "--password", PASSWORD, "--permanent");
    await cli("admin-update-user-attributes", ...user, "--user-attributes", "Name=custom:plan,Value=gold");
    await cli("admin-add-user-to-group", ...user, "--group-name", "staff");
    const filtered = await cli(
      "list-users",
      ...of,
      "--filter",
      'username = "jane"',
      "--query",
      "Users[0].Attributes",
    );
    expect(filtered).toContainEqual({ Name: "custom:plan", Value: "gold" });
    await cli("admin-delete-user-attributes", ...user, "--user-attribute-names", "custom:plan");
    await cli("admin-disable-user", ...user);
    expect(await cli("admin-get-user", ...user, "--query", "Enabled")).toBe(false);
    await cli("admin-enable-user", ...user);
    await cli("admin-user-global-sign-out", ...user);
    await cli("admin-remove-user-from-group", ...user, "--group-name", "staff");
    await cli("delete-group", ...group);
    await cli("admin-delete-user", ...user);

    const api = [...of, "--identifier", "api"];
    await cli("create-resource-server", ...api, "--name", "API", "--scopes", scope("read"));
    await cli("update-resource-server", ...api, "--name", "API", "--scopes", scope("read"), scope("write"));
    const names = await cli(
      "describe-resource-server",
      ...api,
      "--query",
      "ResourceServer.Scopes[].ScopeName",
    );
    expect(names).toEqual(["read", "write"]);
    await cli("delete-resource-server", ...api);
    const domain = ["--domain", `cli-${pool.Id.split("_")[1].toLowerCase()}`];
    await cli("create-user-pool-domain", ...of, ...domain);
    expect(await cli("describe-user-pool-domain", ...domain, "--query", "DomainDescription.UserPoolId")).toBe(
      pool.Id,
    );
    await cli("delete-user-pool-domain", ...of, ...domain);
    await cli("delete-user-pool-client", ...client);
    await cli("delete-user-pool", ...of);
    await expect(cli("describe-user-pool", ...of)).rejects.toThrow("(ResourceNotFoundException)");
    expect(called.size).toBeGreaterThan(30);
  }, 240_000);
});
