import { readFile } from "node:fs/promises";
import { fileFault } from "../message-of.ts";
import { parseYaml, YamlError } from "../yaml.ts";
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
  throw new SeedError(`${file}: ${issue?.path.join(".") || "the file"}: ${issue?.message ?? "is wrong"}`);
}
