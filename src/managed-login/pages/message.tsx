import { Heading, type Notice, NoticeBox } from "../components.tsx";
import { SuccessIcon } from "../icons.tsx";
import type { Texts } from "../languages/index.ts";
import type { Page } from "../render.tsx";

export interface ErrorModel {
  readonly message: string;
  /** Where the user can begin again, if that is known. */
  readonly backHref?: string | undefined;
}

/** Errors that cannot be sent to a client: of a request that names none, or of a federation that failed early. */
export function errorPage({ message, backHref }: ErrorModel, texts: Texts): Page {
  const notice: Notice = { kind: "error", text: message };
  return {
    title: texts.error.title,
    content: (
      <>
        <Heading title={texts.error.title} />
        <NoticeBox notice={notice} />
        {backHref && (
          <div class="stack">
            <a class="button secondary" href={backHref}>
              {texts.error.back}
            </a>
          </div>
        )}
      </>
    ),
  };
}

/** A page with a message only. */
export function messagePage({
  title,
  text,
  link,
}: {
  readonly title: string;
  readonly text: string;
  readonly link?: { readonly href: string; readonly text: string } | undefined;
}): Page {
  return {
    title,
    content: (
      <>
        <div class="glyph good">
          <SuccessIcon />
        </div>
        <div class="centered">
          <Heading title={title} subtitle={text} />
        </div>
        {link && (
          <div class="stack">
            <a class="button secondary" href={link.href}>
              {link.text}
            </a>
          </div>
        )}
      </>
    ),
  };
}
