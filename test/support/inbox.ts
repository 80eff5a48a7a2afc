import type { TestServer } from "./server.ts";

/** A message as the inbox of `dev` shows it. */
export interface InboxMessage {
  readonly medium: string;
  readonly destination: string;
  readonly subject?: string;
  readonly body: string;
  readonly purpose: string;
  readonly code?: string;
  readonly link?: string;
  readonly sentAt: number;
}

/** The newest message to an address, waited for if need be. */
export async function newestMessage({ url }: TestServer, destination: string): Promise<InboxMessage> {
  const query = new URLSearchParams({ destination, wait: "10", limit: "1" });
  const response = await fetch(`${url}/_cognate/inbox?${query}`);
  const { messages } = (await response.json()) as { messages: InboxMessage[] };
  const [message] = messages;
  if (message === undefined) throw new Error(`Nothing was sent to ${destination}.`);
  return message;
}

/** The code in the newest message to an address. */
export async function newestCode(server: TestServer, destination: string): Promise<string> {
  return (await newestMessage(server, destination)).code ?? "";
}

/** Takes all messages away, so that the next one is the newest. */
export async function emptyInbox({ url }: TestServer): Promise<void> {
  await fetch(`${url}/_cognate/inbox`, { method: "DELETE" });
}
