import type { FastifyReply } from "fastify";
import type { Surface } from "../http/index.ts";
import type { Store } from "../storage/index.ts";

/** Kubernetes' probes and load balancers ask by the address of the container, which no setting can name beforehand. */
const config = { answersToAnyHost: true };

/** `/_cognate/health` and `/_cognate/ready`, for everybody and in both modes. */
export function stateSurface({ store }: { readonly store: Pick<Store, "ping"> }): Surface {
  return async (app) => {
    for (const end of ["", "/"]) {
      app.get(`/_cognate/health${end}`, { config }, (_request, reply) =>
        answer(reply, 200, { status: "ok" }),
      );
      app.get(`/_cognate/ready${end}`, { config }, async (_request, reply) => {
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
