import { beforeEach, describe, expect, it } from "vitest";
import type { AssetType } from "../../../api-model/index.ts";
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

const SETTINGS = { categories: { global: { colorSchemeMode: "DARK" } } };
const OTHER = { components: { form: { borderRadius: 4 } } };
const asset = (more: Partial<AssetType> = {}): AssetType => ({
  Category: "PAGE_BACKGROUND",
  ColorMode: "LIGHT",
  Extension: "PNG",
  Bytes: new Uint8Array([1, 2, 3]),
  ...more,
});
const svg = (text: string) => asset({ Extension: "SVG", Bytes: Buffer.from(text) });
const create = async (more: object) =>
  (await api.call("CreateManagedLoginBranding", { UserPoolId, ClientId, ...more })).ManagedLoginBranding;
const refusal = async (more: object) =>
  (await api.refusal("CreateManagedLoginBranding", { UserPoolId, ClientId, ...more })).join(": ");

describe("CreateManagedLoginBranding", () => {
  it("stores settings and images as they are sent, for both operations that describe them", async () => {
    const Assets = [
      asset(),
      svg('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0" fill="url(#a)"/></svg>'),
    ];
    const ManagedLoginBranding = await create({ Settings: SETTINGS, Assets });
    expect(ManagedLoginBranding).toMatchObject({
      ManagedLoginBrandingId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      UserPoolId,
      UseCognitoProvidedValues: false,
      Settings: SETTINGS,
      CreationDate: TEST_TIME,
      LastModifiedDate: TEST_TIME,
    });
    const byClient = await api.call("DescribeManagedLoginBrandingByClient", { UserPoolId, ClientId });
    const byId = await api.call("DescribeManagedLoginBranding", {
      UserPoolId,
      ManagedLoginBrandingId: ManagedLoginBranding?.ManagedLoginBrandingId ?? "",
    });
    expect(byId).toEqual(byClient);
    const { Assets: shown = [] } = byId.ManagedLoginBranding ?? {};
    expect(shown.map(({ Bytes }) => [...(Bytes ?? [])])).toEqual(
      Assets.map(({ Bytes }) => [...(Bytes ?? [])]),
    );
  });

  it("returns the settings merged with defaults on request", async () => {
    await create({ Settings: SETTINGS });
    const { ManagedLoginBranding } = await api.call("DescribeManagedLoginBrandingByClient", {
      UserPoolId,
      ClientId,
      ReturnMergedResources: true,
    });
    expect(ManagedLoginBranding?.Settings).toMatchObject({
      categories: {
        global: { colorSchemeMode: "DARK", spacingDensity: "REGULAR" },
        form: { location: { horizontal: "CENTER" } },
      },
    });
  });

  it.each([
    ["Cognito's values beside settings", { UseCognitoProvidedValues: true, Settings: SETTINGS }],
    ["Cognito's values beside images", { UseCognitoProvidedValues: true, Assets: [asset()] }],
    ["neither of the two", {}],
  ])("refuses %s", async (_, more) => {
    expect(await refusal(more)).toBe(
      "InvalidParameterException: useCognitoProvidedValues or settings should be specified (but not both)",
    );
  });

  it.each<[string, object | string, string]>([
    ["an unknown group", { looks: {} }, "{path: looks, errorMessage: The member is not allowed.}"],
    [
      "a color with a number sign",
      { components: { pageBackground: { lightMode: { color: "#ffffff" } } } },
      "{path: components.pageBackground.lightMode.color, errorMessage: A color must have 8 hexadecimal digits.}",
    ],
    [
      "an unknown color scheme",
      { categories: { global: { colorSchemeMode: "SEPIA" } } },
      "{path: categories.global.colorSchemeMode, errorMessage: The value must be one of LIGHT, DARK, DYNAMIC.}",
    ],
    [
      "a value of another type",
      { componentClasses: { buttons: { borderRadius: "8px" } } },
      "{path: componentClasses.buttons.borderRadius, errorMessage: The value must be of the type number.}",
    ],
    ["a string in place of the object", "dark", "The settings must be a JSON object."],
  ])("refuses settings with %s", async (_, Settings, message) => {
    expect(await refusal({ Settings })).toBe(
      `InvalidParameterException: Invalid settings provided. Validation errors: [${message}]`,
    );
  });

  it("stores unknown settings inside of known groups", async () => {
    const Settings = { components: { form: { sparkle: true } } };
    expect(await create({ Settings })).toMatchObject({ Settings });
  });

  it("rejects a second style of a client, and a pool or client that does not exist", async () => {
    await create({ UseCognitoProvidedValues: true });
    expect(await refusal({ UseCognitoProvidedValues: true })).toMatch(/^ManagedLoginBrandingExistsException/);
    expect(await refusal({ UserPoolId: "us-east-1_nothing00" })).toMatch(/^ResourceNotFoundException/);
    expect(await refusal({ ClientId: "nothing" })).toMatch(/^ResourceNotFoundException/);
  });

  it("rejects a file extension that the image's category does not allow", async () => {
    expect(await refusal({ Assets: [asset({ Extension: "ICO" })] })).toBe(
      "InvalidParameterException: Invalid assets provided. Validation errors: [{category: PAGE_BACKGROUND, extension: ICO, colorMode: LIGHT, errorMessage: The extension must be one of PNG, SVG, JPEG.}]",
    );
  });

  it.each([
    ["quotes", `url('#a') url("#b")`],
    ["300,000 spaces, in linear time", `url(${" ".repeat(300_000)}#a)`],
  ])("takes an SVG that names a part of itself with %s", async (_, value) => {
    const text = `<svg xmlns="http://www.w3.org/2000/svg"><path fill='${value.replaceAll("'", "&apos;")}'/></svg>`;
    expect(await create({ Assets: [svg(text)] })).toBeDefined();
  });

  it("takes an SVG of thousands of attributes and texts, in linear time", async () => {
    const attributes = Array.from({ length: 19_000 }, (_, index) => `a${index}=""`).join(" ");
    const text = `<svg ${attributes}>${"a<b/>".repeat(9000)}</svg>`;
    expect(await create({ Assets: [svg(text)] })).toBeDefined();
  });

  it.each([
    ["elements", "<path/>".repeat(10_000)],
    ["attributes", `<path a="" b="" c="" d=""/>`.repeat(5001)],
  ])("rejects an SVG of more than ten or twenty thousand %s", async (_, content) => {
    expect(await refusal({ Assets: [svg(`<svg>${content}</svg>`)] })).toBe(
      "InvalidParameterException: Invalid assets provided. Validation errors: [{category: PAGE_BACKGROUND, extension: SVG, colorMode: LIGHT, errorMessage: The SVG has too many elements or attributes.}]",
    );
  });

  it("takes an SVG with prefixes of namespaces", async () => {
    const text = `<svg:svg xmlns:svg="http://www.w3.org/2000/svg" xmlns:href="https://example.com"><svg:path/></svg:svg>`;
    expect(await create({ Assets: [svg(text)] })).toBeDefined();
  });

  it.each([
    "<svg><script>alert(1)</script></svg>",
    '<svg onload="alert(1)"/>',
    '<svg><image href="https://example.com/x.png"/></svg>',
    '<svg><use href="https://example.com/x.svg#a"/></svg>',
    '<svg><a href="javascript:alert(1)">x</a></svg>',
    "<svg><foreignObject><p/></foreignObject></svg>",
    '<svg><path fill="url(https://example.com)"/></svg>',
    '<svg xmlns:x="x"><path fill="url(https://example.com)" x:fill="none"/></svg>',
    '<svg xmlns:x="x"><use xlink:href="https://example.com/x.svg#a" x:href="#a"/></svg>',
    '<svg xmlns:x="http://www.w3.org/1999/xhtml"><x:img srcset="https://example.com/a.png 1x"/></svg>',
    '<svg xmlns:x="x"><path x:onload="alert(1)"/></svg>',
    '<x:svg xmlns:x="http://www.w3.org/2000/svg"><x:script>alert(1)</x:script></x:svg>',
    '<svg><path style="fill:url(#a);mask: url( https://example.com)"/></svg>',
    `<svg><path fill="url('x#a')"/></svg>`,
    '<svg><path style="fill: ur&#108;(https://example.com)"/></svg>',
    '<svg><path style="fill: ur&#x6c;(https://example.com)"/></svg>',
    '<svg><path style="fill: \\75 rl(https://example.com)"/></svg>',
    `<svg><path style="fill: image-set('https://example.com' 1x)"/></svg>`,
    '<!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
    "<svg><style>@import 'x'</style></svg>",
    "<html/>",
    "<svg><constructor/></svg>",
    `<svg>${"<g>".repeat(300)}${"</g>".repeat(300)}</svg>`,
    "no XML",
  ])("refuses the SVG %s", async (text) => {
    expect(await refusal({ Assets: [svg(text)] })).toContain("The SVG is malformed or has elements");
  });
});

