/**
 * Checks of policy documents before they are stored, and the policies attached to users and roles.
 */
export { checkedPolicy, checkManagedPolicy, readTrustPolicy, shownTrustPolicy } from "./documents.ts";
export {
  attachedPage,
  checkAttachable,
  checkBoundary,
  checkInlineSize,
  type HolderKind,
  inlinePolicy,
  withAttached,
  withBoundary,
  withDetached,
  withInline,
  withoutInline,
} from "./holders.ts";
export { checkChangeable, requireVersion, versionSummary, versionsOf } from "./versions.ts";
