import { beforeEach, describe, expect, it } from "vitest";
import {
  InvalidParameterException,
  LimitExceededException,
  ResourceNotFoundException,
} from "../../../api-model/index.ts";
import { TEST_TIME, type TestContext, testContext } from "../../testing.ts";
import { userPoolOperations } from "../user-pools/index.ts";
import { appClientOperations as operations } from "./index.ts";

let context: TestContext;
let UserPoolId: string;
beforeEach(async () => {
  context = await testContext();
  UserPoolId = await createPool();
});

const createPool = async (of = context) =>
  (await userPoolOperations.CreateUserPool({ PoolName: "p" }, of)).UserPool?.Id ?? "";
const create = async (
  input: Partial<Parameters<typeof operations.CreateUserPoolClient>[0]> = {},
  of = context,
) =>
  (await operations.CreateUserPoolClient({ UserPoolId, ClientName: "app", ...input }, of)).UserPoolClient ??
  {};
const describeClient = async (ClientId = "", of = context) =>
  (await operations.DescribeUserPoolClient({ UserPoolId, ClientId }, of)).UserPoolClient;
const unknownPool = new ResourceNotFoundException("User pool us-east-1_nothing00 does not exist.");
const unknownClient = new ResourceNotFoundException("User pool client nothing does not exist.");
const unknownClientOfPool = new ResourceNotFoundException("User pool client does not exist.");

describe("CreateUserPoolClient", () => {
  it("returns the whole client, which has a secret only if the request wants one", async () => {
    const client = await create();
    expect(client.ClientId).toMatch(/^[a-z0-9]{26}$/);
    expect(client).toEqual({
      UserPoolId,
      ClientName: "app",
      ClientId: client.ClientId,
      LastModifiedDate: TEST_TIME,
      CreationDate: TEST_TIME,
      RefreshTokenValidity: 30,
      TokenValidityUnits: {},
      AllowedOAuthFlowsUserPoolClient: false,
      EnableTokenRevocation: true,
      EnablePropagateAdditionalUserContextData: false,
      AuthSessionValidity: 3,
    });
  });

  it("generates a secret or accepts a given one, but not both", async () => {
    expect((await create({ GenerateSecret: true })).ClientSecret).toMatch(/^[a-z0-9]{51}$/);
    const ClientSecret = "chosen-by-the-caller-itself";
    expect((await create({ ClientSecret })).ClientSecret).toBe(ClientSecret);
    await expect(create({ GenerateSecret: true, ClientSecret })).rejects.toThrow(InvalidParameterException);
  });

  it("rejects a pool that does not exist", async () => {
    await expect(create({ UserPoolId: "us-east-1_nothing00" })).rejects.toThrow(unknownPool);
  });

  it("rejects an unknown pool before wrong settings", async () => {
    await expect(create({ UserPoolId: "us-east-1_nothing00", ReadAttributes: ["custom:x"] })).rejects.toThrow(
      unknownPool,
    );
  });

  it("is rejected if the pool has a thousand clients", async () => {
    const client = await context.store.clients.get((await create()).ClientId ?? "");
    await context.store.transaction(async ({ clients }) => {
      for (let index = 1; client && index < 1000; index++) {
        await clients.insert({ ...client, id: `full${index}` });
      }
    });
    await expect(create()).rejects.toThrow(LimitExceededException);
    await create({ UserPoolId: await createPool() });
  });

  it("logs the settings that have no effect", async () => {
    const { ClientId } = await create({
      AnalyticsConfiguration: {
        ApplicationArn: "arn:aws:mobiletargeting:us-east-1:123456789012:apps/example",
      },
      GenerateSecret: true,
    });
    expect(context.warnings).toEqual([
      {
        poolId: UserPoolId,
        clientId: ClientId,
        settings: ["AnalyticsConfiguration"],
      },
    ]);
  });
});

describe("CreateUserPoolClient with a given id", () => {
  it("uses the id of a seed, and keeps the name", async () => {
    const seeded = { ...context, givenIds: { clientId: "seeded" } };
    expect(await create({}, seeded)).toMatchObject({ ClientId: "seeded", ClientName: "app" });
  });
});

describe("DescribeUserPoolClient", () => {
  it("returns the output of CreateUserPoolClient, with the secret", async () => {
    const client = await create({ GenerateSecret: true, WriteAttributes: ["email"] });
    expect(await describeClient(client.ClientId)).toEqual(client);
  });

  it("rejects a client that does not exist or belongs to another pool", async () => {
    await expect(describeClient("nothing")).rejects.toThrow(unknownClientOfPool);
    const { ClientId } = await create();
    UserPoolId = await createPool();
    await expect(describeClient(ClientId)).rejects.toThrow(unknownClientOfPool);
  });
});

