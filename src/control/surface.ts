import * as z from "zod";
import type { Activity } from "../activity.ts";
import { ResourceNotFoundException } from "../api-model/index.ts";
import { WireError } from "../aws/sigv4/index.ts";
import { applyToClock, type MovableClock } from "../clock.ts";
import { isLoopbackOrigin, type ReceivedRequest, type Surface } from "../http/index.ts";
import { InvalidPagePosition, type Store } from "../storage/index.ts";
import { type ImportBatch, ImportOutOfStep, userImportsOf } from "../user-pools/index.ts";
import { type InboxDependencies, readInbox } from "./inbox.ts";
import { importLog, readBatch } from "./user-imports.ts";

interface ControlDependencies extends InboxDependencies {
  readonly store: Store;
  readonly activity: Activity;
  /** The clock that callers may move; undefined where time is the system's. */
  readonly clock: MovableClock | undefined;
  /** Whether all of it may be used without a permission: in `dev`, where it trusts unknown access keys. */
  readonly isOpen: boolean;
  /** Authenticates and authorizes the caller of an action on a pool. @throws WireError either fails */
  readonly authorize: (
    request: ReceivedRequest,
    action: `cognate:${string}`,
    poolId: string,
  ) => Promise<unknown>;
  /** Imports users in bulk; see `importRecords` of user pools. */
  readonly importUsers: (poolId: string, batch: ImportBatch) => Promise<object>;
  /** Takes the steps of a sign-in at an identity provider; undefined when there is no such provider. */
  readonly testIdentityProvider: (poolId: string, providerName: string) => Promise<object | undefined>;
  /** Gives a pool new signing keys; verifiers go on to believe what the old ones signed. */
  readonly rotateSigningKeys: (poolId: string) => Promise<void>;
}

interface ControlRequest {
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
  /** The request as it arrived, which is what a signature covers. */
  readonly received: ReceivedRequest;
}

interface ControlResponse {
  readonly status: number;
  readonly body: object;
}

type Handler = (
  request: ControlRequest,
  dependencies: ControlDependencies,
) => Promise<ControlResponse> | ControlResponse;

/** For tests and tools beside `cognate dev`. */
const devRoutes: Readonly<Record<string, Handler>> = {
  "GET /inbox": async ({ query }, dependencies) => {
    const limit = Number(query.get("limit") ?? 50);
    if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
      return { status: 400, body: { message: "limit must be a whole number from 1 to 200." } };
    }
    return ok(await readInbox(query, limit, dependencies));
  },
  "DELETE /inbox": async (_request, { store }) => {
    await store.inbox.deleteAll();
    return ok({});
  },
  "GET /clock": (_request, { clock }) => (clock === undefined ? notFound : ok(clockState(clock))),
  "POST /clock": ({ body }, { clock }) => (clock === undefined ? notFound : answerClockCommand(clock, body)),
  "DELETE /clock": (_request, { clock }) => {
    if (clock === undefined) return notFound;
    clock.reset();
    return ok(clockState(clock));
  },
  "POST /signing-keys": newSigningKeys,
  "POST /identity-provider-test": (request, dependencies) => testIdentityProvider(request, dependencies),
  "GET /import-log": (request, dependencies) => answerImportLog(request, dependencies),
  "GET /user-imports": (request, dependencies) => answerUserImports(request, dependencies),
  "POST /user-imports": (request, dependencies) => importBatch(request, dependencies),
  "GET /activity": (_request, { activity }) => ok({ calls: activity.recent() }),
};

/** For production: each needs a signature and a permission of its own. */
const signedRoutes: Readonly<Record<string, Handler>> = {
  "POST /signing-keys": async (request, dependencies) => {
    const poolId = request.query.get("poolId") ?? "";
    await dependencies.authorize(request.received, "cognate:RotateSigningKeys", poolId);
    return newSigningKeys(request, dependencies);
  },
  "POST /identity-provider-test": (request, dependencies) =>
    permitted("cognate:TestIdentityProvider", testIdentityProvider, request, dependencies),
  "GET /import-log": (request, dependencies) =>
    permitted("cognate:ReadUserImports", answerImportLog, request, dependencies),
  "GET /user-imports": (request, dependencies) =>
    permitted("cognate:ReadUserImports", answerUserImports, request, dependencies),
  "POST /user-imports": (request, dependencies) =>
    permitted("cognate:ImportUsers", importBatch, request, dependencies),
};

async function permitted(
  action: `cognate:${string}`,
  handler: Handler,
  request: ControlRequest,
  dependencies: ControlDependencies,
): Promise<ControlResponse> {
  await dependencies.authorize(request.received, action, request.query.get("poolId") ?? "");
  return handler(request, dependencies);
}

