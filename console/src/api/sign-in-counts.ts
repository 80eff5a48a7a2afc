/** How many sign-ins a pool had, by hour. */
import type { SignInCount } from "../../../src/storage/sign-in-counts/record.ts";
import { control, ofPool } from "./control.ts";

/** `now` is the server's, whose clock may be moved. */
export const getSignInCounts = (poolId: string) =>
  control<{ readonly now: number; readonly counts: readonly SignInCount[] }>(
    "GET",
    ofPool(poolId, "sign-ins"),
  );
