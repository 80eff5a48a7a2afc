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

/** The line of the value at a path, or of the nearest one around it. The text must be one that {@link parseYaml} read. */
export async function lineOf(text: string, path: readonly PropertyKey[]): Promise<number> {
  const { default: yaml } = await import("yaml");
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, logLevel: "error" });
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (yaml.isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function firstLine(message: string): string {
  return (message.split("\n", 1)[0] ?? "").replace(/:$/, "");
}
