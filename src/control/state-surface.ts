import type { FastifyReply } from "fastify";
import type { Surface } from "../http/index.ts";
import type { Metrics } from "../metrics/index.ts";
import type { Store } from "../storage/index.ts";

/** Kubernetes' probes, load balancers and Prometheus ask by the address of the container, which no setting can name beforehand. */
const config = { answersToAnyHost: true };

/**
 * `/_cognate/health` and `/_cognate/ready`, for everybody and in both modes, and `/_cognate/metrics` for those with its token.
 *
 * @param countProcesses where several processes answer
 */
export function stateSurface(
  store: Pick<Store, "ping">,
  metrics: Metrics | undefined,
  countProcesses?: () => Promise<object>,
): Surface {
  return async (app) => {
    for (const end of ["", "/"]) {
      app.get(`/_cognate/health${end}`, { config }, (_request, reply) =>
        answer(reply, 200, { status: "ok" }),
      );
      app.get(`/_cognate/ready${end}`, { config }, async (_request, reply) => {
        try {
          await store.ping();
          const processes = await countProcesses?.();
          return answer(reply, 200, { status: "ready", ...(processes && { processes }) });
        } catch {
          const reason = "The database does not answer.";
          return answer(reply, 503, { status: "unready", reason });
        }
      });
    }
    if (metrics !== undefined) {
      app.get("/_cognate/metrics", { config }, async ({ headers }, reply) => {
        if (!metrics.isAuthorized(headers.authorization)) {
          reply.header("www-authenticate", "Bearer");
          return answer(reply, 401, {
            message: "Metrics need the bearer token of the setting metricsToken.",
          });
        }
        return answer(reply.type(metrics.contentType), 200, await metrics.text());
      });
    }
  };
}

function answer(reply: FastifyReply, status: number, body: object | string): FastifyReply {
  return reply.code(status).header("cache-control", "no-store").send(body);
}
