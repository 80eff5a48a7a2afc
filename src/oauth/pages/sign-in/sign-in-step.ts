/** Takes the step of a sign-in that a form asks for: begins one, or answers what the page before has asked. */
import {
  answerChallenge,
  beginSignIn,
  type OpenPageSession,
  type Step,
  type StepUp,
  sendCodeAgain,
} from "../../../user-pools/index.ts";
import { call } from "../call.ts";
import { isChoiceBased, isCustom } from "../pool-rules.ts";
import { nameOf, type Visit } from "../visit.ts";
import { codeIn, responsesOf } from "./answers.ts";
import { factorsToSetUp, firstFactorsOf } from "./challenge-page.ts";
import { deviceOfVisit } from "./device-cookie.ts";
import { type ShownStep, shownStep } from "./shown-step.ts";

export type SignedIn = Extract<Step, { kind: "signed in" }>;

/** The result of a form. */
export type Outcome = { readonly signedIn: SignedIn } | { readonly ask: ShownStep };

function partyOf({ authorization: { pool, client, scopes } }: Visit) {
  return { pool, client, channel: "pages", scope: scopes.join(" ") } as const;
}

/** @throws ServiceException */
export async function begin(visit: Visit): Promise<Outcome> {
  const { pool, client } = visit.authorization;
  const name = nameOf(visit);
  if (isChoiceBased(pool, client)) return beginFlow("USER_AUTH", name, {}, visit);
  if (isCustom(pool, client)) return beginFlow("CUSTOM_AUTH", name, {}, visit);
  return beginFlow("USER_PASSWORD_AUTH", name, { PASSWORD: visit.fields.get("password") ?? "" }, visit);
}

async function beginFlow(
  flow: Beginning["flow"],
  name: string,
  given: Beginning["given"],
  visit: Visit,
): Promise<Outcome> {
  const device = await deviceOfVisit(visit, name);
  return beginAttempt({ flow, name, given: { ...(device && { DEVICE_KEY: device.key }), ...given } }, visit);
}

/** Asks a signed-in user for what is missing to the level that the client wants. @throws ServiceException */
export function beginFromSession(
  { user, session: { methods = [] } }: OpenPageSession,
  challenge: string,
  visit: Visit,
): Promise<Outcome> {
  // The claims of a provider prove no factor here.
  const proved = { sub: user.sub, methods: "level" in methods ? [] : methods };
  const given = { PREFERRED_CHALLENGE: challenge };
  return beginAttempt({ flow: "USER_AUTH", name: user.username, given, proved }, visit);
}

/** Signs in a user whose sign-up has just been confirmed. @throws ServiceException */
export function beginConfirmed(name: string, session: string, visit: Visit): Promise<Outcome> {
  return beginAttempt({ flow: "USER_AUTH", name, given: {}, session }, visit);
}

interface Beginning {
  readonly flow: "USER_AUTH" | "CUSTOM_AUTH" | "USER_PASSWORD_AUTH";
  readonly name: string;
  /** Parameters of the flow, without the name. */
  readonly given: Readonly<Record<string, string>>;
  readonly session?: string;
  /** The factors that the browser's session proves. */
  readonly proved?: StepUp["proved"];
}

async function beginAttempt({ proved, ...beginning }: Beginning, visit: Visit): Promise<Outcome> {
  const { name } = beginning;
  const request = {
    ...partyOf(visit),
    ...beginning,
    given: { USERNAME: name, ...beginning.given },
    stepUp: { targets: visit.authorization.targets, proved },
  };
  await visit.context.takeRequest?.("InitiateAuth");
  return goOn(await beginSignIn(request, visit.context), name, visit);
}

