import { createInterface, type Interface } from "node:readline";

/** Asks the person at the terminal or, when standard input is not one, reads an answer a line from it. */
export interface Prompt {
  /** Whether there is a person who can be asked again. */
  readonly isInteractive: boolean;
  ask(question: string): Promise<string>;
  /** As `ask`, without showing what is typed. */
  askSecret(question: string): Promise<string>;
  close(): void;
}

/** Standard input ended before every question was answered. */
export class NoAnswer extends Error {}

/** The person pressed Ctrl-C at a question. */
export class Interrupted extends Error {}

/** Questions go to standard error, so that standard output holds the result alone. */
export function createPrompt(input: NodeJS.ReadStream, output: NodeJS.WritableStream): Prompt {
  return input.isTTY ? terminalPrompt({ input, output }) : linePrompt(input);
}

function terminalPrompt(streams: { input: NodeJS.ReadStream; output: NodeJS.WritableStream }): Prompt {
  return {
    isInteractive: true,
    ask: async (message) => {
      const { input } = await import("@inquirer/prompts");
      return input({ message }, streams).catch(rethrow);
    },
    askSecret: async (message) => {
      const { password } = await import("@inquirer/prompts");
      return password({ message, toggleMask: false }, streams).catch(rethrow);
    },
    close: () => streams.input.pause(),
  };
}

function rethrow(error: unknown): never {
  if (error instanceof Error && error.name === "ExitPromptError") throw new Interrupted();
  throw error;
}

function linePrompt(input: NodeJS.ReadableStream): Prompt {
  let reader: Interface | undefined;
  let lines: AsyncIterator<string> | undefined;
  const next = async () => {
    reader ??= createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    lines ??= reader[Symbol.asyncIterator]();
    const line = await lines.next();
    if (line.done) throw new NoAnswer("Standard input ended before every question was answered.");
    return line.value;
  };
  return { isInteractive: false, ask: next, askSecret: next, close: () => reader?.close() };
}
