import { InvalidParameterException } from "../../../api-model/index.ts";
import {
  brandingSubject,
  checkAssets,
  checkBrandingChoice,
  checkSettings,
  managedLoginBrandingType,
  requireBranding,
  writeAssets,
} from "../../branding/index.ts";
import { changeAlone } from "../../concurrent-change.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Changes a style of managed login. Members that are left out stay; Cognito's own values take the place of settings and
 * images, and the other way round.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such style
 * @throws InvalidParameterException both are given, settings or an image are not valid, or an id is missing
 * @throws ConcurrentModificationException another request changed it meanwhile
 * @see API Reference, "UpdateManagedLoginBranding"
 */
export const updateManagedLoginBranding: Operation<"UpdateManagedLoginBranding"> = async (
  input,
  { store, clock },
) => {
  const { UserPoolId, ManagedLoginBrandingId } = input;
  if (UserPoolId === undefined || ManagedLoginBrandingId === undefined) {
    // Both are optional in the model. The text is ours.
    throw new InvalidParameterException("UserPoolId and ManagedLoginBrandingId are required.");
  }
  await requirePool(store, UserPoolId);
  await requireBranding(store, UserPoolId, ManagedLoginBrandingId);
  await checkAssets(input.Assets ?? []);
  checkSettings(input.Settings);
  const lastModifiedAt = clock.now();
  const branding = await changeAlone(
    store,
    brandingSubject(UserPoolId, ManagedLoginBrandingId),
    async (repositories) => {
      const pool = await requirePool(repositories, UserPoolId);
      const current = await requireBranding(repositories, pool.id, ManagedLoginBrandingId);
      const { id, settings: before } = current.document.body;
      if (input.UseCognitoProvidedValues) checkBrandingChoice(true, input.Settings, input.Assets);
      const usesCognitoValues =
        input.UseCognitoProvidedValues ??
        (input.Settings === undefined && input.Assets === undefined
          ? current.document.body.usesCognitoValues
          : false);
      const settings = usesCognitoValues ? undefined : (input.Settings ?? before);
      const assets = usesCognitoValues ? [] : (input.Assets ?? current.assets);
      const document = { ...current.document, body: { id, usesCognitoValues, settings }, lastModifiedAt };
      await repositories.documents.put(document);
      await repositories.documents.putBlob(document, writeAssets(assets));
      return { document, assets };
    },
  );
  return { ManagedLoginBranding: managedLoginBrandingType(branding) };
};
