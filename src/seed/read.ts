import { readFile } from "node:fs/promises";
import { fileFault } from "../message-of.ts";
import { lineOf, parseYaml, YamlError } from "../yaml.ts";
import { SeedError } from "./places.ts";
import { type Seed, seedSchema } from "./schema.ts";

/**
 * Reads a seed file, YAML or JSON.
 *
 * @throws SeedError naming the file and the member that is wrong
 */
export async function readSeed(file: string): Promise<Seed> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new SeedError(`The seed file ${file} cannot be read: ${fileFault(error)}.`, { cause: error });
  }
  const document = await parseYaml(text).catch((error: unknown) => {
    if (!(error instanceof YamlError)) throw error;
    throw new SeedError(`The seed file ${file} is neither YAML nor JSON: ${error.message}.`, {
      cause: error,
    });
  });
  const result = seedSchema.safeParse(document ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const { message = "is wrong", path = [] } = issue ?? {};
  const line = await lineOf(text, path);
  throw new SeedError(`${file}: line ${line}: ${path.join(".") || "the file"}: ${inPlainWords(message)}`);
}

/** The schema's own message about types, which knows no missing members. */
function inPlainWords(message: string): string {
  return message.replace(/^Invalid input: expected (.+), received (.+)$/, (_, expected, received) =>
    received === "undefined" ? "is missing" : `must be of type ${expected}, and is of type ${received}`,
  );
}
