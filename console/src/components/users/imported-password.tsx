import Badge from "@cloudscape-design/components/badge";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { getImportedHashes } from "../../api/imports.ts";
import { useLoad } from "../../api/load.ts";
import { useText } from "../../i18n/text.tsx";

/** Of the users with these `sub`s, those whose password is an imported hash. A person without the permission sees none. */
export function useImportedHashes(poolId: string, subs: readonly string[]): Readonly<Record<string, string>> {
  const { value } = useLoad(
    ["importedHashes", poolId, ...subs],
    subs.length === 0 ? undefined : () => getImportedHashes(poolId, subs).catch(() => ({})),
  );
  return value ?? {};
}

/** Marks a user in a list who cannot use SRP yet. */
export function ImportedHashBadge() {
  return <Badge color="grey">{useText().imports.importedHashShort}</Badge>;
}

/** The note about an imported hash on a user's page. */
export function ImportedPassword({ kind }: { readonly kind: string }) {
  const text = useText().imports;
  return <StatusIndicator type="info">{text.importedHash(kind)}</StatusIndicator>;
}
