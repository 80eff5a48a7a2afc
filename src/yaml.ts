/** A text that is neither YAML nor JSON. The message says why and where, and holds nothing of the text: that may be a secret. */
export class YamlError extends Error {}

/**
 * Reads YAML, of which JSON is a part.
 *
 * @throws YamlError
 */
export async function parseYaml(text: string): Promise<unknown> {
  // By its default export: in the bundle a CommonJS package that is loaded late has no other.
  const { default: yaml } = await import("yaml");
  try {
    // Warnings would go to standard error with the line that they are about.
    return yaml.parse(text, { logLevel: "error" });
  } catch (error) {
    // Of the parser's message only the first line is its own; the lines after it are the text's. Its other errors name values.
    const reason = error instanceof yaml.YAMLParseError ? firstLine(error.message) : "an alias has no anchor";
    throw new YamlError(reason);
  }
}

function firstLine(message: string): string {
  return (message.split("\n", 1)[0] ?? "").replace(/:$/, "");
}
