/**
 * Writes an operation's output as the body of its answer. Only members of the model are written, so that other data of
 * the operation cannot leak.
 */
import { type OperationName, type Operations, operationModel, shapeModel } from "../../api-model/index.ts";

type Writer = (value: unknown) => unknown;

const writers = new Map<string, Writer | undefined>();

/**
 * The body of a success; empty for operations whose model has no output.
 *
 * @throws TypeError the output holds a timestamp that is no number
 */
export function writeOutput<Name extends OperationName>(
  operation: Name,
  output: Operations[Name]["output"],
): string {
  const shapeName = operationModel(operation).output;
  if (shapeName === undefined) return "";
  const write = writerOf(shapeName);
  return JSON.stringify(write ? write(output) : output);
}

/** @returns undefined when values go out as they are */
function writerOf(shapeName: string): Writer | undefined {
  if (!writers.has(shapeName)) writers.set(shapeName, compile(shapeName));
  return writers.get(shapeName);
}

function compile(shapeName: string): Writer | undefined {
  const shape = shapeModel(shapeName);
  switch (shape.type) {
    case "structure":
      return compileStructure(shape.members);
    case "list": {
      const write = writerOf(shape.member);
      return write && ((value) => (value as readonly unknown[]).map(write)); // the output's type says so
    }
    case "map": {
      const write = writerOf(shape.value);
      return (value) =>
        Object.fromEntries(
          Object.entries(value ?? {})
            .sort(byName)
            .map(([key, element]) => [key, write ? write(element) : element]),
        );
    }
    case "timestamp":
      return writeTimestamp;
    case "blob":
      return (value) => Buffer.from(value as Uint8Array).toString("base64"); // the output's type says so
    default:
      return undefined;
  }
}

/** Members come in alphabetical order, as in every answer recorded in September 2026. */
function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

function compileStructure(targets: Readonly<Record<string, string>>): Writer {
  const members = Object.entries(targets)
    .sort(byName)
    .map(([name, target]) => ({ name, write: writerOf(target) }));
  return (value) => {
    const source = value as Readonly<Record<string, unknown>>; // the output's type says so
    const result: Record<string, unknown> = {};
    for (const { name, write } of members) {
      const member = source[name];
      if (member !== undefined && member !== null) result[name] = write ? write(member) : member;
    }
    return result;
  };
}

const MILLISECONDS = 1000;

/** Seconds since the Unix epoch, milliseconds as their fraction: `1547833345.777`. */
function writeTimestamp(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    throw new TypeError(`A timestamp must be a number of milliseconds, not ${String(value)}`);
  }
  return Math.round(value) / MILLISECONDS;
}
