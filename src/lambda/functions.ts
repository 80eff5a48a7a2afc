import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Log } from "../log.ts";
import { LocalFunction } from "./local-function.ts";
import type { Invocation, InvocationOutcome } from "./outcome.ts";
import { createRemoteFunctions, type RemoteFunctions } from "./remote.ts";
import type { FunctionTarget } from "./target.ts";

/** A function that the configuration maps to a file, in place of the one that its name leads to. */
interface MappedFunction {
  /** Absolute path. */
  readonly file: string;
  readonly exportName: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface FunctionsOptions {
  /** Folder of functions by name. */
  readonly folder?: string | undefined;
  /** By ARN or name. */
  readonly mapped: Readonly<Record<string, MappedFunction>>;
  /** Where functions without a file are: the URL of a Lambda API, or AWS. */
  readonly endpoint?: string | undefined;
  /** Whether changed files are reloaded. */
  readonly reloads: boolean;
  /** The environment of every local function. */
  readonly environment: () => Readonly<Record<string, string>>;
  readonly log: Log;
}

/** The functions that triggers name. */
export interface Functions {
  targetOf(arn: string): FunctionTarget;
  invoke(invocation: Invocation): Promise<InvocationOutcome>;
  close(): Promise<void>;
}

const EXTENSIONS = ["mjs", "js", "cjs", "mts", "ts"];
/** Shown in place of the file that was looked for. */
export const NO_FOLDER = "no --lambda-dir is set";

const MEMORY_MEGABYTES = 128;

/** Names that lead out of the folder are none. @see Lambda API Reference, "FunctionName" */
const ARN = /^arn:aws[\w-]*:lambda:([\w-]+):\d{12}:function:([\w-]+)(?::([\w$-]+))?$/;

export function createFunctions(options: FunctionsOptions): Functions {
  const local = new Map<string, LocalFunction>();
  let remote: RemoteFunctions | undefined;

  // A map: a function can be called `constructor`.
  const mappings = new Map(Object.entries(options.mapped));

  const targetOf = (arn: string): FunctionTarget => {
    const [, , name = ""] = ARN.exec(arn) ?? [];
    const mapped = mappings.get(arn) ?? mappings.get(name);
    if (mapped) return { kind: "file", file: mapped.file, exportName: mapped.exportName };
    const candidates = options.folder === undefined || name === "" ? [] : filesOf(options.folder, name);
    const file = candidates.find((candidate) => existsSync(candidate));
    if (file) return { kind: "file", file, exportName: "handler" };
    if (options.endpoint !== undefined) return { kind: "endpoint", endpoint: options.endpoint };
    const lookedFor =
      options.folder === undefined
        ? undefined
        : join(resolve(options.folder), `${name}.{${EXTENSIONS.join(",")}}`);
    return { kind: "nothing", lookedFor };
  };

  const localOf = (arn: string, file: string, exportName: string): LocalFunction => {
    const [, region = "", name = ""] = ARN.exec(arn) ?? [];
    const key = `${arn} ${file} ${exportName}`;
    const known = local.get(key);
    if (known) return known;
    const { log, reloads } = options;
    const made = new LocalFunction({
      file,
      exportName,
      functionName: name,
      memoryMegabytes: MEMORY_MEGABYTES,
      environment: {
        AWS_REGION: region,
        AWS_DEFAULT_REGION: region,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MEMORY_MEGABYTES),
        AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split(".")[0]}.x`,
        TZ: ":UTC",
        ...options.environment(),
        ...(mappings.get(arn) ?? mappings.get(name))?.environment,
      },
      onOutput: (line, requestId) => log.info({ function: name, requestId }, line),
      reloads,
    });
    local.set(key, made);
    return made;
  };

  return {
    targetOf,
    async invoke(invocation) {
      const target = targetOf(invocation.arn);
      switch (target.kind) {
        case "file":
          return localOf(invocation.arn, target.file, target.exportName).invoke(invocation);
        case "endpoint":
          remote ??= createRemoteFunctions(target.endpoint);
          return remote.invoke(invocation);
        case "nothing":
          return {
            kind: "not invoked",
            reason: "ResourceNotFoundException",
            detail: target.lookedFor ?? NO_FOLDER,
          };
      }
    },
    async close() {
      await Promise.all([...local.values()].map((one) => one.close()));
      remote?.close();
    },
  };
}

function filesOf(folder: string, name: string): string[] {
  const bases = [join(resolve(folder), name), join(resolve(folder), name, "index")];
  return bases.flatMap((base) => EXTENSIONS.map((extension) => `${base}.${extension}`));
}
