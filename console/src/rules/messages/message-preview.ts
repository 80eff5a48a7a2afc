import { asHtml, fillIn, fillInLink } from "../../../../src/user-pools/messages/fill-in.ts";
import type { MessageTexts } from "./messages.ts";

/** Made-up values of the placeholders. */
const VALUES = { username: "jane", "####": "123456" };
const LINK = "https://example.com/confirmUser";

export interface PreviewedMessage {
  readonly subject: string;
  /** A whole document. */
  readonly emailHtml: string;
  readonly sms: string;
}

/** A message with its placeholders filled in as the server does it: a subject has none. */
export function previewOf({ subject, email, sms }: MessageTexts): PreviewedMessage {
  const inHtml = Object.fromEntries(Object.entries(VALUES).map(([name, value]) => [name, asHtml(value)]));
  return {
    subject,
    emailHtml: emailDocument(fillInLink(fillIn(email, inHtml), LINK)),
    sms: fillIn(sms, VALUES),
  };
}

const STYLE = "body{margin:16px;font:14px/1.5 system-ui,sans-serif;color:#0f141a;background:#fff}";

/** The document of an email for a frame. Its links open a window of their own. */
export function emailDocument(body: string): string {
  return `<html lang="en"><head><base target="_blank"><style>${STYLE}</style></head><body>${body}</body></html>`;
}
