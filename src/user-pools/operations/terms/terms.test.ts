import { beforeEach, describe, expect, it } from "vitest";
import { TEST_TIME, type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

let context: TestContext;
let api: Caller;
let UserPoolId: string;
let ClientId: string;
beforeEach(async () => {
  context = await testContext();
  api = caller(context);
  UserPoolId = await api.pool();
  ClientId = await api.client(UserPoolId);
});

const LINK = { "cognito:default": "https://example.com/terms" };
const NAME = "terms-of-use";
const input = (more = {}) => ({
  UserPoolId,
  ClientId,
  TermsName: NAME,
  TermsSource: "LINK" as const,
  Enforcement: "NONE" as const,
  Links: LINK,
  ...more,
});
const create = async (more = {}) => (await api.call("CreateTerms", input(more))).Terms;
const noPool = ["ResourceNotFoundException", "User pool us-east-1_nothing00 does not exist."];

describe.each(["DescribeTerms", "UpdateTerms", "DeleteTerms"] as const)("%s", (name) => {
  it("rejects a pool and terms that do not exist", async () => {
    const TermsId = "00000000-0000-4000-8000-000000000000";
    expect(await api.refusal(name, { UserPoolId: "us-east-1_nothing00", TermsId })).toEqual(noPool);
    expect(await api.refusal(name, { UserPoolId, TermsId })).toEqual([
      "ResourceNotFoundException",
      `Terms ${TermsId} do not exist.`,
    ]);
  });

  it("rejects another pool's terms", async () => {
    const terms = await create();
    const foreign = { UserPoolId: await api.pool(), TermsId: terms?.TermsId ?? "" };
    expect((await api.refusal(name, foreign))[0]).toBe("ResourceNotFoundException");
  });
});

describe("CreateTerms", () => {
  it("returns the terms, as DescribeTerms and DescribeTermsByClient do", async () => {
    const Terms = await create();
    expect(Terms).toEqual({
      ...input(),
      TermsId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      CreationDate: TEST_TIME,
      LastModifiedDate: TEST_TIME,
    });
    const byId = { UserPoolId, TermsId: Terms?.TermsId ?? "" };
    expect(await api.call("DescribeTerms", byId)).toEqual({ Terms });
    expect(await api.call("DescribeTermsByClient", { UserPoolId, ClientId, TermsName: NAME })).toEqual({
      Terms,
    });
  });

  it("rejects a second document with the same name for one client", async () => {
    await create();
    expect(await api.refusal("CreateTerms", input())).toEqual([
      "TermsExistsException",
      `Terms ${NAME} already exist for the client.`,
    ]);
    await create({ TermsName: "privacy-policy" });
    await create({ ClientId: await api.client(UserPoolId) });
  });

  it("rejects a pool and a client that do not exist, and the 41st document", async () => {
    expect(await api.refusal("CreateTerms", input({ UserPoolId: "us-east-1_nothing00" }))).toEqual(noPool);
    expect(await api.refusal("CreateTerms", input({ ClientId: "nothing" }))).toEqual([
      "ResourceNotFoundException",
      "User pool client nothing does not exist.",
    ]);
    for (let index = 0; index < 40; index++) await create({ ClientId: await api.client(UserPoolId) });
    expect((await api.refusal("CreateTerms", input()))[0]).toBe("LimitExceededException");
  });
});

describe("DescribeTermsByClient", () => {
  it("rejects a client without such terms", async () => {
    await create();
    const other = { UserPoolId, ClientId, TermsName: "privacy-policy" };
    expect(await api.refusal("DescribeTermsByClient", other)).toEqual([
      "ResourceNotFoundException",
      "The client has no terms privacy-policy.",
    ]);
  });
});

describe("UpdateTerms", () => {
  it("replaces links as a whole and keeps omitted members", async () => {
    const terms = await create({ Links: { ...LINK, "cognito:french": "https://example.com/fr" } });
    context.clock.advance(1000);
    const changed = { UserPoolId, TermsId: terms?.TermsId ?? "", Links: { "cognito:default": "https://b" } };
    expect(await api.call("UpdateTerms", changed)).toEqual({
      Terms: { ...terms, Links: changed.Links, LastModifiedDate: TEST_TIME + 1000 },
    });
    const renamed = { UserPoolId, TermsId: changed.TermsId, TermsName: "privacy-policy" };
    expect((await api.call("UpdateTerms", renamed)).Terms).toMatchObject({
      TermsName: "privacy-policy",
      Links: changed.Links,
    });
  });

  it("rejects a name that the client has already", async () => {
    const terms = await create();
    await create({ TermsName: "privacy-policy" });
    const renamed = { UserPoolId, TermsId: terms?.TermsId ?? "", TermsName: "privacy-policy" };
    expect((await api.refusal("UpdateTerms", renamed))[0]).toBe("TermsExistsException");
  });
});

describe("ListTerms", () => {
  it("lists terms by pages, without links, and without those that were deleted, also with their client", async () => {
    const first = await create();
    await create({ TermsName: "privacy-policy" });
    const other = await api.client(UserPoolId);
    await create({ ClientId: other });
    const page = await api.call("ListTerms", { UserPoolId, MaxResults: 2 });
    expect(page.Terms).toHaveLength(2);
    expect(Object.keys(page.Terms[0] ?? {}).sort()).toEqual(
      ["CreationDate", "Enforcement", "LastModifiedDate", "TermsId", "TermsName"].sort(),
    );
    const last = await api.call("ListTerms", { UserPoolId, NextToken: page.NextToken });
    expect(last.Terms).toHaveLength(1);
    await api.call("DeleteUserPoolClient", { UserPoolId, ClientId: other });
    await api.call("DeleteTerms", { UserPoolId, TermsId: first?.TermsId ?? "" });
    expect((await api.call("ListTerms", { UserPoolId })).Terms).toHaveLength(1);
    expect(await api.refusal("ListTerms", { UserPoolId: "us-east-1_nothing00" })).toEqual(noPool);
  });
});
