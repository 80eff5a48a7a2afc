import { requireClient } from "../../app-clients/index.ts";
import { ALL_CLIENTS, customizationDocument, uiCustomizationType } from "../../branding/index.ts";
import type { Operation } from "../../operation.ts";
import { requirePool } from "../../pools/index.ts";

/**
 * Shows the look of a client's classic pages: its own, else that of all clients, else none.
 *
 * @throws ResourceNotFoundException there is no such pool, or it has no such client
 * @see API Reference, "GetUICustomization"
 */
export const getUICustomization: Operation<"GetUICustomization"> = async (input, context) => {
  const { store } = context;
  const pool = await requirePool(store, input.UserPoolId);
  const { ClientId = ALL_CLIENTS } = input;
  if (ClientId !== ALL_CLIENTS) await requireClient(store, pool.id, ClientId);
  const document = await customizationDocument(store, pool.id, ClientId);
  return { UICustomization: document ? uiCustomizationType(document, context.baseUrl()) : {} } as const;
};
