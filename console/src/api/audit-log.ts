/** The state of the server's audit log. */
import type { LogSinkState } from "../../../src/log-sinks/state.ts";
import { control } from "./control.ts";

export const getAuditLog = () => control<LogSinkState>("GET", "audit-log");
