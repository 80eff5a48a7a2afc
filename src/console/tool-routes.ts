/** `/console/api/inbox` and `/console/api/clock`: the messages that `dev` kept, and its clock. */
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { applyToClock, clockState } from "../clock-commands.ts";
import { InvalidPagePosition } from "../storage/index.ts";
import { Refused, type RouteContext } from "./request.ts";
import { restoresOf } from "./snapshot-routes.ts";

const inboxQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().optional(),
  poolId: z.string().optional(),
  destination: z.string().optional(),
});

export function registerInboxRoutes(
  app: FastifyInstance,
  { backend, requirePermission }: RouteContext,
): void {
  const { inbox } = backend.store;

  app.get("/console/api/inbox", async (request) => {
    await requirePermission(request, "cognate:ReadInbox");
    const query = inboxQuery.safeParse(request.query);
    if (!query.success) throw new Refused(400, "The query is not one of the inbox.");
    const { limit, after, poolId, destination } = query.data;
    const page = await inbox.list({ poolId, destination }, { limit, after }).catch(refuseInvalidPosition);
    return { messages: page.items, next: page.next };
  });

  app.delete("/console/api/inbox", async (request) => {
    await requirePermission(request, "cognate:DeleteInbox");
    await inbox.deleteAll();
    return {};
  });

  app.delete<{ Params: { id: string } }>("/console/api/inbox/:id", async (request) => {
    await requirePermission(request, "cognate:DeleteInbox");
    await inbox.delete(request.params.id);
    return {};
  });
}

function refuseInvalidPosition(error: unknown): never {
  if (error instanceof InvalidPagePosition) throw new Refused(400, "after is not a position of this list.");
  throw error;
}

export function registerClockRoutes(app: FastifyInstance, context: RouteContext): void {
  const { movableClock } = context.backend;
  if (movableClock === undefined) return;
  const { requirePermission, open } = context;
  const state = () => ({ ...clockState(movableClock), restores: restoresOf(context.backend.snapshots) });

  app.get("/console/api/clock", async (request) => {
    await requirePermission(request, "cognate:ReadClock");
    return state();
  });

  app.post("/console/api/clock", async (request) => {
    await requirePermission(request, "cognate:MoveClock");
    if (!applyToClock(movableClock, open(request).json()))
      throw new Refused(
        400,
        "Give advanceSeconds, now as an ISO 8601 time in the range of dates, or stopped.",
      );
    return state();
  });

  app.delete("/console/api/clock", async (request) => {
    await requirePermission(request, "cognate:MoveClock");
    movableClock.reset();
    return state();
  });
}
