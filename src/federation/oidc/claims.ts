/** Claims as attributes have them: text. @see Developer Guide, "Specifying identity provider attribute mappings" */
export function claimsAsText(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => {
      const text = asText(value);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `[${value.map((item) => encoded(asText(item) ?? "")).join(", ")}]`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** As in a form, where `. - * _` stay as they are. */
function encoded(text: string): string {
  return new URLSearchParams([["", text]]).toString().slice(1);
}
