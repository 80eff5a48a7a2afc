/** The target of a log destination's ARN on this server. */
import type { LogSinkState } from "../../../src/log-sinks/state.ts";
import { control, ofPool } from "./control.ts";

export const getLogDestination = (poolId: string, arn: string) =>
  control<LogSinkState>("GET", ofPool(poolId, `log-destination?${new URLSearchParams({ arn })}`));
