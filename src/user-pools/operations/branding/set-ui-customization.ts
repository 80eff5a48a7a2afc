import { versionAt } from "../../../clock.ts";
import { requireClient } from "../../app-clients/index.ts";
import {
  ALL_CLIENTS,
  checkCss,
  checkLogo,
  customizationKey,
  requireAnyDomain,
  type UICustomizationBody,
  uiCustomizationType,
} from "../../branding/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Sets the style sheet and the logo of the classic pages, of one client or of all that have none of their own. A member that
 * is left out is deleted. Without both the customization is deleted, which is how Terraform's provider deletes it.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @throws InvalidParameterException the pool has no domain, or the style sheet or the logo is not valid
 * @see API Reference, "SetUICustomization"
 */
export const setUICustomization: Operation<"SetUICustomization"> = async (input, context) => {
  const { store, clock } = context;
  const { UserPoolId, ClientId = ALL_CLIENTS, CSS, ImageFile } = input;
  const hasImage = ImageFile !== undefined && ImageFile.length > 0;
  const now = clock.now();
  const key = customizationKey(UserPoolId, ClientId);
  const body: UICustomizationBody = { css: CSS, version: versionAt(now), hasImage };
  const document = await store.transaction(async (repositories) => {
    const { documents } = repositories;
    const pool = await requirePool(repositories, UserPoolId);
    if (ClientId !== ALL_CLIENTS) await requireClient(repositories, pool.id, ClientId);
    await requireAnyDomain(repositories, pool.id);
    if (CSS !== undefined) checkCss(CSS);
    if (hasImage) checkLogo(ImageFile);
    const before = await documents.get(key);
    const kept = { ...key, body, createdAt: before?.createdAt ?? now, lastModifiedAt: now };
    if (CSS === undefined && !hasImage) {
      await documents.delete(key);
      return kept;
    }
    await documents.put(kept);
    await documents.putBlob(key, hasImage ? ImageFile : undefined);
    return kept;
  });
  return { UICustomization: uiCustomizationType(document, context.baseUrl()) };
};