describe("UpdateManagedLoginBranding", () => {
  it("keeps omitted members, and switches between own and Cognito's values", async () => {
    const { ManagedLoginBrandingId = "" } = (await create({ Settings: SETTINGS, Assets: [asset()] })) ?? {};
    const update = async (more: object) =>
      (await api.call("UpdateManagedLoginBranding", { UserPoolId, ManagedLoginBrandingId, ...more }))
        .ManagedLoginBranding;
    context.clock.advance(1000);
    expect(await update({ Settings: OTHER })).toMatchObject({
      Settings: OTHER,
      Assets: [expect.objectContaining({ Category: "PAGE_BACKGROUND" })],
      LastModifiedDate: TEST_TIME + 1000,
    });
    const plain = await update({ UseCognitoProvidedValues: true });
    expect(plain).toMatchObject({ UseCognitoProvidedValues: true });
    expect(plain).not.toHaveProperty("Settings");
    expect(plain?.Assets).toEqual([]);
    expect(await update({ Settings: SETTINGS })).toMatchObject({
      UseCognitoProvidedValues: false,
      Settings: SETTINGS,
    });
  });

  it("rejects both kinds of values together, a missing id, and a style of another pool", async () => {
    const { ManagedLoginBrandingId = "" } = (await create({ Settings: SETTINGS })) ?? {};
    const refused = (input: object) => api.refusal("UpdateManagedLoginBranding", input);
    const both = { UserPoolId, ManagedLoginBrandingId, UseCognitoProvidedValues: true, Settings: {} };
    expect((await refused(both))[0]).toBe("InvalidParameterException");
    expect((await refused({ UserPoolId }))[0]).toBe("InvalidParameterException");
    const foreign = { UserPoolId: await api.pool(), ManagedLoginBrandingId, Settings: {} };
    expect((await refused(foreign))[0]).toBe("ResourceNotFoundException");
    expect((await refused({ ...foreign, Settings: { unknown: 1 } }))[0]).toBe("ResourceNotFoundException");
  });
});

describe("DeleteManagedLoginBranding", () => {
  it("deletes the style of its client, which can get another one", async () => {
    const { ManagedLoginBrandingId = "" } = (await create({ Settings: SETTINGS })) ?? {};
    const style = { UserPoolId, ManagedLoginBrandingId };
    await api.call("DeleteManagedLoginBranding", style);
    for (const name of ["DeleteManagedLoginBranding", "DescribeManagedLoginBranding"] as const) {
      expect((await api.refusal(name, style))[0]).toBe("ResourceNotFoundException");
    }
    const client = { UserPoolId, ClientId };
    expect((await api.refusal("DescribeManagedLoginBrandingByClient", client))[0]).toBe(
      "ResourceNotFoundException",
    );
    await create({ UseCognitoProvidedValues: true });
  });
});
