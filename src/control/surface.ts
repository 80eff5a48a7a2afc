import type { ServerResponse } from "node:http";
import type { Activity } from "../activity.ts";
import { ResourceNotFoundException } from "../api-model/index.ts";
import { WireError } from "../aws/sigv4/index.ts";
import type { MovableClock } from "../clock.ts";
import { applyToClock, clockState } from "../clock-commands.ts";
import type { PoolAction, Signer } from "../events.ts";
import { headerOf, isLoopbackOrigin, type ReceivedRequest, type Surface } from "../http/index.ts";
import { InvalidPagePosition, SnapshotRefused, type Store } from "../storage/index.ts";
import { type ImportBatch, ImportOutOfStep, userImportsOf } from "../user-pools/index.ts";
import { BadRequest, parseBody } from "./bad-request.ts";
import { type InboxDependencies, readInbox } from "./inbox.ts";
import { type ServerSnapshots, snapshotPath, statusOfRefusal } from "./snapshots.ts";
import { importLog, readBatch } from "./user-imports.ts";

interface ControlDependencies extends InboxDependencies {
  readonly store: Store;
  readonly activity: Activity;
  /** The clock that callers may move; undefined where time is the system's. */
  readonly clock: MovableClock | undefined;
  /** Undefined in `serve`. */
  readonly snapshots: ServerSnapshots | undefined;
  /** Whether all of it can be used without a signature: in `dev`, where it trusts unknown access keys. */
  readonly isOpen: boolean;
  /** Authenticates and authorizes the caller of an action on a pool. @throws WireError either fails */
  readonly authorize: (
    request: ReceivedRequest,
    action: `cognate:${string}`,
    poolId: string,
  ) => Promise<Signer>;
  /** Told of each request that needs a permission, once it is answered. */
  readonly onPoolAction: (action: Omit<PoolAction, "requestId" | "at">) => void;
  /** Imports users in bulk; see `importRecords` of user pools. */
  readonly importUsers: (poolId: string, batch: ImportBatch) => Promise<object>;
  /** Takes the steps of a sign-in at an identity provider; undefined when there is no such provider. */
  readonly testIdentityProvider: (poolId: string, providerName: string) => Promise<object | undefined>;
  /** Gives a pool new signing keys; verifiers go on to believe what the old ones signed. */
  readonly rotateSigningKeys: (poolId: string) => Promise<void>;
}

interface ControlRequest {
  /** In place of `NAME` in the route; empty in one without. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: Uint8Array;
  /** The request as it arrived, which is what a signature covers. */
  readonly received: ReceivedRequest;
  readonly response: ServerResponse;
}

interface ControlResponse {
  readonly status: number;
  readonly body: object;
}

type Handler = (
  request: ControlRequest,
  dependencies: ControlDependencies,
) => Promise<ControlResponse> | ControlResponse;

interface Route {
  readonly handle: Handler;
  /** The permission on the pool that a signed request needs where the surface is not open. Without it, the route is not there. */
  readonly permission?: `cognate:${string}`;
}

const routes: Readonly<Record<string, Route>> = {
  "GET /inbox": { handle: async ({ query }, dependencies) => ok(await readInbox(query, dependencies)) },
  "DELETE /inbox": {
    async handle(_request, { store }) {
      await store.inbox.deleteAll();
      return ok({});
    },
  },
  "GET /clock": { handle: (_request, { clock }) => (clock === undefined ? notFound : ok(clockState(clock))) },
  "POST /clock": { handle: answerClockCommand },
  "DELETE /clock": { handle: answerClockReset },
  "GET /snapshots": { handle: withSnapshots(async (snapshots) => ({ snapshots: await snapshots.list() })) },
  "PUT /snapshots/NAME": {
    handle: withSnapshots((snapshots, { name, query }) =>
      snapshots.take(name, { replace: booleanIn(query, "replace") }),
    ),
  },
  "POST /snapshots/NAME/restore": {
    handle: withSnapshots(async (snapshots, { name }) => {
      await snapshots.restore(name);
      return {};
    }),
  },
  "DELETE /snapshots/NAME": {
    handle: withSnapshots(async (snapshots, { name }) => {
      await snapshots.delete(name);
      return {};
    }),
  },
  "GET /activity": { handle: (_request, { activity }) => ok({ calls: activity.recent() }) },
  "POST /signing-keys": { handle: newSigningKeys, permission: "cognate:RotateSigningKeys" },
  "POST /identity-provider-test": {
    handle: testIdentityProvider,
    permission: "cognate:TestIdentityProvider",
  },
  "GET /import-log": { handle: answerImportLog, permission: "cognate:ReadUserImports" },
  "GET /user-imports": { handle: answerUserImports, permission: "cognate:ReadUserImports" },
  "POST /user-imports": { handle: importUserBatch, permission: "cognate:ImportUsers" },
};

async function answerImportLog(
  { query }: ControlRequest,
  { store }: ControlDependencies,
): Promise<ControlResponse> {
  const log = await importLog(query, store);
  return log === undefined ? notFound : ok(log);
}

