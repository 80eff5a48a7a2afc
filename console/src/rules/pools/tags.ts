export interface Tag {
  readonly key: string;
  readonly value: string;
}

export type TagFault = "key" | "reserved" | "twice" | "value";

const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;

export function tagFault(tags: readonly Tag[], index: number): TagFault | undefined {
  const { key = "", value = "" } = tags[index] ?? {};
  if (key === "" || key.length > MAX_KEY_LENGTH) return "key";
  if (/^aws:/i.test(key)) return "reserved";
  if (tags.some((other, at) => at !== index && other.key === key)) return "twice";
  return value.length > MAX_VALUE_LENGTH ? "value" : undefined;
}

export function areTagsValid(tags: readonly Tag[]): boolean {
  return tags.every((_tag, index) => tagFault(tags, index) === undefined);
}

export function tagsOf(record: Readonly<Record<string, string>> | undefined): Tag[] {
  return Object.entries(record ?? {}).map(([key, value]) => ({ key, value }));
}

export function tagRecord(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}
