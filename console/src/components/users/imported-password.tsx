import Badge from "@cloudscape-design/components/badge";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { isDenied } from "../../api/errors.ts";
import { getImportedHashes } from "../../api/imports.ts";
import { type Loaded, useLoad } from "../../api/load.ts";
import { useText } from "../../i18n/text.tsx";

/** The kinds of imported hashes of users who have not signed in since, by their `sub`. */
export type ImportedHashes = Readonly<Record<string, string>>;

/** Of the users with these `sub`s, those whose password is an imported hash. A person without the permission sees none. */
export function useImportedHashes(poolId: string, subs: readonly string[]): Loaded<ImportedHashes> {
  return useLoad(
    ["importedHashes", poolId, ...subs],
    subs.length === 0
      ? undefined
      : () =>
          getImportedHashes(poolId, subs).catch((error): ImportedHashes => {
            if (isDenied(error)) return {};
            throw error;
          }),
  );
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
