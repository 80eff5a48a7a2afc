/** The images of managed login styles: `GET /managed-login/assets/{poolId}/{clientId}/{name}`. */
import type { Surface } from "../../http/index.ts";
import { ASSETS_PATH, type AssetPath, type StoredAsset } from "./assets.ts";

/** A browser that opens an SVG as a page must run and load nothing of it, though scripts are refused when it is stored. */
const HEADERS = {
  "cache-control": "public, max-age=31536000, immutable",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
  "cross-origin-resource-policy": "same-site",
  "x-content-type-options": "nosniff",
};

export function assetSurface(assetOf: (path: AssetPath) => Promise<StoredAsset | undefined>): Surface {
  return async (app) => {
    app.get<{ Params: AssetPath }>(`${ASSETS_PATH}/:poolId/:clientId/:name`, async (request, reply) => {
      const asset = await assetOf(request.params);
      if (!asset) return reply.code(404).send();
      return reply.headers({ ...HEADERS, "content-type": asset.contentType }).send(Buffer.from(asset.bytes));
    });
  };
}
