import type { FastifyReply, FastifyRequest } from "fastify";
import { hostName } from "../../http/index.ts";
import {
  type Appearance,
  appearanceOf,
  type Page,
  type PageOwner,
  renderPage,
  type Texts,
} from "../../managed-login/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { languageLinks, textsFor } from "./language.ts";

/** Makes a page in a language. */
export type BuildPage = (texts: Texts, appearance: Appearance) => Page;

const NONCE_BYTES = 18;

export interface Answering {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly context: OperationContext;
}

/** @param owner whose branding the page has; undefined where the request named no client */
export async function sendPage(
  { request, reply, context }: Answering,
  owner: PageOwner | undefined,
  build: BuildPage,
): Promise<FastifyReply> {
  const texts = textsFor(request, reply);
  const shown = owner && { ...owner, hostName: hostName(request.host) };
  const appearance = await appearanceOf(shown, context);
  const nonce = Buffer.from(context.random.bytes(NONCE_BYTES)).toString("base64");
  const { html, contentSecurityPolicy } = renderPage(build(texts, appearance), {
    texts,
    appearance,
    nonce,
    languageLinks: languageLinks(request),
  });
  return reply
    .headers({ "cache-control": "no-store", "content-security-policy": contentSecurityPolicy })
    .type("text/html;charset=UTF-8")
    .send(html);
}
