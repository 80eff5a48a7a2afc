import type { en } from "./en/index.ts";

/** The texts that every language has. */
export type Messages = typeof en;
