import { beforeEach, describe, expect, it } from "vitest";
import { testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

let api: Caller;
let UserPoolId: string;
beforeEach(async () => {
  api = caller(await testContext());
  UserPoolId = await api.pool();
});

const scope = (ScopeName: string, ScopeDescription = "d") => ({ ScopeName, ScopeDescription });
const create = (Identifier = "https://api.example.com", more = {}) =>
  api.call("CreateResourceServer", { UserPoolId, Identifier, Name: "API", ...more });
const unknownServer = ["ResourceNotFoundException", "Resource server nothing does not exist."];

describe.each([
  "CreateResourceServer",
  "DescribeResourceServer",
  "UpdateResourceServer",
  "DeleteResourceServer",
] as const)("%s", (name) => {
  it("rejects a pool that does not exist", async () => {
    const input = { UserPoolId: "us-east-1_nothing00", Identifier: "api", Name: "API" };
    expect(await api.refusal(name, input)).toEqual([
      "ResourceNotFoundException",
      "User pool us-east-1_nothing00 does not exist.",
    ]);
  });
});

describe.each(["DescribeResourceServer", "UpdateResourceServer", "DeleteResourceServer"] as const)(
  "%s",
  (name) => {
    it("rejects a resource server that does not exist", async () => {
      await create();
      expect(await api.refusal(name, { UserPoolId, Identifier: "nothing", Name: "API" })).toEqual(
        unknownServer,
      );
    });
  },
);

describe("CreateResourceServer", () => {
  it("returns the resource server, also without scopes", async () => {
    expect(await create()).toEqual({
      ResourceServer: { UserPoolId, Identifier: "https://api.example.com", Name: "API", Scopes: [] },
    });
  });

  it("rejects an identifier that is taken in the same pool", async () => {
    await create("api");
    expect(
      await api.refusal("CreateResourceServer", { UserPoolId, Identifier: "api", Name: "Other" }),
    ).toEqual(["InvalidParameterException", `api already exists in user pool ${UserPoolId}.`]);
    await api.call("CreateResourceServer", {
      UserPoolId: await api.pool(),
      Identifier: "api",
      Name: "Other",
    });
  });

  it("rejects a scope that is given twice, as UpdateResourceServer does", async () => {
    const input = { UserPoolId, Identifier: "api", Name: "API", Scopes: [scope("a"), scope("a")] };
    const refusal = ["InvalidParameterException", "The scope a is given more than once."];
    expect(await api.refusal("CreateResourceServer", input)).toEqual(refusal);
    await create("api");
    expect(await api.refusal("UpdateResourceServer", input)).toEqual(refusal);
  });

  it("rejects the 26th resource server of a pool", async () => {
    for (let index = 0; index < 25; index++) await create(`api${index}`);
    expect(await api.refusal("CreateResourceServer", { UserPoolId, Identifier: "api", Name: "API" })).toEqual(
      ["LimitExceededException", "A user pool can have at most 25 resource servers."],
    );
  });
});

describe("UpdateResourceServer", () => {
  it("replaces the name and all scopes", async () => {
    await create("api", { Scopes: [scope("read"), scope("write")] });
    const input = { UserPoolId, Identifier: "api", Name: "Other", Scopes: [scope("admin", "All")] };
    expect(await api.call("UpdateResourceServer", input)).toEqual({ ResourceServer: input });
    expect(await api.call("DescribeResourceServer", input)).toEqual({ ResourceServer: input });
  });
});

describe("ListResourceServers", () => {
  it("lists by identifier, page by page", async () => {
    for (const identifier of ["c", "a", "b"]) await create(identifier);
    const identifiers = (servers: readonly { Identifier?: string | undefined }[] | undefined) =>
      servers?.map(({ Identifier }) => Identifier);
    const first = await api.call("ListResourceServers", { UserPoolId, MaxResults: 2 });
    expect(identifiers(first.ResourceServers)).toEqual(["a", "b"]);
    const { NextToken } = first;
    const second = await api.call("ListResourceServers", { UserPoolId, MaxResults: 2, NextToken });
    expect(identifiers(second.ResourceServers)).toEqual(["c"]);
    expect(second.NextToken).toBeUndefined();
    expect((await api.refusal("ListResourceServers", { UserPoolId, NextToken: "x" }))[0]).toBe(
      "InvalidParameterException",
    );
  });
});

describe("scopes for clients that register themselves", () => {
  const refused = (scope: string) => [
    "InvalidParameterException",
    `The scope ${scope} in DcrConfiguration does not exist.`,
  ];

  it("are accepted in UpdateUserPool if a resource server has them", async () => {
    const update = { UserPoolId, DcrConfiguration: { AllowedScopes: ["openid", "api/read"] } };
    expect(await api.refusal("UpdateUserPool", update)).toEqual(refused("api/read"));
    await create("api", { Scopes: [scope("read")] });
    await api.call("UpdateUserPool", update);
    await api.call("DeleteResourceServer", { UserPoolId, Identifier: "api" });
    // The configuration stays where a request says nothing of it.
    await api.call("UpdateUserPool", { UserPoolId });
  });

  it("are rejected in CreateUserPool, because a new pool has no resource server", async () => {
    const create = (name: string) => ({ PoolName: "p", DcrConfiguration: { AllowedScopes: [name] } });
    expect(await api.refusal("CreateUserPool", create("api/read"))).toEqual(refused("api/read"));
    await api.call("CreateUserPool", create("aws.cognito.signin.user.admin"));
  });

  it("cannot belong to a resource server with a reserved identifier", async () => {
    for (const Identifier of ["aws.cognito", "aws.cognito/dcr"]) {
      expect(await api.refusal("CreateResourceServer", { UserPoolId, Identifier, Name: "API" })).toEqual([
        "InvalidParameterException",
        `The identifier ${Identifier} is reserved.`,
      ]);
    }
  });
});

describe("custom scopes of app clients", () => {
  const client = (AllowedOAuthScopes: string[]) => ({
    UserPoolId,
    ClientName: "app",
    GenerateSecret: true,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["client_credentials" as const],
    AllowedOAuthScopes,
  });

  it("are accepted if their resource server has them, and stay on a client afterwards", async () => {
    await create("https://api.example.com", { Scopes: [scope("read")] });
    const { UserPoolClient } = await api.call(
      "CreateUserPoolClient",
      client(["https://api.example.com/read"]),
    );
    await api.call("DeleteResourceServer", { UserPoolId, Identifier: "https://api.example.com" });
    const described = await api.call("DescribeUserPoolClient", {
      UserPoolId,
      ClientId: UserPoolClient?.ClientId ?? "",
    });
    expect(described.UserPoolClient?.AllowedOAuthScopes).toEqual(["https://api.example.com/read"]);
  });

  it.each(["api/write", "other/read", "api", "read"])(
    "are rejected if no resource server has them: %s",
    async (name) => {
      await create("api", { Scopes: [scope("read")] });
      expect(await api.refusal("CreateUserPoolClient", client([name]))).toEqual([
        "ScopeDoesNotExistException",
        `Invalid scope requested: ${name}`,
      ]);
    },
  );
});
