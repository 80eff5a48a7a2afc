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

const addDomain = () => api.call("CreateUserPoolDomain", { UserPoolId, Domain: "pages" });
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]);
const CSS =
  ".logo-customizable { max-width: 60% } /* { */\n.submitButton-customizable:hover, .label-customizable { color: #fff; }";
describe.each(["SetUICustomization", "GetUICustomization"] as const)("%s", (name) => {
  it("rejects a pool or a client that does not exist", async () => {
    expect(await api.refusal(name, { UserPoolId: "us-east-1_nothing00" })).toEqual([
      "ResourceNotFoundException",
      "User pool us-east-1_nothing00 does not exist.",
    ]);
    expect(await api.refusal(name, { UserPoolId, ClientId: "nothing" })).toEqual([
      "ResourceNotFoundException",
      "User pool client nothing does not exist.",
    ]);
  });
});

describe("SetUICustomization", () => {
  it("rejects a pool without a domain, of which GetUICustomization shows that there is nothing", async () => {
    expect(await api.refusal("SetUICustomization", { UserPoolId })).toEqual([
      "InvalidParameterException",
      "There has to be an existing domain associated with this user pool.",
    ]);
    expect(await api.call("GetUICustomization", { UserPoolId })).toEqual({ UICustomization: {} });
  });

  it("keeps the style sheet and the logo of a client", async () => {
    await addDomain();
    const { UICustomization } = await api.call("SetUICustomization", {
      UserPoolId,
      ClientId,
      CSS,
      ImageFile: PNG,
    });
    expect(UICustomization).toEqual({
      UserPoolId,
      ClientId,
      CSS,
      CSSVersion: "20260101000000",
      ImageUrl: `http://127.0.0.1:9229/${UserPoolId}/${ClientId}/20260101000000/assets/images/image.jpg`,
      CreationDate: TEST_TIME,
      LastModifiedDate: TEST_TIME,
    });
    expect(await api.call("GetUICustomization", { UserPoolId, ClientId })).toEqual({ UICustomization });
    const key = { poolId: UserPoolId, clientId: ClientId, kind: "UICustomization", id: "" } as const;
    expect(await context.store.documents.getBlob(key)).toEqual(PNG);
  });

  it("removes omitted members", async () => {
    await addDomain();
    await api.call("SetUICustomization", { UserPoolId, ClientId, CSS, ImageFile: PNG });
    context.clock.advance(1000);
    const { UICustomization } = await api.call("SetUICustomization", { UserPoolId, ClientId });
    expect(UICustomization).toEqual({
      UserPoolId,
      ClientId,
      CSSVersion: "20260101000001",
      CreationDate: TEST_TIME,
      LastModifiedDate: TEST_TIME + 1000,
    });
  });

  it.each([
    ["body { color: red }", "The CSS class body is not in the list of allowed classes."],
    [".other { color: red }", "The CSS class other is not in the list of allowed classes."],
    [
      ".logo-customizable .x { color: red }",
      "The CSS class logo-customizable .x is not in the list of allowed classes.",
    ],
    ["@import 'x';", "The CSS must not have rules that begin with @."],
    [".logo-customizable { background: url(http://x) }", "The CSS must not load or run anything."],
    ['.logo-customizable { background: image-set("http://x" 1x) }', "The CSS must not load or run anything."],
    ["/* </style><script> */", "The CSS must not load or run anything."],
    [
      `.logo-customizable { content: "/*" } body { color: red } .logo-customizable { content: "*/" }`,
      "The CSS class body is not in the list of allowed classes.",
    ],
    [".logo-customizable { } </style><script>", "The CSS must not load or run anything."],
    [".logo-customizable { color: red", "The CSS cannot be read."],
    [".logo-customizable { a { } }", "The CSS cannot be read."],
  ])("refuses the style sheet %s", async (css, message) => {
    await addDomain();
    expect(await api.refusal("SetUICustomization", { UserPoolId, CSS: css })).toEqual([
      "InvalidParameterException",
      message,
    ]);
  });

  it("rejects a logo that is not PNG or JPEG, or too large", async () => {
    await addDomain();
    const refusal = async (ImageFile: Uint8Array) =>
      (await api.refusal("SetUICustomization", { UserPoolId, ImageFile }))[1];
    expect(await refusal(Buffer.from("<svg/>"))).toBe("The image must be a PNG or JPEG file.");
    expect(await refusal(new Uint8Array(100 * 1024 + 1))).toBe("request parameters too large");
  });
});

describe("GetUICustomization", () => {
  it("returns the customization of all clients for a client without its own", async () => {
    await addDomain();
    expect(await api.call("GetUICustomization", { UserPoolId, ClientId })).toEqual({ UICustomization: {} });
    await api.call("SetUICustomization", { UserPoolId, CSS });
    const { UICustomization } = await api.call("GetUICustomization", { UserPoolId, ClientId });
    expect(UICustomization).toMatchObject({ ClientId: "ALL", CSS });
    await api.call("SetUICustomization", { UserPoolId, ClientId, ImageFile: PNG });
    const own = await api.call("GetUICustomization", { UserPoolId, ClientId });
    expect(own.UICustomization).toMatchObject({ ClientId });
    expect(own.UICustomization).not.toHaveProperty("CSS");
    await api.call("SetUICustomization", { UserPoolId, ClientId });
    expect(await api.call("GetUICustomization", { UserPoolId, ClientId })).toEqual({ UICustomization });
  });
});
