import { createInterface, type Interface } from "node:readline";

/** Asks the person at the terminal or, when standard input is not one, reads an answer a line from it. */
export interface Prompt {
  ask(question: string): Promise<string>;
  /** As `ask`, without showing what is typed. */
  askSecret(question: string): Promise<string>;
  close(): void;
}

/** There was no answer: the input ended, or the person pressed Ctrl-C. */
export class NoAnswer extends Error {}

/** Questions go to standard error, so that standard output holds the result alone. */
export function createPrompt(input: NodeJS.ReadStream, output: NodeJS.WritableStream): Prompt {
  if (!input.isTTY) return linePrompt(input);
  return {
    ask: (question) => readKeys(input, output, question, true),
    askSecret: (question) => readKeys(input, output, question, false),
    close: () => input.pause(),
  };
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
  return { ask: next, askSecret: next, close: () => reader?.close() };
}

const ENTER = new Set(["\r", "\n"]);
const ERASE = new Set(["\b", "\x7f"]);
const INTERRUPT = "\x03";
const END_OF_INPUT = "\x04";
const ERASE_LINE = "\x15";

/** Reads a line key by key, so that a secret is never on the screen. */
function readKeys(
  input: NodeJS.ReadStream,
  output: NodeJS.WritableStream,
  question: string,
  isShown: boolean,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let typed: string[] = [];
    const finish = (end: () => void) => {
      input.off("data", onData);
      input.setRawMode(false);
      input.pause();
      output.write("\n");
      end();
    };
    const onData = (chunk: Buffer | string) => {
      for (const key of String(chunk)) {
        if (ENTER.has(key)) return finish(() => resolve(typed.join("")));
        if (key === INTERRUPT || (key === END_OF_INPUT && typed.length === 0)) {
          return finish(() => reject(new NoAnswer("Interrupted.")));
        }
        if (ERASE.has(key)) {
          if (isShown && typed.length > 0) output.write("\b \b");
          typed.pop();
        } else if (key === ERASE_LINE) {
          if (isShown) output.write("\b \b".repeat(typed.length));
          typed = [];
        } else if (key >= " ") {
          typed.push(key);
          if (isShown) output.write(key);
        }
      }
    };
    input.setEncoding("utf8");
    input.setRawMode(true);
    input.resume();
    input.on("data", onData);
    // Asked last: what is typed before the terminal is in raw mode would be shown.
    output.write(question);
  });
}