/** @throws ServiceException */
export async function answer(step: ShownStep, visit: Visit): Promise<Outcome> {
  const { fields } = visit;
  if (fields.has("resend")) {
    const { challenge, name, session } = step;
    await visit.context.takeRequest?.("InitiateAuth");
    return goOn(
      await sendCodeAgain({ ...partyOf(visit), challenge, name, session }, visit.context),
      name,
      visit,
    );
  }
  if (step.challenge === "SELECT_CHALLENGE") return choose(step, visit);
  if (step.challenge === "MFA_SETUP") return setUp(step, visit);
  return respond(step, responsesOf(step.challenge, fields) ?? {}, visit);
}

async function respond(
  step: Pick<ShownStep, "challenge" | "name" | "session">,
  responses: Readonly<Record<string, string>>,
  visit: Visit,
): Promise<Outcome> {
  const { challenge, name, session } = step;
  const request = {
    ...partyOf(visit),
    challenge,
    name,
    responses: { USERNAME: name, ...responses },
    session,
  };
  await visit.context.takeRequest?.("RespondToAuthChallenge");
  return goOn(await answerChallenge(request, visit.context), name, visit);
}

/** The page asks for a password before it sends the choice of it to the engine, because both are one answer there. */
async function choose(step: ShownStep, visit: Visit): Promise<Outcome> {
  if (step.chosen === "PASSWORD") {
    return respond(step, { ANSWER: "PASSWORD", PASSWORD: visit.fields.get("password") ?? "" }, visit);
  }
  const factor = visit.fields.get("factor") ?? "";
  if (factor === "PASSWORD") return { ask: { ...step, chosen: "PASSWORD" } };
  return respond(step, { ANSWER: factor }, visit);
}

async function setUp(step: ShownStep, visit: Visit): Promise<Outcome> {
  const { fields } = visit;
  if (step.setup === undefined) return { ask: await withSetup(step, fields.get("factor") ?? "", visit) };
  if (step.setup.factor === "SMS_MFA") {
    const PHONE_NUMBER = (fields.get("phone_number") ?? "").replace(/[\s().-]/g, "");
    return respond(step, { PHONE_NUMBER }, visit);
  }
  if (step.setup.factor === "EMAIL_OTP") return respond(step, { EMAIL: fields.get("email") ?? "" }, visit);
  const { Session } = await call(
    "VerifySoftwareToken",
    {
      Session: step.session,
      UserCode: codeIn(fields),
      FriendlyDeviceName: fields.get("device_name"),
    },
    visit,
  );
  return respond({ ...step, session: Session }, {}, visit);
}

async function withSetup(step: ShownStep, factor: string, visit: Visit): Promise<ShownStep> {
  if (factor === "SMS_MFA") return { ...step, setup: { factor } };
  if (factor !== "SOFTWARE_TOKEN_MFA") return { ...step, setup: { factor: "EMAIL_OTP" } };
  const { SecretCode, Session } = await call("AssociateSoftwareToken", { Session: step.session }, visit);
  return { ...step, session: Session, setup: { factor, ...(SecretCode && { secret: SecretCode }) } };
}

/** Where there is one thing to choose, it is chosen. */
async function goOn(step: Step, name: string, visit: Visit): Promise<Outcome> {
  if (step.kind === "signed in") return { signedIn: step };
  const shown = shownStep(visit.authorization.client.id, name, step);
  if (shown.challenge === "DEVICE_SRP_AUTH") {
    const device = await deviceOfVisit(visit, name);
    const proof = { DEVICE_KEY: device?.key ?? "", DEVICE_PASSWORD: device?.password ?? "" };
    return respond(shown, proof, visit);
  }
  if (shown.challenge === "SELECT_CHALLENGE") {
    const [only, ...others] = firstFactorsOf(shown);
    if (only === "PASSWORD" && others.length === 0) return { ask: { ...shown, chosen: "PASSWORD" } };
    if (only !== undefined && others.length === 0) return respond(shown, { ANSWER: only }, visit);
  }
  if (shown.challenge === "MFA_SETUP") {
    const [only, ...others] = factorsToSetUp(shown);
    if (only !== undefined && others.length === 0) return { ask: await withSetup(shown, only, visit) };
  }
  return { ask: shown };
}