describe("UpdateUserPoolClient", () => {
  it("sets the given members and resets the others to their defaults, except name and secret", async () => {
    const { ClientId = "", ClientSecret } = await create({
      GenerateSecret: true,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
      AccessTokenValidity: 2,
      PreventUserExistenceErrors: "ENABLED",
    });
    context.clock.advance(1000);
    const { UserPoolClient } = await operations.UpdateUserPoolClient(
      { UserPoolId, ClientId, AuthSessionValidity: 10 },
      context,
    );
    expect(UserPoolClient).toEqual({
      ...(await create()),
      ClientId,
      ClientSecret,
      CreationDate: TEST_TIME,
      LastModifiedDate: TEST_TIME + 1000,
      AuthSessionValidity: 10,
    });
    expect(await describeClient(ClientId)).toEqual(UserPoolClient);
  });

  it("can rename a client", async () => {
    const { ClientId = "" } = await create();
    await operations.UpdateUserPoolClient({ UserPoolId, ClientId, ClientName: "other" }, context);
    expect(await describeClient(ClientId)).toMatchObject({ ClientName: "other" });
  });

  it("rejects settings that need a secret if the client has none", async () => {
    const { ClientId = "" } = await create();
    await expect(
      operations.UpdateUserPoolClient(
        { UserPoolId, ClientId, EnablePropagateAdditionalUserContextData: true },
        context,
      ),
    ).rejects.toThrow(InvalidParameterException);
  });

  it("rejects a pool or client that does not exist", async () => {
    await expect(
      operations.UpdateUserPoolClient({ UserPoolId: "us-east-1_nothing00", ClientId: "x" }, context),
    ).rejects.toThrow(unknownPool);
    await expect(
      operations.UpdateUserPoolClient({ UserPoolId, ClientId: "nothing" }, context),
    ).rejects.toThrow(unknownClientOfPool);
  });
});

describe("DeleteUserPoolClient", () => {
  it("deletes the client, and rejects a second call", async () => {
    const { ClientId = "" } = await create();
    await operations.DeleteUserPoolClient({ UserPoolId, ClientId }, context);
    await expect(operations.DeleteUserPoolClient({ UserPoolId, ClientId }, context)).rejects.toThrow(
      unknownClientOfPool,
    );
  });

  it("does not delete another pool's client", async () => {
    const { ClientId = "" } = await create();
    await expect(
      operations.DeleteUserPoolClient({ UserPoolId: await createPool(), ClientId }, context),
    ).rejects.toThrow(ResourceNotFoundException);
    expect(await describeClient(ClientId)).toBeDefined();
  });
});

describe("ListUserPoolClients", () => {
  it("lists id and name of each client of the pool, page by page", async () => {
    const made = [await create(), await create(), await create()].map(({ ClientId }) => ClientId);
    const first = await operations.ListUserPoolClients({ UserPoolId, MaxResults: 2 }, context);
    expect(first.UserPoolClients?.[0]).toEqual({
      ClientId: expect.stringMatching(/^[a-z0-9]{26}$/),
      UserPoolId,
      ClientName: "app",
    });
    const { NextToken } = first;
    const second = await operations.ListUserPoolClients({ UserPoolId, MaxResults: 2, NextToken }, context);
    const listed = [first, second].flatMap(({ UserPoolClients = [] }) => UserPoolClients);
    expect(listed.map(({ ClientId }) => ClientId).sort()).toEqual(made.sort());
    expect(second.NextToken).toBeUndefined();
  });

  it("lists all clients of a small pool without MaxResults", async () => {
    await create();
    expect((await operations.ListUserPoolClients({ UserPoolId }, context)).UserPoolClients).toHaveLength(1);
  });

  it("lists clients that registered themselves, or the others, by ClientType", async () => {
    const { ClientId: regular } = await create();
    const { ClientId: registered = "" } = await create();
    await context.store.clients.update(registered, (client) => ({
      ...client,
      settings: { ...client.settings, ClientType: "DCR" },
    }));
    const idsOf = async (ClientType: "DCR" | "REGULAR") => {
      const { UserPoolClients } = await operations.ListUserPoolClients({ UserPoolId, ClientType }, context);
      return UserPoolClients?.map(({ ClientId }) => ClientId);
    };
    expect(await idsOf("DCR")).toEqual([registered]);
    expect(await idsOf("REGULAR")).toEqual([regular]);
  });

  it("rejects a token that it did not issue, and an unknown pool", async () => {
    await expect(
      operations.ListUserPoolClients({ UserPoolId, NextToken: "nonsense" }, context),
    ).rejects.toThrow(InvalidParameterException);
    await expect(
      operations.ListUserPoolClients({ UserPoolId: "us-east-1_nothing00" }, context),
    ).rejects.toThrow(unknownPool);
  });
});