const answerImportLog: Handler = async ({ query }, { store }) => {
  const log = await importLog(query, store);
  return log === undefined ? notFound : ok(log);
};

const answerUserImports: Handler = async ({ query }, { store }) => {
  const poolId = query.get("poolId") ?? "";
  const pool = await store.pools.get(poolId);
  return pool === undefined ? unknownPool(poolId) : ok(await userImportsOf(store, pool));
};

const testIdentityProvider: Handler = async ({ query }, dependencies) => {
  const [poolId, name] = [query.get("poolId") ?? "", query.get("provider") ?? ""];
  const report = await dependencies.testIdentityProvider(poolId, name);
  return report === undefined ? notFound : ok(report);
};

const importBatch: Handler = async ({ query, body }, { importUsers }) => {
  const batch = readBatch(body);
  if (typeof batch === "string") return { status: 400, body: { message: batch } };
  try {
    return ok(await importUsers(query.get("poolId") ?? "", batch));
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof ResourceNotFoundException) return { status: 404, body: { message } };
    if (error instanceof ImportOutOfStep) return { status: 409, body: { message } };
    throw error;
  }
};

async function newSigningKeys(
  { query }: ControlRequest,
  { store, rotateSigningKeys }: ControlDependencies,
): Promise<ControlResponse> {
  const poolId = query.get("poolId") ?? "";
  if ((await store.pools.get(poolId)) === undefined) return unknownPool(poolId);
  await rotateSigningKeys(poolId);
  return ok({});
}

const unknownPool = (poolId: string): ControlResponse => ({
  status: 404,
  body: { message: `User pool ${poolId} does not exist.` },
});

const notFound: ControlResponse = { status: 404, body: { message: "There is nothing here." } };

function ok(body: object): ControlResponse {
  return { status: 200, body };
}

/** Everything under `/_cognate`, but for the state of the server. */
export function controlSurface(dependencies: ControlDependencies): Surface {
  return async (app) => {
    app.route({
      method: ["GET", "POST", "DELETE"],
      url: "/_cognate/*",
      handler: async (request, reply) => {
        const { pathname, searchParams } = new URL(request.url, "http://local");
        const method = request.method === "HEAD" ? "GET" : request.method;
        const route = `${method} ${pathname.slice("/_cognate".length).replace(/\/$/, "")}`;
        const received = request.received();
        const isLocal = isLoopbackOrigin(request.headers.origin);
        const response = await answer(
          route,
          isLocal,
          { query: searchParams, body: received.body, received },
          dependencies,
        );
        return reply.code(response.status).header("cache-control", "no-store").send(response.body);
      },
    });
  };
}

/** @param isLocal whether no page of another machine can be behind the request */
async function answer(
  route: string,
  isLocal: boolean,
  request: ControlRequest,
  dependencies: ControlDependencies,
): Promise<ControlResponse> {
  const handler = handlerOf(dependencies.isOpen ? devRoutes : signedRoutes, route);
  if (handler === undefined) return notFound;
  if (dependencies.isOpen && !isLocal) {
    return {
      status: 403,
      body: { message: "Only this machine may call this, and not from another site's page." },
    };
  }
  try {
    return await handler(request, dependencies);
  } catch (error) {
    if (error instanceof InvalidPagePosition)
      return { status: 400, body: { message: "after is not a position of this list." } };
    if (error instanceof WireError) return { status: error.queryStatus, body: { message: error.message } };
    throw error;
  }
}

function handlerOf(routes: Readonly<Record<string, Handler>>, route: string): Handler | undefined {
  return Object.hasOwn(routes, route) ? routes[route] : undefined;
}

function clockState(clock: MovableClock): object {
  const now = clock.now();
  return {
    now: new Date(now).toISOString(),
    epochMilliseconds: now,
    offsetMilliseconds: clock.offsetMilliseconds,
    stopped: clock.isStopped,
  };
}

const CLOCK_COMMANDS =
  'Give {"advanceSeconds": number}, {"now": "an ISO 8601 time"} or {"stopped": boolean}.';

const clockCommand = z.union([
  z.strictObject({ advanceSeconds: z.number() }),
  z.strictObject({ now: z.string() }),
  z.strictObject({ stopped: z.boolean() }),
]);

/** `{"advanceSeconds": 180}` moves the clock; `{"now": "2030-01-01T00:00:00Z"}` sets it; `{"stopped": true}` stops it. */
function answerClockCommand(clock: MovableClock, body: Uint8Array): ControlResponse {
  let sent: unknown;
  try {
    sent = JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return { status: 400, body: { message: "The body is not JSON." } };
  }
  const command = clockCommand.safeParse(sent);
  return command.success && applyToClock(clock, command.data)
    ? ok(clockState(clock))
    : { status: 400, body: { message: CLOCK_COMMANDS } };
}
