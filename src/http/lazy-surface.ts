import type { FastifyInstance } from "fastify";
import { lazy } from "../lazy.ts";
import { handOver } from "./hand-over.ts";
import type { Surface } from "./surface.ts";

/**
 * A surface whose code is loaded by the first request for it. Until then the server spends no time and memory on it.
 *
 * Fastify takes no routes once it runs, so the surface gets an app of its own, to which its requests are handed over unread.
 *
 * @param urls which requests are for it; `/*` is all that no other route answers
 */
export function lazySurface(urls: readonly string[], load: () => Promise<Surface>): Surface {
  return async (app) => {
    let loaded: FastifyInstance | undefined;
    const surface = lazy(load);
    const part = lazy(async () => {
      const made = app.appOf(await surface());
      await made.ready();
      loaded = made;
      return made;
    });
    app.addHook("onClose", async () => loaded?.close());
    for (const url of urls) {
      app.all(url, {
        // With a callback: once the part is loaded, no request waits for a promise.
        onRequest(request, reply, done) {
          if (loaded !== undefined) handOver(request, reply, loaded);
          else part().then((made) => handOver(request, reply, made), done);
        },
        handler: handedOver,
      });
    }
  };
}

/** Fastify asks for a handler of every route. */
function handedOver(): never {
  throw new Error("The request should have been handed over.");
}
