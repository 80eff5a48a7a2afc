/**
 * The look of an app client's pages: its managed login style or classic customization as an {@link Appearance}.
 *
 * Leaves to others: what is stored and refused (`src/user-pools/branding`), drawing the pages (`../layout.tsx`).
 */
import { LRUCache } from "lru-cache";
import { isPoolId } from "../../pool-ids.ts";
import type { AppClientRecord, Store, UserPoolRecord } from "../../storage/index.ts";
import {
  brandingAssets,
  brandingDocument,
  customizationDocument,
  logoPath,
  usesClassicPages,
} from "../../user-pools/index.ts";
import { type Appearance, defaultAppearance } from "../appearance.ts";
import { ASSETS_PATH, type AssetPath, type StoredAsset } from "./assets.ts";
import { classicAppearance, plainClassicAppearance } from "./classic.ts";
import { type StyledPages, styledPages } from "./style-appearance.ts";

export { assetSurface } from "./asset-surface.ts";
export { previewAppearance } from "./preview.ts";

/** Whose pages are shown. Pages of errors may know neither. */
export interface PageOwner {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  /** The host name that the browser shows, without a port: a pool can have domains of both versions. */
  readonly hostName?: string | undefined;
}

/** The API Reference's ClientIdType. */
const CLIENT_ID = /^[\w+]{1,128}$/;

type Stored = Pick<Store, "documents" | "domains">;

export async function appearanceOf(
  owner: PageOwner | undefined,
  { store }: { readonly store: Stored },
): Promise<Appearance> {
  if (owner === undefined) return defaultAppearance;
  const { pool, client, hostName } = owner;
  if (usesClassicPages(await store.domains.listOfPool(pool.id), hostName)) {
    const customization = await customizationDocument(store, pool.id, client.id);
    if (customization === undefined) return plainClassicAppearance;
    const { css, hasImage } = customization.body;
    return classicAppearance({ css, logo: hasImage ? logoPath(customization) : undefined });
  }
  return (await styledPagesOf(store, pool.id, client.id))?.appearance ?? defaultAppearance;
}

/** Images are megabytes, and each page needs to know which there are: styles are kept as they were last drawn. */
const drawn = new WeakMap<Stored["documents"], LRUCache<string, StyledPages>>();
const MAX_DRAWN = 100;

/** An image of a client's style by its address. */
export async function storedAsset(
  store: Stored,
  { poolId, clientId, name }: AssetPath,
): Promise<StoredAsset | undefined> {
  if (!isPoolId(poolId) || !CLIENT_ID.test(clientId)) return undefined;
  return (await styledPagesOf(store, poolId, clientId))?.files.get(name);
}

/** A client's style; undefined when it has none. */
async function styledPagesOf(
  store: Stored,
  poolId: string,
  clientId: string,
): Promise<StyledPages | undefined> {
  const cache = drawn.get(store.documents) ?? new LRUCache({ max: MAX_DRAWN });
  drawn.set(store.documents, cache);
  const style = await brandingDocument(store, poolId, clientId);
  if (style === undefined) return undefined;
  const { id, settings } = style.body;
  const key = `${id} ${style.lastModifiedAt}`;
  const known = cache.get(key);
  if (known) return known;
  const assets = await brandingAssets(store, poolId, clientId);
  const pages = styledPages({ settings, assets }, (name) => `${ASSETS_PATH}/${poolId}/${clientId}/${name}`);
  cache.set(key, pages);
  return pages;
}
