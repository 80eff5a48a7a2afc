/**
 * The logo that SetUICustomization keeps, at the address that its `ImageUrl` names:
 * `GET /{poolId}/{clientId}/{version}/assets/images/image.jpg`.
 */
import type { Surface } from "../http/index.ts";

interface LogoPath {
  readonly poolId: string;
  readonly clientId: string;
  readonly version: string;
}

export interface Logo {
  readonly image: Uint8Array;
  readonly contentType: string;
}

/** A logo does not change under its version. */
const CACHE = "public, max-age=86400, immutable";

export function logoSurface(logoOf: (path: LogoPath) => Promise<Logo | undefined>): Surface {
  return async (app) => {
    app.get<{ Params: LogoPath }>(
      "/:poolId/:clientId/:version/assets/images/image.jpg",
      async (request, reply) => {
        const logo = await logoOf(request.params);
        if (!logo) return reply.code(404).send();
        return reply
          .headers({
            "content-type": logo.contentType,
            "cache-control": CACHE,
            "x-content-type-options": "nosniff",
          })
          .send(Buffer.from(logo.image));
      },
    );
  };
}
