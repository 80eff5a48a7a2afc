/** The look of an app client's pages, loaded for the editor. */
import {
  type AssetType,
  type CognitoIdentityProviderClient,
  CreateManagedLoginBrandingCommand,
  DescribeManagedLoginBrandingByClientCommand,
  GetUICustomizationCommand,
  type ManagedLoginBrandingType,
  ResourceNotFoundException,
  SetUICustomizationCommand,
  type SetUICustomizationCommandInput,
  type UICustomizationType,
  UpdateManagedLoginBrandingCommand,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { inPool } from "./aws.ts";
import { control } from "./control.ts";
import { type Loaded, useLoad } from "./load.ts";

/** The style of an app client; empty if it has none. */
export function useLoginStyle(poolId: string, clientId: string): Loaded<ManagedLoginBrandingType> {
  return useLoad(["login style", poolId, clientId], () =>
    inPool(poolId, (client) => currentStyle(client, poolId, clientId)),
  );
}

async function currentStyle(client: CognitoIdentityProviderClient, UserPoolId: string, ClientId: string) {
  try {
    const command = new DescribeManagedLoginBrandingByClientCommand({ UserPoolId, ClientId });
    return (await client.send(command)).ManagedLoginBranding ?? {};
  } catch (error) {
    // Also the answer if there is no such app client, which a change would be told again.
    if (error instanceof ResourceNotFoundException) return {};
    throw error;
  }
}

/** Whether a save replaces what somebody else saved at `savedAt`. */
export type MayReplace = (savedAt: Date) => boolean;

/** Asks if the look was saved by somebody else after it was loaded for editing. */
function isReplaceable(savedAt: Date | undefined, loadedFrom: Date | undefined, mayReplace: MayReplace) {
  return savedAt === undefined || savedAt.getTime() === loadedFrom?.getTime() || mayReplace(savedAt);
}

/**
 * Creates the style of an app client or changes it, whichever is needed now: another person may have deleted or created it.
 *
 * @param loadedFrom when the style that was edited had been saved
 * @returns the style; undefined if it was not saved, because another one may not be replaced
 */
export function saveLoginStyle(
  UserPoolId: string,
  ClientId: string,
  values: Pick<ManagedLoginBrandingType, "Settings" | "Assets" | "UseCognitoProvidedValues">,
  loadedFrom: Date | undefined,
  mayReplace: MayReplace,
): Promise<ManagedLoginBrandingType | undefined> {
  return inPool(UserPoolId, async (client) => {
    const { ManagedLoginBrandingId, LastModifiedDate } = await currentStyle(client, UserPoolId, ClientId);
    if (!isReplaceable(LastModifiedDate, loadedFrom, mayReplace)) return undefined;
    const { ManagedLoginBranding } = await (ManagedLoginBrandingId === undefined
      ? client.send(new CreateManagedLoginBrandingCommand({ UserPoolId, ClientId, ...values }))
      : client.send(
          new UpdateManagedLoginBrandingCommand({ UserPoolId, ManagedLoginBrandingId, ...values }),
        ));
    return ManagedLoginBranding;
  });
}

export interface ClassicLook extends UICustomizationType {
  /** The image at `ImageUrl`. It must be sent again with every change, because the operation removes what is left out. */
  readonly logo: Uint8Array | undefined;
}

export function useClassicLook(poolId: string, clientId: string): Loaded<ClassicLook> {
  return useLoad(["classic look", poolId, clientId], async () => {
    const look = await inPool(poolId, (client) => currentLook(client, poolId, clientId));
    return { ...look, logo: look.ImageUrl === undefined ? undefined : await imageAt(look.ImageUrl) };
  });
}

/** Of the app client; that of all app clients if it has none of its own. */
async function currentLook(client: CognitoIdentityProviderClient, UserPoolId: string, ClientId: string) {
  const command = new GetUICustomizationCommand({ UserPoolId, ClientId });
  return (await client.send(command)).UICustomization ?? {};
}

/**
 * @param clientId whose look was edited; `forAll` saves it for all app clients
 * @param loadedFrom when the look that it replaces had been saved; undefined if that was not loaded
 * @returns when the look that it replaces was saved now; undefined if it was not saved, as above
 */
export function saveClassicLook(
  UserPoolId: string,
  clientId: string,
  {
    forAll,
    ...values
  }: Pick<SetUICustomizationCommandInput, "CSS" | "ImageFile"> & { readonly forAll: boolean },
  loadedFrom: Date | undefined,
  mayReplace: MayReplace,
): Promise<{ readonly savedAt: Date | undefined } | undefined> {
  return inPool(UserPoolId, async (client) => {
    const ClientId = forAll ? ALL_CLIENTS : clientId;
    const before = await currentLook(client, UserPoolId, ClientId);
    if (!isReplaceable(before.LastModifiedDate, loadedFrom, mayReplace)) return undefined;
    await client.send(new SetUICustomizationCommand({ UserPoolId, ClientId, ...values }));
    return { savedAt: (await currentLook(client, UserPoolId, ClientId)).LastModifiedDate };
  });
}

/** What SetUICustomization names all app clients by. */
export const ALL_CLIENTS = "ALL";

/** @param address on this server, under any of its names */
async function imageAt(address: string): Promise<Uint8Array> {
  const answer = await fetch(new URL(address).pathname);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

export interface PreviewRequest {
  readonly style?: { readonly settings: object | undefined; readonly assets: readonly AssetType[] };
  readonly classic?: { readonly css: string; readonly logo: string | undefined };
  readonly scheme: "light" | "dark";
  readonly language: string;
  /** By which users sign in. */
  readonly names: Pick<UserPoolType, "UsernameAttributes" | "AliasAttributes">;
}

export interface LoginPagePreview {
  readonly html: string;
  /** Whether the page follows the browser's color scheme; else it has one. */
  readonly isAdaptive: boolean;
}

/** The sign-in page as it would be. */
export async function previewLogin({ style, ...rest }: PreviewRequest): Promise<LoginPagePreview> {
  const assets = style?.assets.map(({ Bytes, ...asset }) => ({
    ...asset,
    ...(Bytes && { Bytes: base64Of(Bytes) }),
  }));
  return control<LoginPagePreview>("POST", "login-preview", {
    ...rest,
    ...(style && { style: { settings: style.settings, assets } }),
  });
}

export function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
