/** The operations on the look of a pool's pages: managed login and the classic ones. */
import type { OperationTable } from "../../operation.ts";
import { createManagedLoginBranding } from "./create-managed-login-branding.ts";
import { deleteManagedLoginBranding } from "./delete-managed-login-branding.ts";
import { describeManagedLoginBranding } from "./describe-managed-login-branding.ts";
import { describeManagedLoginBrandingByClient } from "./describe-managed-login-branding-by-client.ts";
import { getUICustomization } from "./get-ui-customization.ts";
import { setUICustomization } from "./set-ui-customization.ts";
import { updateManagedLoginBranding } from "./update-managed-login-branding.ts";

export const brandingOperations = {
  CreateManagedLoginBranding: createManagedLoginBranding,
  DeleteManagedLoginBranding: deleteManagedLoginBranding,
  DescribeManagedLoginBranding: describeManagedLoginBranding,
  DescribeManagedLoginBrandingByClient: describeManagedLoginBrandingByClient,
  GetUICustomization: getUICustomization,
  SetUICustomization: setUICustomization,
  UpdateManagedLoginBranding: updateManagedLoginBranding,
} satisfies Partial<OperationTable>;