describe("a client's secrets", () => {
  const add = async (ClientId = "", ClientSecret?: string) =>
    (await operations.AddUserPoolClientSecret({ UserPoolId, ClientId, ClientSecret }, context))
      .ClientSecretDescriptor;
  const list = async (ClientId = "") =>
    (await operations.ListUserPoolClientSecrets({ UserPoolId, ClientId }, context)).ClientSecrets ?? [];

  it("are listed by their ids, without the values", async () => {
    const { ClientId } = await create({ GenerateSecret: true });
    context.clock.advance(1000);
    const added = await add(ClientId);
    expect(added).toEqual({
      ClientSecretId: `${ClientId}--${TEST_TIME + 1000}`,
      ClientSecretValue: expect.stringMatching(/^[a-z0-9]{51}$/),
      ClientSecretCreateDate: TEST_TIME + 1000,
    });
    expect(await list(ClientId)).toEqual([
      { ClientSecretId: `${ClientId}--${TEST_TIME}`, ClientSecretCreateDate: TEST_TIME },
      { ClientSecretId: `${ClientId}--${TEST_TIME + 1000}`, ClientSecretCreateDate: TEST_TIME + 1000 },
    ]);
  });

  it("are on one page, so that no token of another is accepted", async () => {
    const { ClientId = "" } = await create({ GenerateSecret: true });
    await expect(
      operations.ListUserPoolClientSecrets({ UserPoolId, ClientId, NextToken: "token" }, context),
    ).rejects.toThrow(
      new InvalidParameterException(
        "Provided pagination token is invalid. Check the token and try your request again.",
      ),
    );
  });

  it("cannot be more than two", async () => {
    const { ClientId } = await create({ GenerateSecret: true });
    await add(ClientId);
    await expect(add(ClientId)).rejects.toThrow(
      new LimitExceededException("Client secrets cannot exceed limit of 2 secrets."),
    );
  });

  it("cannot be the same twice", async () => {
    const ClientSecret = "chosen-by-the-caller-itself";
    const { ClientId } = await create({ ClientSecret });
    await expect(add(ClientId, ClientSecret)).rejects.toThrow(
      new InvalidParameterException("The client has this secret already."),
    );
    expect(await list(ClientId)).toHaveLength(1);
  });

  it("cannot be added to a client without one", async () => {
    const { ClientId } = await create();
    await expect(add(ClientId)).rejects.toThrow(InvalidParameterException);
    expect(await list(ClientId)).toEqual([]);
  });

  it("are not returned if the caller chose them", async () => {
    const { ClientId } = await create({ GenerateSecret: true });
    expect(await add(ClientId, "chosen-by-the-caller-itself")).not.toHaveProperty(
      "ClientSecretValue",
      expect.anything(),
    );
  });

  it("are replaced by adding the new one and deleting the old one", async () => {
    const { ClientId = "" } = await create({ GenerateSecret: true });
    const added = await add(ClientId);
    const [old] = await list(ClientId);
    const ClientSecretId = old?.ClientSecretId ?? "";
    await operations.DeleteUserPoolClientSecret({ UserPoolId, ClientId, ClientSecretId }, context);
    expect((await describeClient(ClientId))?.ClientSecret).toBe(added?.ClientSecretValue);
    await expect(
      operations.DeleteUserPoolClientSecret({ UserPoolId, ClientId, ClientSecretId }, context),
    ).rejects.toThrow(ResourceNotFoundException);
  });

  it("cannot all be deleted", async () => {
    const { ClientId = "" } = await create({ GenerateSecret: true });
    const ClientSecretId = (await list(ClientId))[0]?.ClientSecretId ?? "";
    await expect(
      operations.DeleteUserPoolClientSecret({ UserPoolId, ClientId, ClientSecretId }, context),
    ).rejects.toThrow(InvalidParameterException);
  });

  it("cannot be listed or changed for a client that does not exist", async () => {
    await expect(add("nothing")).rejects.toThrow(unknownClient);
    await expect(list("nothing")).rejects.toThrow(unknownClient);
    await expect(
      operations.DeleteUserPoolClientSecret(
        { UserPoolId, ClientId: "nothing", ClientSecretId: "x" },
        context,
      ),
    ).rejects.toThrow(unknownClient);
  });
});
