import { ServiceException } from "../../api-model/index.ts";
import { Overloaded } from "../../crypto/index.ts";
import { messageText, type Notice, type Texts } from "../../managed-login/index.ts";

/** The message of a page about the step before; it depends on the language. */
export type Tell = (texts: Texts) => Notice | undefined;

export const tellNothing: Tell = () => undefined;

export function tellError(textOf: (texts: Texts) => string): Tell {
  return (texts) => ({ kind: "error", text: textOf(texts) });
}

export function tellSuccess(textOf: (texts: Texts) => string): Tell {
  return (texts) => ({ kind: "success", text: textOf(texts) });
}

export const tellExpiredForm = tellError((texts) => texts.error.expiredForm);

export function tellMessage(message: string): Tell {
  return tellError((texts) => messageText(message, texts));
}

/** The message of a refusal. @throws an error that is not a refusal but a defect */
export function tellRefusal(error: unknown): Tell {
  if (error instanceof ServiceException) return tellMessage(error.message);
  if (error instanceof Overloaded) return tellError((texts) => texts.error.busy);
  throw error;
}
