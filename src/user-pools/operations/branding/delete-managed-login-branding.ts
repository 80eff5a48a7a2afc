import { brandingIdKey, brandingSubject, requireBranding } from "../../branding/index.ts";
import { changeAlone } from "../../concurrent-change.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Deletes a style of managed login. Its client's pages have Cognito's own values from then on.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such style
 * @throws ConcurrentModificationException another request changed it meanwhile
 * @see API Reference, "DeleteManagedLoginBranding"
 */
export const deleteManagedLoginBranding: Operation<"DeleteManagedLoginBranding"> = async (
  input,
  { store },
) => {
  await changeAlone(
    store,
    brandingSubject(input.UserPoolId, input.ManagedLoginBrandingId),
    async (repositories) => {
      const pool = await requirePool(repositories, input.UserPoolId);
      const { document } = await requireBranding(repositories, pool.id, input.ManagedLoginBrandingId);
      await repositories.documents.delete(document);
      await repositories.documents.delete(brandingIdKey(pool.id, input.ManagedLoginBrandingId));
    },
  );
  return {};
};
