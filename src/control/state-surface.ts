import type { FastifyReply } from "fastify";
import type { Surface } from "../http/index.ts";
import type { Store } from "../storage/index.ts";

/** `/_cognate/health` and `/_cognate/ready`, for everybody and in both modes. */
export function stateSurface({ store }: { readonly store: Pick<Store, "ping"> }): Surface {
  return async (app) => {
    for (const end of ["", "/"]) {
      app.get(`/_cognate/health${end}`, (_request, reply) => answer(reply, 200, { status: "ok" }));
      app.get(`/_cognate/ready${end}`, async (_request, reply) => {
        try {
          await store.ping();
          return answer(reply, 200, { status: "ready" });
        } catch {
          const reason = "The database does not answer.";
          return answer(reply, 503, { status: "unready", reason });
        }
      });
    }
  };
}

function answer(reply: FastifyReply, status: number, body: object): FastifyReply {
  return reply.code(status).header("cache-control", "no-store").send(body);
}
