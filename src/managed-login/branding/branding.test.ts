import Fastify from "fastify";
import { beforeEach, describe, expect, it } from "vitest";
import { type Caller, caller } from "../../user-pools/operations/testing.ts";
import { type TestContext, testContext } from "../../user-pools/testing.ts";
import { defaultAppearance } from "../appearance.ts";
import { appearanceOf, assetSurface, storedAsset } from "./index.ts";

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

const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h8v8z"/></svg>');
const LOGO = { Category: "FORM_LOGO", ColorMode: "LIGHT", Extension: "SVG", Bytes: SVG } as const;
const SHOWN = { components: { form: { logo: { enabled: true } } } };

async function appearance(hostName?: string) {
  const pool = await context.store.pools.get(UserPoolId);
  const client = await context.store.clients.get(ClientId);
  if (!pool || !client) throw new Error("The pool and the client were made before.");
  return appearanceOf({ pool, client, hostName }, context);
}
const style = async (input: object) =>
  (await api.call("CreateManagedLoginBranding", { UserPoolId, ClientId, ...input })).ManagedLoginBranding;
const addDomain = (ManagedLoginVersion: number) =>
  api.call("CreateUserPoolDomain", { UserPoolId, Domain: "pages", ManagedLoginVersion });

describe("the appearance of a client's pages", () => {
  it("is the default without branding", async () => {
    expect(await appearance()).toEqual(defaultAppearance);
    expect(await appearanceOf(undefined, context)).toEqual(defaultAppearance);
  });

  it("is the style of managed login, and follows its changes", async () => {
    await addDomain(2);
    const { ManagedLoginBrandingId } = (await style({ Settings: SHOWN, Assets: [LOGO] })) ?? {};
    expect((await appearance()).logo?.light).toContain("/managed-login/assets/");
    context.clock.advance(1000);
    const input = { UserPoolId, ManagedLoginBrandingId, UseCognitoProvidedValues: true };
    await api.call("UpdateManagedLoginBranding", input);
    expect((await appearance()).logo).toBeUndefined();
    await api.call("DeleteManagedLoginBranding", {
      UserPoolId,
      ManagedLoginBrandingId: `${ManagedLoginBrandingId}`,
    });
    expect(await appearance()).toEqual(defaultAppearance);
  });

  it("is the customization of classic pages in a pool with a domain of version 1", async () => {
    await addDomain(1);
    await style({ Settings: { categories: { global: { colorSchemeMode: "DARK" } } } });
    await api.call("SetUICustomization", {
      UserPoolId,
      CSS: ".submitButton-customizable { color: #123456; }",
      ImageFile: new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
    });
    expect(await appearance()).toMatchObject({
      colorScheme: "light",
      css: ".submitButton-customizable { color: #123456; }",
      logo: { light: `/${UserPoolId}/ALL/20260101000000/assets/images/image.jpg` },
    });
  });

  it("depends on the domain under which the page is opened", async () => {
    await addDomain(1);
    await api.call("CreateUserPoolDomain", {
      UserPoolId,
      Domain: "login.example.com",
      CustomDomainConfig: { CertificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/a" },
      ManagedLoginVersion: 2,
    });
    await style({ Settings: { categories: { global: { colorSchemeMode: "DARK" } } } });
    await api.call("SetUICustomization", { UserPoolId, CSS: ".label-customizable { color: #111111; }" });
    expect(await appearance("pages.localhost")).toMatchObject({ colorScheme: "light" });
    expect(await appearance("login.example.com")).toMatchObject({ colorScheme: "dark" });
    expect(await appearance("127.0.0.1")).toMatchObject({ colorScheme: "dark" });
  });

  it("omits a stored style sheet that could load a resource", async () => {
    await addDomain(1);
    await api.call("SetUICustomization", { UserPoolId, ClientId, CSS: "" });
    const key = { poolId: UserPoolId, clientId: ClientId, kind: "UICustomization", id: "" } as const;
    const document = await context.store.documents.get<object>(key);
    if (!document) throw new Error("The customization was set before.");
    const body = { ...document.body, css: "</style><script>alert(1)</script>" };
    await context.store.documents.put({ ...document, body });
    expect((await appearance()).css).toBeUndefined();
  });
});

describe("the images of a style", () => {
  it("are served with their type, as immutable, and cannot run or load anything", async () => {
    await style({ Settings: SHOWN, Assets: [LOGO] });
    const app = Fastify();
    await app.register(assetSurface((path) => storedAsset(context.store, path)));
    const url = (await appearance()).logo?.light ?? "";
    const { statusCode, headers, rawPayload } = await app.inject(url);
    expect(statusCode).toBe(200);
    expect(rawPayload).toEqual(SVG);
    expect(headers).toMatchObject({
      "content-type": "image/svg+xml",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      "cache-control": expect.stringContaining("immutable"),
      "x-content-type-options": "nosniff",
    });
    for (const missing of [
      `/managed-login/assets/${UserPoolId}/${ClientId}/00.png`,
      url.replace(ClientId, "nothing"),
      url.replace(UserPoolId, "nothing"),
      url.replace(UserPoolId, "us-east-1_nothing00"),
      url.replace(ClientId, "%2e%2e%00"),
    ]) {
      expect((await app.inject(missing)).statusCode, missing).toBe(404);
    }
  });
});
