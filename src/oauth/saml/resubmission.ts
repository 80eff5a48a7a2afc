import { hash } from "node:crypto";
import type { FastifyReply } from "fastify";

const SCRIPT = "document.forms[0].submit()";
const SCRIPT_SOURCE = `'sha256-${hash("sha256", SCRIPT, "base64")}'`;

/**
 * A page that sends a form again. Browsers keep SameSite=Lax cookies from a POST that another site began, which every answer
 * by SAML's POST binding is; the second one is begun by this page.
 */
export function sendResubmission(
  reply: FastifyReply,
  fields: Readonly<Record<string, string>>,
): FastifyReply {
  const hidden = Object.entries({ ...fields, resubmitted: "true" }).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return reply
    .headers({
      "cache-control": "no-store",
      "content-security-policy": `default-src 'none';script-src ${SCRIPT_SOURCE};base-uri 'none';frame-ancestors 'none'`,
    })
    .type("text/html;charset=UTF-8")
    .send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sign in</title>
<form method="post">
${hidden.join("\n")}
<noscript><button type="submit">Continue</button></noscript>
</form>
<script>${SCRIPT}</script>
`);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
