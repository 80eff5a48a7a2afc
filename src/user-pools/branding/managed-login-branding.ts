/**
 * Styles of managed login. A style belongs to one app client and is kept with it: its settings as the document, its images
 * beside it. A second document leads from the style's id to its client.
 */
import {
  type AssetType,
  InvalidParameterException,
  type JsonValue,
  type ManagedLoginBrandingType,
  ResourceNotFoundException,
} from "../../api-model/index.ts";
import type { DocumentKey, DocumentRecord, Repositories } from "../../storage/index.ts";
import { type Subject, subject } from "../concurrent-change.ts";
import { omitUndefined } from "../pools/index.ts";
import { mergedSettings } from "./managed-login-settings.ts";

export interface BrandingBody {
  readonly id: string;
  readonly usesCognitoValues: boolean;
  readonly settings?: JsonValue | undefined;
}

export interface Branding {
  readonly document: DocumentRecord<BrandingBody>;
  readonly assets: readonly AssetType[];
}

const KIND = "ManagedLoginBranding";

export function brandingKey(poolId: string, clientId: string): DocumentKey {
  return { poolId, clientId, kind: KIND, id: "" };
}

export function brandingIdKey(poolId: string, brandingId: string): DocumentKey {
  return { poolId, kind: KIND, id: brandingId };
}

export function brandingDocument(
  { documents }: Pick<Repositories, "documents">,
  poolId: string,
  clientId: string,
): Promise<DocumentRecord<BrandingBody> | undefined> {
  return documents.get<BrandingBody>(brandingKey(poolId, clientId));
}

export async function brandingAssets(
  { documents }: Pick<Repositories, "documents">,
  poolId: string,
  clientId: string,
): Promise<readonly AssetType[]> {
  return readAssets(await documents.getBlob(brandingKey(poolId, clientId)));
}

export async function brandingOfClient(
  repositories: Pick<Repositories, "documents">,
  poolId: string,
  clientId: string,
): Promise<Branding | undefined> {
  const document = await brandingDocument(repositories, poolId, clientId);
  return document && { document, assets: await brandingAssets(repositories, poolId, clientId) };
}

async function brandingById(
  repositories: Pick<Repositories, "documents">,
  poolId: string,
  brandingId: string,
): Promise<Branding | undefined> {
  const pointer = await repositories.documents.get<{ clientId: string }>(brandingIdKey(poolId, brandingId));
  const branding = pointer && (await brandingOfClient(repositories, poolId, pointer.body.clientId));
  return branding?.document.body.id === brandingId ? branding : undefined;
}

/** The style as the subject of a change. */
export function brandingSubject(poolId: string, brandingId: string): Subject {
  return subject("this managed login branding", (repositories) =>
    brandingById(repositories, poolId, brandingId),
  );
}

/** @throws ResourceNotFoundException the pool has no such style; the text is ours */
export async function requireBranding(
  repositories: Pick<Repositories, "documents">,
  poolId: string,
  brandingId: string,
): Promise<Branding> {
  const branding = await brandingById(repositories, poolId, brandingId);
  if (branding) return branding;
  throw new ResourceNotFoundException(`Managed login branding ${brandingId} does not exist.`);
}

/** @throws InvalidParameterException a style has Cognito's own values or settings, one of the two */
export function checkBrandingChoice(
  usesCognitoValues: boolean,
  settings: unknown,
  assets: readonly AssetType[] | undefined,
): void {
  const hasOwn = settings !== undefined || (assets ?? []).length > 0;
  if (usesCognitoValues !== hasOwn) return;
  throw new InvalidParameterException(
    "useCognitoProvidedValues or settings should be specified (but not both)",
  );
}

/** @param isMerged whether defaults are shown where the style says nothing */
export function managedLoginBrandingType(
  { document, assets }: Branding,
  isMerged = false,
): ManagedLoginBrandingType {
  const { id, usesCognitoValues, settings } = document.body;
  return omitUndefined({
    ManagedLoginBrandingId: id,
    UserPoolId: document.poolId,
    UseCognitoProvidedValues: usesCognitoValues,
    Settings: isMerged ? mergedSettings(settings) : settings,
    // Always there, unlike Settings: seen in answers of the service (floci-io/floci, pull request 2869).
    Assets: [...assets],
    CreationDate: document.createdAt,
    LastModifiedDate: document.lastModifiedAt,
  });
}

/** Images as they are kept: JSON with base64. */
export function writeAssets(assets: readonly AssetType[]): Uint8Array | undefined {
  if (assets.length === 0) return undefined;
  const kept = assets.map(({ Bytes, ...asset }) => ({
    ...asset,
    ...(Bytes && { base64: Buffer.from(Bytes).toString("base64") }),
  }));
  return Buffer.from(JSON.stringify(kept));
}

function readAssets(blob: Uint8Array | undefined): readonly AssetType[] {
  if (!blob) return [];
  const kept: readonly (Omit<AssetType, "Bytes"> & { readonly base64?: string })[] = JSON.parse(
    Buffer.from(blob).toString("utf8"),
  );
  return kept.map(({ base64, ...asset }) => ({
    ...asset,
    ...(base64 !== undefined && { Bytes: new Uint8Array(Buffer.from(base64, "base64")) }),
  }));
}