async function answerUserImports(
  { query }: ControlRequest,
  { store }: ControlDependencies,
): Promise<ControlResponse> {
  const poolId = poolIdIn(query);
  const pool = await store.pools.get(poolId);
  return pool === undefined ? unknownPool(poolId) : ok(await userImportsOf(store, pool));
}

async function testIdentityProvider(
  { query }: ControlRequest,
  dependencies: ControlDependencies,
): Promise<ControlResponse> {
  const report = await dependencies.testIdentityProvider(poolIdIn(query), query.get("provider") ?? "");
  return report === undefined ? notFound : ok(report);
}

async function importUserBatch(
  { query, body }: ControlRequest,
  { importUsers }: ControlDependencies,
): Promise<ControlResponse> {
  const batch = readBatch(body);
  try {
    return ok(await importUsers(poolIdIn(query), batch));
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof ResourceNotFoundException) return { status: 404, body: { message } };
    if (error instanceof ImportOutOfStep) return { status: 409, body: { message } };
    throw error;
  }
}

async function newSigningKeys(
  { query }: ControlRequest,
  { store, rotateSigningKeys }: ControlDependencies,
): Promise<ControlResponse> {
  const poolId = poolIdIn(query);
  if ((await store.pools.get(poolId)) === undefined) return unknownPool(poolId);
  await rotateSigningKeys(poolId);
  return ok({});
}

const CLOCK_COMMANDS =
  'Give {"advanceSeconds": number}, {"now": "an ISO 8601 time such as 2030-01-01T00:00:00Z"} or {"stopped": boolean}.';

function answerClockCommand({ body }: ControlRequest, { clock }: ControlDependencies): ControlResponse {
  if (clock === undefined) return notFound;
  if (!applyToClock(clock, parseBody(body))) throw new BadRequest(CLOCK_COMMANDS);
  return ok(clockState(clock));
}

function answerClockReset(_request: ControlRequest, { clock }: ControlDependencies): ControlResponse {
  if (clock === undefined) return notFound;
  clock.reset();
  return ok(clockState(clock));
}

function withSnapshots(
  work: (snapshots: ServerSnapshots, request: ControlRequest) => Promise<object>,
): Handler {
  return async (request, { snapshots }) => {
    if (snapshots === undefined) return notFound;
    snapshots.doNotWaitFor(request.response);
    return ok(await work(snapshots, request));
  };
}

function booleanIn(query: URLSearchParams, name: string): boolean {
  const value = query.get(name) ?? "false";
  if (value !== "true" && value !== "false") throw new BadRequest(`${name} must be true or false.`);
  return value === "true";
}

function poolIdIn(query: URLSearchParams): string {
  return query.get("poolId") ?? "";
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
      method: ["GET", "POST", "PUT", "DELETE"],
      url: "/_cognate/*",
      handler: async (request, reply) => {
        const { pathname, searchParams } = new URL(request.url, "http://local");
        const method = request.method === "HEAD" ? "GET" : request.method;
        const path = pathname.slice("/_cognate".length).replace(/\/$/, "");
        const { pattern, name } = snapshotPath(path);
        const route = `${method} ${pattern}`;
        const received = request.received();
        const isLocal = isLoopbackOrigin(request.headers.origin);
        const response = await answer(
          route,
          isLocal,
          { name, query: searchParams, body: received.body, received, response: reply.raw },
          dependencies,
        );
        return reply.code(response.status).header("cache-control", "no-store").send(response.body);
      },
    });
  };
}

/** @param isLocal whether no page of another machine can be behind the request */
async function answer(
  name: string,
  isLocal: boolean,
  request: ControlRequest,
  dependencies: ControlDependencies,
): Promise<ControlResponse> {
  const { isOpen, authorize, onPoolAction } = dependencies;
  const route = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (route === undefined || !(isOpen || route.permission)) return notFound;
  if (isOpen && !isLocal) {
    return {
      status: 403,
      body: { message: "Only this machine may call this, and not from another site's page." },
    };
  }
  const { permission, handle } = route;
  const poolId = poolIdIn(request.query);
  let caller: Signer | undefined;
  let response: ControlResponse;
  try {
    if (!isOpen && permission) caller = await authorize(request.received, permission, poolId);
    response = await handle(request, dependencies);
  } catch (error) {
    response = refusalOf(error);
  }
  if (permission !== undefined) {
    const action = permission.slice("cognate:".length);
    const { sourceIp } = request.received;
    const userAgent = headerOf(request.received, "user-agent");
    onPoolAction({ action, caller, poolId, status: response.status, sourceIp, userAgent });
  }
  return response;
}

/** @throws unknown the error, if it is unexpected */
function refusalOf(error: unknown): ControlResponse {
  if (error instanceof BadRequest) return { status: 400, body: { message: error.message } };
  if (error instanceof SnapshotRefused)
    return { status: statusOfRefusal(error), body: { message: error.message } };
  if (error instanceof InvalidPagePosition)
    return { status: 400, body: { message: "after is not a position of this list." } };
  if (error instanceof WireError) return { status: error.queryStatus, body: { message: error.message } };
  throw error;
}
