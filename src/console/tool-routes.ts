/** `/console/api/…`: data that AWS has no operation for; each route needs a permission in IAM. */
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { applyToClock, type MovableClock } from "../clock.ts";
import { InvalidPagePosition } from "../storage/index.ts";
import { listSessions, revokeSession } from "../user-pools/index.ts";
import { Refused, type RouteContext } from "./request.ts";

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

const clockCommand = z.union([
  z.strictObject({ advanceSeconds: z.number() }),
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
  z.strictObject({ stopped: z.boolean() }),
]);

export function registerClockRoutes(app: FastifyInstance, context: RouteContext): void {
  const { movableClock } = context.backend;
  if (movableClock === undefined) return;
  const { requirePermission, open } = context;

  app.get("/console/api/clock", async (request) => {
    await requirePermission(request, "cognate:ReadClock");
    return clockState(movableClock);
  });

  app.post("/console/api/clock", async (request) => {
    await requirePermission(request, "cognate:MoveClock");
    const command = clockCommand.safeParse(open(request).json());
    if (!command.success) throw new Refused(400, "Give advanceSeconds, now as an ISO 8601 time, or stopped.");
    if (!applyToClock(movableClock, command.data))
      throw new Refused(400, "That is out of the range of dates.");
    return clockState(movableClock);
  });

  app.delete("/console/api/clock", async (request) => {
    await requirePermission(request, "cognate:MoveClock");
    movableClock.reset();
    return clockState(movableClock);
  });
}

function clockState(clock: MovableClock) {
  return {
    now: new Date(clock.now()).toISOString(),
    offsetMilliseconds: clock.offsetMilliseconds,
    stopped: clock.isStopped,
  };
}

interface UserSessionParams {
  readonly poolId: string;
  readonly sub: string;
  readonly originJti: string;
}

/** The most sessions of one user that are listed. */
const LISTED_SESSIONS = 60;

export function registerUserSessionRoutes(
  app: FastifyInstance,
  { backend, requirePoolPermission }: RouteContext,
): void {
  const ports = { store: backend.store, clock: backend.movableClock ?? backend.clock };

  app.get<{ Params: UserSessionParams }>(
    "/console/api/user-pools/:poolId/users/:sub/sessions",
    async (request) => {
      const { poolId, sub } = request.params;
      await requirePoolPermission(request, "cognito-idp:AdminListUserSessions", poolId);
      const page = await listSessions(ports, { poolId, sub }, { limit: LISTED_SESSIONS });
      return {
        sessions: page.items.map(({ originJti, clientId, authenticatedAt, refreshExpiresAt, scope }) => ({
          originJti,
          clientId,
          authenticatedAt,
          refreshExpiresAt,
          scope,
        })),
        isComplete: page.next === undefined,
      };
    },
  );

  app.delete<{ Params: UserSessionParams }>(
    "/console/api/user-pools/:poolId/users/:sub/sessions/:originJti",
    async (request) => {
      const { poolId, sub, originJti } = request.params;
      await requirePoolPermission(request, "cognito-idp:AdminRevokeUserSession", poolId);
      if (!(await revokeSession(ports, { poolId, sub }, originJti)))
        throw new Refused(404, "There is no such session.");
      return {};
    },
  );
}
