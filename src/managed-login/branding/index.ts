/** What an app client's pages look like: its branding style or classic customization as an {@link Appearance}. */
import type { AppClientRecord, UserPoolRecord } from "../../storage/index.ts";
import type { OperationContext } from "../../user-pools/index.ts";
import { type Appearance, defaultAppearance } from "../appearance.ts";

/** Whose pages are shown. Pages of errors may know neither. */
export interface PageOwner {
  readonly pool: UserPoolRecord;
  readonly client: AppClientRecord;
}

export async function appearanceOf(
  _owner: PageOwner | undefined,
  _context: OperationContext,
): Promise<Appearance> {
  return defaultAppearance;
}
