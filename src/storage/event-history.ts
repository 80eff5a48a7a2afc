/** How long sign-ins are known: Developer Guide, "Viewing and exporting user event history", has events for two years. */
export const EVENTS_KEPT_MILLISECONDS = 2 * 365 * 24 * 60 * 60 * 1000;
