import type { Texts } from "./languages/index.ts";

const PASSWORD_RULE = /^Password d(?:id|oes) not conform (?:with|to) (?:password )?policy: (.+)$/;

/** A message of the service in the language of the page. A message without a text, such as one of the pool's functions, stays as it is. */
export function messageText(message: string, { messages, passwordRules }: Texts): string {
  const known = own(messages, message);
  if (known !== undefined) return known;
  const rule = PASSWORD_RULE.exec(message)?.[1];
  return (rule && own(passwordRules, rule)) ?? message;
}

function own(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
