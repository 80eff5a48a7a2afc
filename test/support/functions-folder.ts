import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface FunctionsFolder {
  /** For the setting lambdaDir. */
  readonly path: string;
  remove(): Promise<void>;
}

/** Writes a function for each name, whose body changes its `event`. */
export async function functionsFolder(bodies: Readonly<Record<string, string>>): Promise<FunctionsFolder> {
  const path = await mkdtemp(join(tmpdir(), "cognate-functions-"));
  for (const [name, body] of Object.entries(bodies)) {
    const code = `export const handler = async (event) => { ${body}\n return event; };`;
    await writeFile(join(path, `${name}.mjs`), code);
  }
  return { path, remove: () => rm(path, { recursive: true }) };
}
