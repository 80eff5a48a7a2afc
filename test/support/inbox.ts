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

/** Messages of the inbox, the newest first. @param query as `GET /_cognate/inbox` takes it */
export async function inbox(
  { url }: Pick<TestServer, "url">,
  query: Readonly<Record<string, string>>,
): Promise<InboxMessage[]> {
  const response = await fetch(`${url}/_cognate/inbox?${new URLSearchParams(query)}`);
  const { messages } = (await response.json()) as { messages: InboxMessage[] };
  return messages;
}

/** The newest message to an address, waited for if need be. */
export async function newestMessage(server: TestServer, destination: string): Promise<InboxMessage> {
  const [message] = await inbox(server, { destination, wait: "10", limit: "1" });
  if (message === undefined) throw new Error(`Nothing was sent to ${destination}.`);
  return message;
}

/** The code in the newest message to an address. */
export async function newestCode(server: TestServer, destination: string): Promise<string> {
  const { code } = await newestMessage(server, destination);
  if (code === undefined) throw new Error(`The newest message to ${destination} has no code.`);
  return code;
}

/** Takes all messages away, so that the next one is the newest. */
export async function emptyInbox({ url }: TestServer): Promise<void> {
  await fetch(`${url}/_cognate/inbox`, { method: "DELETE" });
}
