import type { en } from "./en/index.ts";

/** What every language has to say. */
export type Messages = typeof en;
