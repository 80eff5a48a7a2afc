/** The account page in a browser without a window. */
import type { Browser, Page } from "./browser.ts";
import { PASSWORD } from "./scene.ts";

/** Signs in on the way to the account page. @returns the page */
export async function signInToAccount(
  browser: Browser,
  account: string,
  { username = "alice", password = PASSWORD } = {},
): Promise<Page> {
  const back = await browser.signIn(account, username, password);
  const opened = await browser.visit(back.location);
  return browser.visit(opened.location);
}

/** Sends the form of an action. @returns the page after it */
export async function sendAction(
  browser: Browser,
  account: string,
  page: Page,
  action: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Page> {
  const answer = await browser.submit(account, page, { ...fields, action });
  return answer.status === 303 ? browser.visit(answer.location) : answer;
}
