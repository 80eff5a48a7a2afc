/** Calls between the program and its processes, over the channel that Node opens between a process and its children. */
import { messageOf } from "../../message-of.ts";

type Calls = Readonly<Record<string, (...args: never[]) => unknown>>;

export interface Channel<Remote extends Calls> {
  /** @throws Error the other side failed, or has ended */
  ask<Name extends keyof Remote & string>(
    name: Name,
    ...args: Parameters<Remote[Name]>
  ): Promise<Awaited<ReturnType<Remote[Name]>>>;
}

/** This process, or a child of it. */
export interface Peer {
  send?(message: object, sent: (error: Error | null) => void): boolean;
  on(event: "message", listener: (message: Message) => void): unknown;
  on(event: "disconnect", listener: () => void): unknown;
}

type Message =
  | { readonly question: number; readonly name: string; readonly args: readonly never[] }
  | { readonly answer: number; readonly value?: unknown }
  | { readonly answer: number; readonly failure: string };

/** @param answers the calls of this side, by the names that the other side asks for */
export function openChannel<Remote extends Calls>(peer: Peer, answers: Calls): Channel<Remote> {
  const waiting = new Map<number, PromiseWithResolvers<never>>();
  let questions = 0;
  // Nobody waits for an answer that cannot be sent: the other side has ended.
  const send = (message: Message, failed: (error: Error) => void = () => undefined) =>
    peer.send?.(message, (error) => error !== null && failed(error));

  async function answer(question: number, name: string, args: readonly never[]): Promise<void> {
    try {
      send({ answer: question, value: await answers[name]?.(...args) });
    } catch (error) {
      send({ answer: question, failure: messageOf(error) });
    }
  }

  peer.on("message", (message) => {
    if ("question" in message) return void answer(message.question, message.name, message.args);
    const asked = waiting.get(message.answer);
    waiting.delete(message.answer);
    if ("failure" in message) asked?.reject(new Error(message.failure));
    // It is what the other side's call of this name returns.
    else asked?.resolve(message.value as never);
  });
  peer.on("disconnect", () => {
    for (const asked of waiting.values()) asked.reject(new Error("The other process has ended."));
    waiting.clear();
  });
  return {
    ask(name, ...args) {
      const asked = Promise.withResolvers<never>();
      const question = questions++;
      waiting.set(question, asked);
      send({ question, name, args }, asked.reject);
      return asked.promise;
    },
  };
}
