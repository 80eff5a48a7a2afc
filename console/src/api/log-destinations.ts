/** Where the ARN of a pool's logs leads on this server. */
import { control, ofPool } from "./control.ts";

export interface LogDestination {
  readonly target:
    | { readonly kind: "log" | "nothing" }
    | { readonly kind: "file" | "folder"; readonly path: string }
    | { readonly kind: "http"; readonly url: string };
  /** Since the server started. */
  readonly delivered: number;
  readonly lost: number;
  readonly lastError?: string;
}

export const getLogDestination = (poolId: string, arn: string) =>
  control<LogDestination>("GET", ofPool(poolId, `log-destination?${new URLSearchParams({ arn })}`));
