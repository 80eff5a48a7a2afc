/**
 * Claims as attributes have them: text. Those that are nested too deeply to be written are left out.
 *
 * @see Developer Guide, "Specifying identity provider attribute mappings"
 */
export function claimsAsText(claims: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(claims).flatMap(([name, value]) => {
      const text = writable(value);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

function writable(value: unknown): string | undefined {
  try {
    return asText(value);
  } catch {
    // No stack suffices for it.
    return undefined;
  }
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
