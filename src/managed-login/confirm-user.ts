/**
 * The page behind the link of a confirmation e-mail: `GET /confirmUser?client_id=…&user_name=…&confirmation_code=…`.
 *
 * @see Developer Guide, "Customizing email verification messages", section on links
 */
import type { FastifyReply } from "fastify";
import {
  CodeMismatchException,
  ExpiredCodeException,
  ResourceNotFoundException,
  ServiceException,
  UserNotFoundException,
} from "../api-model/index.ts";
import type { Surface } from "../http/index.ts";
import type { Log } from "../log.ts";

export interface LinkRequest {
  readonly clientId: string;
  readonly username: string;
  readonly code: string;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
}

/** Confirms the user of a link. @throws ServiceException the link is invalid */
type ConfirmByLink = (request: LinkRequest) => Promise<void>;

interface Page {
  readonly status: number;
  readonly title: string;
  readonly text: string;
}

const CONFIRMED: Page = {
  status: 200,
  title: "Your registration has been confirmed",
  text: "You can close this page and sign in.",
};
const EXPIRED: Page = {
  status: 400,
  title: "This link has expired",
  text: "Have another one sent to you, and use the newest. A link works once.",
};
const INVALID: Page = {
  status: 400,
  title: "This link is not valid",
  text: "Check that the whole link was opened, or have another one sent to you.",
};
const TRY_AGAIN: Page = {
  status: 500,
  title: "Something went wrong",
  text: "Open the link again in a while.",
};

export function confirmUserSurface({
  confirm,
  log,
}: {
  readonly confirm: ConfirmByLink;
  readonly log: Log;
}): Surface {
  return async (app) => {
    // With a slash too: the Developer Guide prints it so.
    for (const url of ["/confirmUser", "/confirmUser/"]) {
      app.get(url, { exposeHeadRoute: false }, async (request, reply) => {
        const query = new URL(request.url, "http://local").searchParams;
        const link: LinkRequest = {
          clientId: query.get("client_id") ?? "",
          username: query.get("user_name") ?? "",
          code: query.get("confirmation_code") ?? "",
          sourceIp: request.ip,
          userAgent: request.headers["user-agent"],
        };
        return sendPage(reply, await pageFor(link, confirm));
      });
    }
    app.setErrorHandler((error, _request, reply) => {
      // Not the URL, which holds a code.
      log.error({ err: error }, "A confirmation link failed unexpectedly");
      return sendPage(reply, TRY_AGAIN);
    });
  };
}

async function pageFor(link: LinkRequest, confirm: ConfirmByLink): Promise<Page> {
  if (!link.clientId || !link.username || !link.code) return INVALID;
  try {
    await confirm(link);
    return CONFIRMED;
  } catch (error) {
    if (!(error instanceof ServiceException)) throw error;
    if (error instanceof ExpiredCodeException) return EXPIRED;
    const isUnknown =
      error instanceof CodeMismatchException ||
      error instanceof ResourceNotFoundException ||
      error instanceof UserNotFoundException;
    return isUnknown ? INVALID : { status: 400, title: "You could not be confirmed", text: error.message };
  }
}

function sendPage(reply: FastifyReply, { status, title, text }: Page): FastifyReply {
  return reply
    .code(status)
    .headers({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      // The link in the address bar holds a code.
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    })
    .send(pageHtml(title, text));
}

function pageHtml(title: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; display: grid; min-height: 100vh; place-items: center; color-scheme: light dark; }
  main { max-width: 26rem; padding: 2rem; }
  h1 { font-size: 1.375rem; line-height: 1.25; margin: 0 0 .5rem; }
  p { margin: 0; }
</style>
</head>
<body><main><h1>${escaped(title)}</h1><p>${escaped(text)}</p></main></body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
