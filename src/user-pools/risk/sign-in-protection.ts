/**
 * The interface between the sign-in engine and threat protection. Each sign-in is one event: it is kept once the
 * first factor is proved, or has failed, and changes with what comes of it.
 *
 * @see Developer Guide, "Advanced security with threat protection"
 */
import {
  type AccountTakeoverEventActionType,
  type AuthFlowType,
  type ChallengeNameType,
  NotAuthorizedException,
  type RiskLevelType,
} from "../../api-model/index.ts";
import type { AppClientRecord, AuthEventRecord, UserPoolRecord, UserRecord } from "../../storage/index.ts";
import { writeAsIfForUser } from "../codes/index.ts";
import type { Environment } from "../environment.ts";
import type { Messaging } from "../messages/index.ts";
import { hasProvedBothFactors, SECOND_FACTORS, usableFactors } from "../mfa/index.ts";
import { isInRanges } from "./address-ranges.ts";
import { blocksBreached, breachedSignIn, isBreached } from "./breached-password.ts";
import { protectionMode, type RiskBody, riskSettingsOf } from "./configuration.ts";
import { contextDataOf, insertEvent, newEvent, updateEvent } from "./events.ts";
import { notify, type Outcome } from "./notification.ts";
import { type Origin, originOf } from "./origin.ts";
import { assess } from "./rules.ts";

/** The risk of an attempt, once it is assessed. */
export interface AttemptRisk {
  readonly eventId: string;
  /** Whether a second factor is demanded whatever the pool and the user say. */
  readonly needsMfa: boolean;
}

interface ProtectedAttempt {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
  readonly flow: AuthFlowType;
  readonly user: UserRecord | undefined;
  readonly proved: readonly string[];
  readonly risk?: AttemptRisk | undefined;
}

type Context = Messaging &
  Pick<
    Environment,
    "store" | "clock" | "random" | "events" | "log" | "crypto" | "baseUrl" | "breachedPasswords"
  >;

/** As many of a user's events are looked at. */
const HISTORY_LENGTH = 100;

/** The text is not recorded. It is the same for every reason, so that an attacker gets no information. */
const blocked = () => new NotAuthorizedException("Unable to login because of security reasons.");

/**
 * Refuses a sign-in from an address that the pool always blocks, before anything is proved: in a pool that enforces protection.
 *
 * @throws NotAuthorizedException
 */
export async function refuseBlockedAddress(attempt: ProtectedAttempt, context: Context): Promise<void> {
  const { pool, client, user } = attempt;
  const settings = await riskSettingsOf(context.store, pool.id, client.id);
  const origin = originOf(context.request, pool.id, client);
  const ranges = settings.RiskExceptionConfiguration?.BlockedIPRangeList;
  if (!isInRanges(origin.ipAddress, ranges)) return;
  if (user !== undefined) {
    const event = signInEvent(
      "Fail",
      { RiskDecision: "Block", CompromisedCredentialsDetected: false },
      origin,
    );
    await insertEvent(newEvent({ ...attempt, user }, origin, event, context), { ...attempt, user }, context);
  } else {
    await writeAsIfForUser(context);
  }
  throw blocked();
}

/**
 * Assesses a sign-in whose first factor is proved, and takes the action that its risk calls for.
 *
 * @param password as far as it was sent
 * @throws NotAuthorizedException the sign-in is too risky, or needs a second factor that the user does not have
 * @throws PasswordResetRequiredException attackers know the password
 */
export async function assessSignIn(
  attempt: ProtectedAttempt & { readonly user: UserRecord },
  password: string | undefined,
  context: Context,
): Promise<AttemptRisk> {
  const { pool, client, flow, user } = attempt;
  const mode = protectionMode(pool, flow);
  const settings = await riskSettingsOf(context.store, pool.id, client.id);
  const origin = originOf(context.request, pool.id, client);
  const isSkipped = isInRanges(origin.ipAddress, settings.RiskExceptionConfiguration?.SkippedIPRangeList);
  const isCompromised =
    password !== undefined && !isSkipped && (await isBreached(settings, "SIGN_IN", password, context));
  const level = isSkipped ? undefined : (await assessmentOf(user, origin, context)).level;

  const isEnforced = mode === "ENFORCED";
  const isRefusedAsCompromised = isEnforced && isCompromised && blocksBreached(settings);
  const { action, notifies } = isEnforced ? actionFor(settings, level) : NO_ACTION;
  const outcome = outcomeOf(
    action,
    hasProvedBothFactors(pool, user, attempt.proved) || canProveSecondFactor(pool, user),
  );
  const isBlocked = isRefusedAsCompromised || outcome === "block";

  const risk = {
    RiskDecision: isBlocked ? "Block" : level === undefined ? "NoRisk" : "AccountTakeover",
    ...(level !== undefined && { RiskLevel: level }),
    CompromisedCredentialsDetected: isCompromised,
  } as const;
  const challenges = attempt.proved.includes("password") ? [PASSWORD_SUCCESS] : undefined;
  const event = signInEvent(isBlocked ? "Fail" : "InProgress", risk, origin, challenges);
  const record = newEvent(attempt, origin, event, context);
  await insertEvent(record, attempt, context);

  const { NotifyConfiguration } = settings.AccountTakeoverRiskConfiguration ?? {};
  if (notifies && NotifyConfiguration !== undefined && !isRefusedAsCompromised) {
    notify(outcome, NotifyConfiguration, attempt, record, context);
  }
  if (isRefusedAsCompromised) throw breachedSignIn();
  if (isBlocked) throw blocked();
  return { eventId: record.id, needsMfa: outcome === "mfa" };
}

