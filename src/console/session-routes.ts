/** `/console/api/…`: who is signed in, signing in and out, and the credentials that the page signs its calls with. */
import type { FastifyInstance } from "fastify";
import * as z from "zod";
import { Overloaded } from "../crypto/index.ts";
import { IamError, type SignedIn } from "../iam/index.ts";
import type { ConsoleBackend } from "./backend.ts";
import { factsOf, markUsed, Refused, type RouteContext, setSessionCookie } from "./request.ts";
import { cookieName, cookieOptions, endIdOf, endSession, startSession } from "./sessions.ts";

/** How long the page's credentials live: the least that STS gives. They end with the session. */
const CREDENTIAL_SECONDS = 900;

const signInBody = z.union([
  z.object({
    userName: z.string().min(1).max(64),
    password: z.string().min(1).max(128),
    /** Sent by a user who has to change the password first. */
    newPassword: z.string().min(1).max(128).optional(),
  }),
  z.object({ accessKeyId: z.string().min(16).max(128), secretAccessKey: z.string().min(1).max(128) }),
]);

export function registerSessionRoutes(
  app: FastifyInstance,
  { backend, open, requireVisitor }: RouteContext,
): void {
  const { principals, signInLimits: limits } = backend;

  app.get("/console/api/me", async (request) => {
    const visitor = await open(request).visitor();
    return {
      ...backend.info(),
      signedIn: visitor !== undefined,
      canSkipSignIn: open(request).canSkipSignIn,
      ...(visitor === undefined
        ? {}
        : {
            arn: visitor.principal.arn,
            userName: visitor.principal.userName,
            isLocal: visitor.session === undefined,
          }),
    };
  });

  app.post("/console/api/sign-in", async (request, reply) => {
    const consoleRequest = open(request);
    const body = signInBody.safeParse(consoleRequest.json());
    if (!body.success)
      throw new Refused(400, "Give userName and password, or accessKeyId and secretAccessKey.");

    const name = "userName" in body.data ? body.data.userName.toLowerCase() : body.data.accessKeyId;
    const wait = await limits.take(name, request.ip);
    if (wait > 0) {
      reply.header("retry-after", String(wait));
      throw new Refused(429, "Too many attempts. Wait a little, then try again.");
    }
    const found = await identify(principals, body.data).catch(async (error: unknown) => {
      if (error instanceof Overloaded) await limits.notTried(name, request.ip);
      throw error;
    });
    const attempt = {
      at: backend.clock.now(),
      sourceIp: request.ip,
      userAgent: request.headers["user-agent"],
    };
    if (found === undefined) {
      backend.onSignIn({ ...attempt, user: undefined });
      backend.log.warn({ ip: request.ip }, "A sign-in to the console failed");
      throw new Refused(401, "Your authentication information is incorrect. Please try again.");
    }
    await limits.succeeded(name, request.ip);

    const newPassword = "newPassword" in body.data ? body.data.newPassword : undefined;
    if (found.mustChangePassword && newPassword === undefined) return { mustChangePassword: true };
    const signedIn =
      "userName" in body.data && newPassword !== undefined
        ? await principals
            .changePassword(
              found.person,
              { before: body.data.password, after: newPassword },
              factsOf(request, backend),
            )
            .catch(refuse)
        : found;

    const before = await consoleRequest.session();
    if (before !== undefined) await endSession(backend, before);
    const session = startSession(backend, signedIn.person, signedIn.proof);
    setSessionCookie(backend, session, consoleRequest.isSecure, reply);
    const { userName, userId, arn } = found.person;
    backend.onSignIn({ ...attempt, user: { name: userName, id: userId, arn } });
    backend.log.info({ arn: found.person.arn, ip: request.ip }, "A user signed in to the console");
    return { arn: found.person.arn };
  });

  app.post("/console/api/credentials", async (request, reply) => {
    const { principal, session } = await requireVisitor(request);
    // The page asks for new credentials on activity after the old ones expired. This keeps a session alive.
    await markUsed(backend, request, reply);
    const credentials = await principals.issueCredentials(
      principal,
      CREDENTIAL_SECONDS,
      session && { proof: session.proof, endId: endIdOf(session) },
    );
    const { region, accountId } = backend.info();
    return {
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey,
      sessionToken: credentials.sessionToken,
      expiration: new Date(credentials.expiresAt).toISOString(),
      // The page's own clock may be wrong, or this server's moved: the difference is what counts.
      now: new Date(backend.clock.now()).toISOString(),
      region,
      accountId,
      arn: principal.arn,
    };
  });

  app.post("/console/api/sign-out", async (request, reply) => {
    const consoleRequest = open(request);
    const session = await consoleRequest.session();
    if (session !== undefined) await endSession(backend, session);
    const { isSecure } = consoleRequest;
    reply.clearCookie(cookieName(isSecure), cookieOptions(isSecure));
    return {};
  });
}

async function identify(
  principals: ConsoleBackend["principals"],
  given: z.infer<typeof signInBody>,
): Promise<(SignedIn & { readonly mustChangePassword: boolean }) | undefined> {
  if ("userName" in given) return principals.verifyPassword(given.userName, given.password);
  const found = await principals.verifyAccessKey(given.accessKeyId, given.secretAccessKey);
  return found && { ...found, mustChangePassword: false };
}

/** Gives the page IAM's refusal in its own words. */
function refuse(error: unknown): never {
  if (error instanceof IamError) throw new Refused(error.status, error.message);
  throw error;
}
