/** A seed that cannot be applied; the message says where it is wrong. */
export class SeedError extends Error {}

/** Applies a part of a seed. An error names the part, because the texts of the API do not. */
export async function inPart<Result>(part: string, apply: () => Promise<Result>): Promise<Result> {
  try {
    return await apply();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new SeedError(`${part}: ${error.message.trimEnd()}`, { cause: error });
  }
}
