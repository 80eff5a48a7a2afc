/** The origin that a browser says a ceremony took place on; undefined for what is no client data. */
export function originOf(clientDataJson: unknown): string | undefined {
  if (typeof clientDataJson !== "string") return undefined;
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJson, "base64url").toString("utf8"));
    const origin = (data as { readonly origin?: unknown } | null)?.origin;
    return typeof origin === "string" ? origin : undefined;
  } catch {
    return undefined;
  }
}
