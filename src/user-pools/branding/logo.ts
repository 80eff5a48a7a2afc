import { isPoolId } from "../../pool-ids.ts";
import type { Repositories } from "../../storage/index.ts";
import { imageType } from "./images.ts";
import { customizationKey, type UICustomizationBody } from "./ui-customization.ts";

/** The API Reference's ClientIdType. */
const CLIENT_ID = /^[\w+]{1,128}$/;

/** The logo of a client's classic pages in one version; undefined when there is none. */
export async function customizedLogo(
  { documents }: Pick<Repositories, "documents">,
  { poolId, clientId, version }: { poolId: string; clientId: string; version: string },
): Promise<{ readonly image: Uint8Array; readonly contentType: string } | undefined> {
  if (!isPoolId(poolId) || !CLIENT_ID.test(clientId)) return undefined;
  const key = customizationKey(poolId, clientId);
  const document = await documents.get<UICustomizationBody>(key);
  if (document?.body.version !== version) return undefined;
  const image = await documents.getBlob(key);
  if (!image) return undefined;
  const contentType = imageType(image);
  return contentType === undefined ? undefined : { image, contentType };
}
