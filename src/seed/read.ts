import { readFile } from "node:fs/promises";
import { type Seed, seedSchema } from "./schema.ts";

/** A seed that cannot be applied; the message says where it is wrong. */
export class SeedError extends Error {}

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
    throw new SeedError(`The seed file ${file} cannot be read.`, { cause: error });
  }
  // By its default export: in the bundle a CommonJS package that is loaded late has no other.
  const { default: yaml } = await import("yaml");
  let document: unknown;
  try {
    document = yaml.parse(text) ?? {};
  } catch (error) {
    throw new SeedError(`The seed file ${file} is neither YAML nor JSON: ${(error as Error).message}`, {
      cause: error,
    });
  }
  const result = seedSchema.safeParse(document);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new SeedError(`${file}: ${issue?.path.join(".") || "the file"}: ${issue?.message ?? "is wrong"}`);
}
