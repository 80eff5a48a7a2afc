/** Developer Guide, "Tagging Amazon Cognito resources": tags per resource. */
const MAX_TAGS = 50;

/**
 * The fault in a pool's tags, if there is one. The texts are ours: Cognito's are not known.
 *
 * @see Developer Guide, "Tagging Amazon Cognito resources"
 */
export function problemWithTags(tags: Readonly<Record<string, string>>): string | undefined {
  const keys = Object.keys(tags);
  const reserved = keys.find((key) => key.toLowerCase().startsWith("aws:"));
  if (reserved !== undefined) return `Tag keys must not start with aws:, as ${reserved} does.`;
  if (keys.length > MAX_TAGS) return `A user pool can have at most ${MAX_TAGS} tags.`;
  return undefined;
}
