/** The logo of classic pages, uploaded by the SDK and drawn by Chromium. */
import {
  CreateUserPoolDomainCommand,
  GetUICustomizationCommand,
  SetUICustomizationCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { drawJpeg, drawnWidths, ico, png, svg } from "./images.ts";
import { openScene, PLAIN_POOL, type Scene } from "./scenes.ts";
import { addressOf, type LoginPage, type PagesUnderTest, startPages } from "./support.ts";

let pages: PagesUnderTest;
let jpeg: Buffer;
beforeAll(async () => {
  pages = await startPages();
  jpeg = await drawJpeg(await pages.open());
});
afterAll(() => pages?.stop());

describe("the logo of classic pages", () => {
  async function openClassic(name: string): Promise<{ scene: Scene; open: () => Promise<LoginPage> }> {
    const scene = await openScene(pages, PLAIN_POOL);
    await pages.server.cognito.send(
      new CreateUserPoolDomainCommand({ UserPoolId: scene.userPoolId, Domain: name, ManagedLoginVersion: 1 }),
    );
    const { port } = new URL(pages.origin);
    const address = new URL(addressOf(pages, scene.userPoolId, scene.clientId));
    const url = `http://${name}.localhost:${port}/login${address.search}`;
    return {
      scene,
      async open() {
        const page = await pages.open({ colorScheme: "dark" });
        await page.goto(url);
        return page;
      },
    };
  }
  const setLogo = (
    { userPoolId: UserPoolId, clientId: ClientId }: Scene,
    ImageFile: Uint8Array | undefined,
  ) => pages.server.cognito.send(new SetUICustomizationCommand({ UserPoolId, ClientId, ImageFile }));

  it("is a PNG or a JPEG, shown at the address of ImageUrl until it is removed", async () => {
    const { scene, open } = await openClassic("classic-logo");
    for (const [image, type, width] of [
      [png(61), "image/png", 61],
      [jpeg, "image/jpeg", 23],
    ] as const) {
      await setLogo(scene, image);
      const page = await open();
      expect(await drawnWidths(page, ".visible-lg img.logo-customizable")).toEqual([width]);
      const { UICustomization } = await pages.server.cognito.send(
        new GetUICustomizationCommand({ UserPoolId: scene.userPoolId, ClientId: scene.clientId }),
      );
      const answer = await fetch(UICustomization?.ImageUrl ?? "");
      expect(answer.headers.get("content-type")).toBe(type);
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      // The version is a time in seconds.
      await fetch(`${pages.server.url}/_cognate/clock`, { method: "POST", body: '{"advanceSeconds":1}' });
    }
    await setLogo(scene, undefined);
    expect(await (await open()).locator("img").count()).toBe(0);
  });

  it("is rejected if it is not a PNG or JPEG, or too large", async () => {
    const { scene } = await openClassic("classic-refused");
    const text = "The image must be a PNG or JPEG file.";
    for (const image of [svg(9), ico(16), Buffer.from("GIF89a"), Buffer.from("<html>")])
      await expect(setLogo(scene, image)).rejects.toThrow(text);
    await expect(setLogo(scene, Buffer.concat([png(1), Buffer.alloc(100 * 1024)]))).rejects.toThrow(
      "request parameters too large",
    );
  });
});
