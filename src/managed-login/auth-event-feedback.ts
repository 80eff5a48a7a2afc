/**
 * The page behind the links of a notification of a risky sign-in:
 * `GET /authEventFeedback?user_pool_id=…&user_name=…&event_id=…&feedback_value=…&feedback_token=…`.
 *
 * Opening the link changes nothing: mail scanners open every link. The button of the page does.
 */
import { ServiceException } from "../api-model/index.ts";
import type { Surface } from "../http/index.ts";
import type { Log } from "../log.ts";

export interface FeedbackRequest {
  readonly UserPoolId: string;
  readonly Username: string;
  readonly EventId: string;
  readonly FeedbackToken: string;
  readonly FeedbackValue: "Valid" | "Invalid";
}

/** Gives the feedback. @throws ServiceException the link is invalid */
export type GiveFeedback = (feedback: FeedbackRequest) => Promise<void>;

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  // The link in the address bar holds a token.
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

const FORM = "application/x-www-form-urlencoded";

export function eventFeedbackSurface({ give, log }: { give: GiveFeedback; log: Log }): Surface {
  return async (app) => {
    // The form has no fields: all that counts is in its address.
    if (!app.hasContentTypeParser(FORM)) {
      app.addContentTypeParser(FORM, { parseAs: "string" }, (_request, _body, done) => done(null));
    }
    app.get("/authEventFeedback", { exposeHeadRoute: false }, async (request, reply) => {
      const feedback = feedbackOf(request.url);
      if (feedback === undefined) return reply.code(400).headers(HEADERS).send(INVALID);
      return reply.headers(HEADERS).send(question(feedback.FeedbackValue));
    });
    app.post("/authEventFeedback", async (request, reply) => {
      const feedback = feedbackOf(request.url);
      if (feedback === undefined) return reply.code(400).headers(HEADERS).send(INVALID);
      try {
        await give(feedback);
      } catch (error) {
        if (!(error instanceof ServiceException)) throw error;
        return reply.code(400).headers(HEADERS).send(INVALID);
      }
      return reply.headers(HEADERS).send(THANKS);
    });
    app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
      // Fastify's own, for a body that is no form.
      if (error.statusCode !== undefined && error.statusCode < 500)
        return reply.code(error.statusCode).headers(HEADERS).send(INVALID);
      // Not the URL, which holds a token.
      log.error({ err: error }, "The feedback of a sign-in failed unexpectedly");
      return reply.code(500).headers(HEADERS).send(TRY_AGAIN);
    });
  };
}

function feedbackOf(url: string): FeedbackRequest | undefined {
  const query = new URL(url, "http://local").searchParams;
  const value = query.get("feedback_value");
  if (value !== "Valid" && value !== "Invalid") return undefined;
  const feedback = {
    UserPoolId: query.get("user_pool_id") ?? "",
    Username: query.get("user_name") ?? "",
    EventId: query.get("event_id") ?? "",
    FeedbackToken: query.get("feedback_token") ?? "",
    FeedbackValue: value,
  } as const;
  return Object.values(feedback).every((text) => text !== "") ? feedback : undefined;
}

const page = (title: string, content: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; display: grid; min-height: 100vh; place-items: center; color-scheme: light dark; }
  main { max-width: 26rem; padding: 2rem; }
  h1 { font-size: 1.375rem; line-height: 1.25; margin: 0 0 .5rem; }
  p { margin: 0 0 1rem; }
  button { font: inherit; padding: .5rem 1rem; }
</style>
</head>
<body><main><h1>${title}</h1>${content}</main></body>
</html>
`;

const question = (value: "Valid" | "Invalid") =>
  value === "Valid"
    ? page(
        "Was this sign-in yours?",
        '<form method="post"><p>Confirm it, so that the device and place are known.</p><button>Yes, it was me</button></form>',
      )
    : page(
        "Was this sign-in not yours?",
        '<form method="post"><p>Report it, so that sign-ins from there are treated as risky. Change your password, too.</p><button>No, it was not me</button></form>',
      );

const THANKS = page("Thank you", "<p>Your answer was noted. You can close this page.</p>");
const INVALID = page("This link is not valid", "<p>It may be too old, or was not opened as a whole.</p>");
const TRY_AGAIN = page("Something went wrong", "<p>Try again in a while.</p>");
