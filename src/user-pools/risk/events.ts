import type { EventType as AuthEventName } from "../../api-model/index.ts";
import type { AuthEvent } from "../../events.ts";
import {
  type AppClientRecord,
  type AuthEventRecord,
  OwnerMissing,
  type UserPoolRecord,
  type UserRecord,
} from "../../storage/index.ts";
import type { Environment } from "../environment.ts";
import type { RequestContext } from "../request-context.ts";
import { type Origin, originOf } from "./origin.ts";

export interface EventContext extends Pick<Environment, "store" | "clock" | "random" | "events" | "log"> {
  readonly request: RequestContext;
}

/** Whose event it is, and through which app client it came. */
interface EventSubject {
  readonly pool: UserPoolRecord;
  readonly client?: AppClientRecord | undefined;
  readonly user: Pick<UserRecord, "sub" | "username">;
}

/**
 * Records the events of a user other than sign-ins, in pools with threat protection. A failure to keep an event is
 * only logged: the action has succeeded, and a client that gets an error would repeat it.
 *
 * @see API Reference, "AuthEventType"
 */
export async function noteUserEvent(
  type: Exclude<AuthEventName, "SignIn">,
  subject: EventSubject,
  context: EventContext,
): Promise<void> {
  const origin = originOf(context.request, subject.pool.id, subject.client);
  const event: AuthEventRecord["event"] = {
    EventType: type,
    EventResponse: "Pass",
    EventRisk: { RiskDecision: "NoRisk", CompromisedCredentialsDetected: false },
    EventContextData: contextDataOf(origin),
  };
  try {
    await insertEvent(newEvent(subject, origin, event, context), subject, context);
  } catch (error) {
    const { pool, user } = subject;
    context.log.warn({ err: error, poolId: pool.id, sub: user.sub, type }, "An event of a user was not kept");
  }
}

export function newEvent(
  { pool, client, user }: EventSubject,
  origin: Origin,
  event: AuthEventRecord["event"],
  { clock, random }: Pick<EventContext, "clock" | "random">,
): AuthEventRecord {
  return {
    poolId: pool.id,
    sub: user.sub,
    id: random.uuid(),
    event,
    signals: {
      ...(origin.agent !== undefined && { agent: origin.agent }),
      ...(origin.deviceId !== undefined && { deviceId: origin.deviceId }),
      ...(client !== undefined && { clientId: client.id }),
      ...(origin.hasContextData && { hasContextData: true }),
    },
    createdAt: clock.now(),
  };
}

export function contextDataOf({ ipAddress, deviceName, timezone }: Origin) {
  return {
    ...(ipAddress !== undefined && { IpAddress: ipAddress }),
    ...(deviceName !== undefined && { DeviceName: deviceName }),
    ...(timezone !== undefined && { Timezone: timezone }),
  };
}

/** Keeps an event and publishes it. A user who was deleted meanwhile has no history. */
export async function insertEvent(
  event: AuthEventRecord,
  subject: EventSubject,
  context: EventContext,
): Promise<void> {
  try {
    await context.store.authEvents.insert(event);
  } catch (error) {
    if (!(error instanceof OwnerMissing)) throw error;
    return;
  }
  const change = event.event.EventResponse === "InProgress" ? "begun" : "outcome";
  publish(event, { change, isNew: true }, subject, context);
}

/** Changes an event and publishes what has become of it. */
export async function updateEvent(
  id: string,
  subject: EventSubject,
  [what, change]: readonly [
    what: AuthEvent["change"],
    change: (event: AuthEventRecord["event"]) => AuthEventRecord["event"],
  ],
  context: EventContext,
): Promise<AuthEventRecord | undefined> {
  const { pool, user } = subject;
  const changed = await context.store.authEvents.update(pool.id, user.sub, id, (record) => ({
    ...record,
    event: change(record.event),
  }));
  if (changed !== undefined) publish(changed, { change: what, isNew: false }, subject, context);
  return changed;
}

function publish(
  { poolId, sub, id, event, signals, createdAt }: AuthEventRecord,
  state: Pick<AuthEvent, "change" | "isNew">,
  { user }: EventSubject,
  { events, request }: EventContext,
): void {
  events.publish("authEvent", {
    poolId,
    sub,
    username: user.username,
    clientId: signals?.clientId,
    requestId: request.requestId,
    hasContextData: signals?.hasContextData ?? false,
    ...state,
    event: { ...event, EventId: id, CreationDate: createdAt },
  });
}
