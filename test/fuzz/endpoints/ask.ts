/** Requests of the fuzz beside the user pools API: right but for a fault or two in some of them, and their answers checked. */
import type { Browser } from "../../oauth/browser.ts";
import { CALLBACK } from "../inputs/resources.ts";
import { hostileText } from "../mutate.ts";
import { type Client, type Pool, poolOf, type World } from "../world.ts";

export type Fields = Readonly<Record<string, string>>;

export interface Request {
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly query?: Fields;
  readonly form?: Fields;
  /** In place of a form. */
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly headers?: Fields;
}

/** Makes and sends requests of one kind. @returns the answer's status, undefined where there was nothing to ask for */
export type Visit = (fuzz: EndpointFuzz) => Promise<number | undefined>;

export interface EndpointFuzz {
  readonly world: World;
  readonly counts: Map<string, Map<number, number>>;
  readonly problems: string[];
  /** Codes and tokens of the pages, by their client. */
  readonly codes: { readonly client: Client; readonly code: string }[];
  readonly tokens: {
    readonly client: Client;
    readonly access: string;
    readonly refresh: string;
    readonly id: string;
  }[];
}

export function faulty(fields: Fields, { random }: World): Fields {
  const changed: Record<string, string> = { ...fields };
  const name = random.pickAny(Object.keys(changed));
  if (name === undefined) return changed;
  const kind = random.below(4);
  if (kind === 0) delete changed[name];
  else if (kind === 1) changed[name] = `${changed[name]}${random.pick(["x", " ", "%", "\u0000", "'"])}`;
  else if (kind === 2)
    changed[random.pick(["__proto__", "constructor", "unknown", "client_id"])] = hostileText(random);
  else changed[name] = hostileText(random);
  return changed;
}

/** With a fault in one of the requests out of three. */
function maybeFaulty(request: Request, world: World): Request {
  const { random } = world;
  if (!random.chance(0.35)) return request;
  if (random.chance(0.1))
    return {
      ...request,
      path: `${request.path}${random.pick(["/", "/..", "%00", "%2e%2e", "?", "//x", ";a=b", "/%zz"])}`,
    };
  if (request.form !== undefined && random.chance(0.7))
    return { ...request, form: faulty(request.form, world) };
  if (request.query !== undefined) return { ...request, query: faulty(request.query, world) };
  if (request.headers?.authorization !== undefined)
    return {
      ...request,
      headers: {
        ...request.headers,
        authorization: random.pick(["Bearer", "Basic Og==", "Bearer a.b.c", "Basic !", "Bearer  x"]),
      },
    };
  return request;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly location: string;
}

/** Far above what any answer takes, also on a busy machine. */
const MAX_WAIT_MILLISECONDS = 100_000;

export async function ask(fuzz: EndpointFuzz, given: Request, browser?: Browser): Promise<Answer> {
  const request = maybeFaulty(given, fuzz.world);
  const { path, query, form, json, bytes, headers = {} } = request;
  const method = request.method ?? (form !== undefined || json !== undefined ? "POST" : "GET");
  const url = `${fuzz.world.url}${path}${query ? `?${new URLSearchParams(query)}` : ""}`;
  const sent = json === undefined ? bytes : JSON.stringify(json);
  const body = form === undefined ? sent : new URLSearchParams(form);
  const answer = await fetch(url, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(MAX_WAIT_MILLISECONDS),
    headers: {
      ...headers,
      ...(json !== undefined && { "content-type": "application/json" }),
      ...(browser && { cookie: cookiesOf(browser) }),
    },
    // Node's types of bodies leave out bytes in shared memory.
    ...(body !== undefined && { body: body as BodyInit }),
  });
  const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream") === true;
  const text = isStream ? "" : await answer.text();
  if (isStream) await answer.body?.cancel();
  check(fuzz, answer, text, `${method} ${url.slice(0, 400)} ${String(body ?? "").slice(0, 300)}`);
  return { status: answer.status, text, location: answer.headers.get("location") ?? "" };
}

const cookiesOf = ({ cookies }: Browser) =>
  [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");

const OWN_PLACES = [
  CALLBACK,
  "https://app.example.com/bye",
  "https://login.example.com/authorize",
  "https://idp.example.com/sso",
  "https://accounts.google.com/",
];

export function check(
  { problems, world }: EndpointFuzz,
  answer: Pick<Response, "status" | "headers">,
  text: string,
  what: string,
): void {
  if (answer.status >= 500) problems.push(`${what}: status ${answer.status}: ${text.slice(0, 200)}`);
  if (/\n\s+at |node:internal/.test(text)) problems.push(`${what}: a stack trace in the answer`);
  const location = answer.headers.get("location");
  const isOwn =
    location === null ||
    /^\/(?![/\\])/.test(location) ||
    [...OWN_PLACES, `${world.url}/`].some((place) => location.startsWith(place));
  if (!isOwn) problems.push(`${what}: a redirect to ${location}`);
}

export const ofPool =
  (
    request: (pool: Pool, world: World) => Request | Promise<Request>,
    ...kinds: readonly Pool["kind"][]
  ): Visit =>
  async (fuzz) => {
    const pool = poolOf(fuzz.world, ...kinds);
    return pool && (await ask(fuzz, await request(pool, fuzz.world))).status;
  };
