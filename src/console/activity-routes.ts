import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { ActivityCall } from "../activity.ts";
import { Refused, type RouteContext } from "./request.ts";

/** The interval of keep-alive events and of checks that the page may still listen. */
const HEARTBEAT_MILLISECONDS = 15_000;

/** The most bytes that are buffered for a page that does not read, before its connection is closed. */
const BACKLOG_BYTES = 1024 * 1024;

/** `GET /console/api/activity`: recent calls and then each new one, as server-sent events. */
export function registerActivityRoutes(
  app: FastifyInstance,
  { backend, requirePermission }: RouteContext,
): void {
  const streams = new Set<PassThrough>();
  // A listening page would keep the server from closing.
  backend.ending.addEventListener("abort", () => {
    for (const stream of streams) stream.end();
  });

  app.get("/console/api/activity", async (request, reply) => {
    await requirePermission(request, "cognate:ReadActivity");
    const stream = new PassThrough();
    streams.add(stream);
    const tell = (call: ActivityCall) => {
      if (stream.writableEnded) return;
      if (stream.writableLength > BACKLOG_BYTES) stream.destroy();
      else stream.write(`data: ${JSON.stringify(call)}\n\n`);
    };

    stream.write(": the calls of late, then each new one\n\n");
    for (const call of backend.activity.recent()) tell(call);
    const unsubscribe = backend.activity.subscribe(tell);
    const heartbeat = setInterval(async () => {
      try {
        await requirePermission(request, "cognate:ReadActivity");
        if (!stream.writableEnded) stream.write(": still here\n\n");
      } catch {
        stream.end();
      }
    }, HEARTBEAT_MILLISECONDS);
    stream.once("close", () => {
      clearInterval(heartbeat);
      unsubscribe();
      streams.delete(stream);
    });
    request.raw.once("close", () => stream.destroy());

    return reply
      .header("content-type", "text/event-stream; charset=utf-8")
      .header("x-accel-buffering", "no")
      .send(stream);
  });

  app.get<{ Params: { requestId: string } }>("/console/api/activity/:requestId", async (request) => {
    await requirePermission(request, "cognate:ReadActivity");
    const content = backend.activity.contentOf(request.params.requestId);
    if (content === undefined) throw new Refused(404, "What this call carried is not kept.");
    return content;
  });
}
