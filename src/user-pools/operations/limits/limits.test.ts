import { beforeEach, describe, expect, it } from "vitest";
import { type TestContext, testContext } from "../../testing.ts";
import { type Caller, caller } from "../testing.ts";

let context: TestContext;
let api: Caller;
beforeEach(async () => {
  context = await testContext();
  api = caller(context);
});

const definition = (Category: string) => ({
  LimitDefinition: { LimitClass: "API_CATEGORY" as const, Attributes: { Category } },
});
const limit = (category: string, provisioned: number, free: number) => ({
  Limit: { ...definition(category), ProvisionedLimitValue: provisioned, FreeLimitValue: free },
});

describe.each(["GetProvisionedLimit", "UpdateProvisionedLimit"] as const)("%s", (name) => {
  it("rejects an unknown category, and a definition without one", async () => {
    const input = { ...definition("Nothing"), RequestedLimitValue: 1 };
    expect(await api.refusal(name, input)).toEqual([
      "ResourceNotFoundException",
      "There is no limit for the category Nothing.",
    ]);
    const without = { LimitDefinition: { LimitClass: "API_CATEGORY" as const, Attributes: {} } };
    expect(await api.refusal(name, { ...without, RequestedLimitValue: 1 })).toEqual([
      "InvalidParameterException",
      "LimitDefinition needs the attribute Category.",
    ]);
  });
});

describe("GetProvisionedLimit", () => {
  it("describes a category that cannot be raised", async () => {
    expect(await api.call("GetProvisionedLimit", definition("UserList"))).toEqual(limit("UserList", 30, 30));
  });
});

describe("UpdateProvisionedLimit", () => {
  it("raises a limit of the request's region, and resets it at the free value or below", async () => {
    const category = definition("UserAuthentication");
    expect(await api.call("UpdateProvisionedLimit", { ...category, RequestedLimitValue: 200 })).toEqual(
      limit("UserAuthentication", 200, 120),
    );
    expect(await api.call("GetProvisionedLimit", category)).toEqual(limit("UserAuthentication", 200, 120));
    const elsewhere = caller({ ...context, request: { ...context.request, region: "eu-west-1" } });
    expect(await elsewhere.call("GetProvisionedLimit", category)).toEqual(
      limit("UserAuthentication", 120, 120),
    );
    expect(await api.call("UpdateProvisionedLimit", { ...category, RequestedLimitValue: 1 })).toEqual(
      limit("UserAuthentication", 120, 120),
    );
  });

  it("rejects a category that cannot be raised, and a value above the account's maximum", async () => {
    const fixed = { ...definition("UserList"), RequestedLimitValue: 60 };
    expect((await api.refusal("UpdateProvisionedLimit", fixed))[0]).toBe("InvalidParameterException");
    const highest = { ...definition("UserRead"), RequestedLimitValue: 1200 };
    expect(await api.call("UpdateProvisionedLimit", highest)).toEqual(limit("UserRead", 1200, 120));
    const high = { ...definition("UserRead"), RequestedLimitValue: 1201 };
    expect((await api.refusal("UpdateProvisionedLimit", high))[0]).toBe("ServiceQuotaExceededException");
  });
});
