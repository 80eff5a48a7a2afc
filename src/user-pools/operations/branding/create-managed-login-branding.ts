import { ManagedLoginBrandingExistsException } from "../../../api-model/index.ts";
import { AlreadyExists, type DocumentRecord } from "../../../storage/index.ts";
import { requireClient } from "../../app-clients/index.ts";
import {
  type BrandingBody,
  brandingIdKey,
  brandingKey,
  checkAssets,
  checkBrandingChoice,
  checkSettings,
  managedLoginBrandingType,
  writeAssets,
} from "../../branding/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Gives an app client a style of managed login: Cognito's own values, or settings and images.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @throws ManagedLoginBrandingExistsException the client has a style; the text is ours
 * @throws InvalidParameterException both are given or neither, or settings or an image are not valid
 * @see API Reference, "CreateManagedLoginBranding"
 */
export const createManagedLoginBranding: Operation<"CreateManagedLoginBranding"> = async (
  input,
  { store, clock, random },
) => {
  const pool = await requirePool(store, input.UserPoolId);
  const client = await requireClient(store, pool.id, input.ClientId);
  const {
    UseCognitoProvidedValues: usesCognitoValues = false,
    Settings: settings,
    Assets: assets = [],
  } = input;
  checkBrandingChoice(usesCognitoValues, settings, assets);
  await checkAssets(assets);
  checkSettings(settings);

  const now = clock.now();
  const id = random.uuid();
  const document: DocumentRecord<BrandingBody> = {
    ...brandingKey(pool.id, client.id),
    body: { id, usesCognitoValues, settings },
    createdAt: now,
    lastModifiedAt: now,
  };
  try {
    await store.transaction(async (repositories) => {
      await requirePool(repositories, pool.id);
      await requireClient(repositories, pool.id, client.id);
      const { documents } = repositories;
      await documents.insert(document);
      await documents.putBlob(document, writeAssets(assets));
      await documents.insert({
        ...brandingIdKey(pool.id, id),
        body: { clientId: client.id },
        createdAt: now,
        lastModifiedAt: now,
      });
    });
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    throw new ManagedLoginBrandingExistsException("The client already has a managed login branding.", {
      cause: error,
    });
  }
  return { ManagedLoginBranding: managedLoginBrandingType({ document, assets }) };
};