/**
 * Records a failed proof: as a new event, or as the outcome of the attempt's event.
 *
 * @param challenge the one that was answered; undefined for the first request, which brings a password
 */
export async function noteFailedProof(
  attempt: ProtectedAttempt,
  challenge: ChallengeNameType | undefined,
  context: Context,
): Promise<void> {
  const { pool, client, user, risk } = attempt;
  if (user === undefined) return writeAsIfForUser(context);
  const subject = { pool, client, user };
  if (risk !== undefined) {
    const failed = { ChallengeName: "Mfa", ChallengeResponse: "Failure" } as const;
    await updateEvent(risk.eventId, subject, ["outcome", withOutcome("Fail", failed)], context);
    return;
  }
  const origin = originOf(context.request, pool.id, client);
  const { level } = await assessmentOf(user, origin, context);
  const event = signInEvent(
    "Fail",
    {
      RiskDecision: level === undefined ? "NoRisk" : "AccountTakeover",
      ...(level !== undefined && { RiskLevel: level }),
      CompromisedCredentialsDetected: false,
    },
    origin,
    isPassword(challenge) ? [{ ChallengeName: "Password", ChallengeResponse: "Failure" }] : undefined,
  );
  await insertEvent(newEvent(subject, origin, event, context), subject, context);
}

/** The API has no name for the challenges of other first factors. */
function isPassword(challenge: ChallengeNameType | undefined): boolean {
  return challenge === undefined || challenge === "SELECT_CHALLENGE" || challenge.startsWith("PASSWORD");
}

/** Keeps that the attempt has ended in a sign-in. */
export async function noteSignedIn(
  { pool, client, user, proved, risk }: ProtectedAttempt & { readonly user: UserRecord },
  context: Context,
): Promise<void> {
  if (risk === undefined) return;
  const hasSecond = proved.some((factor) => SECOND_FACTORS.has(factor)) && proved.length > 1;
  const second = hasSecond ? ({ ChallengeName: "Mfa", ChallengeResponse: "Success" } as const) : undefined;
  await updateEvent(risk.eventId, { pool, client, user }, ["outcome", withOutcome("Pass", second)], context);
}

const PASSWORD_SUCCESS = { ChallengeName: "Password", ChallengeResponse: "Success" } as const;

type Event = AuthEventRecord["event"];

function signInEvent(
  response: "Pass" | "Fail" | "InProgress",
  risk: NonNullable<Event["EventRisk"]>,
  origin: Origin,
  challenges?: NonNullable<Event["ChallengeResponses"]>,
): Event {
  return {
    EventType: "SignIn",
    EventResponse: response,
    EventRisk: risk,
    ...(challenges !== undefined && { ChallengeResponses: challenges }),
    EventContextData: contextDataOf(origin),
  };
}

function withOutcome(
  response: "Pass" | "Fail",
  challenge: NonNullable<Event["ChallengeResponses"]>[number] | undefined,
): (event: Event) => Event {
  return (event) => ({
    ...event,
    EventResponse: response,
    ...(challenge !== undefined && {
      // Of several wrong codes the last one counts.
      ChallengeResponses: [
        ...(event.ChallengeResponses ?? []).filter(({ ChallengeName }) => ChallengeName !== "Mfa"),
        challenge,
      ],
    }),
  });
}

async function assessmentOf(user: UserRecord, origin: Origin, { store, clock }: Context) {
  const { items, next } = await store.authEvents.listOfUser(user.poolId, user.sub, { limit: HISTORY_LENGTH });
  return assess(origin, items, clock.now(), next === undefined);
}

const NO_ACTION = { action: "NO_ACTION", notifies: false } as const;

/** The pool's action for a level of risk: nothing for one that it does not name. */
function actionFor(
  { AccountTakeoverRiskConfiguration }: RiskBody,
  level: RiskLevelType | undefined,
): { readonly action: AccountTakeoverEventActionType; readonly notifies: boolean } {
  const { LowAction, MediumAction, HighAction } = AccountTakeoverRiskConfiguration?.Actions ?? {};
  const chosen = level && { Low: LowAction, Medium: MediumAction, High: HighAction }[level];
  return chosen ? { action: chosen.EventAction, notifies: chosen.Notify } : NO_ACTION;
}

function outcomeOf(action: AccountTakeoverEventActionType, hasSecondFactor: boolean): Outcome {
  switch (action) {
    case "BLOCK":
      return "block";
    case "MFA_REQUIRED":
      return hasSecondFactor ? "mfa" : "block";
    case "MFA_IF_CONFIGURED":
      return hasSecondFactor ? "mfa" : "no action";
    case "NO_ACTION":
      return "no action";
  }
}

/** Setting one up now would not protect: anyone with the password could do it. */
function canProveSecondFactor(pool: UserPoolRecord, user: UserRecord): boolean {
  return (pool.settings.MfaConfiguration ?? "OFF") !== "OFF" && usableFactors(pool, user).length > 0;
}
