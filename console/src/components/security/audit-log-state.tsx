import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { LogSinkState } from "../../../../src/log-sinks/state.ts";
import { getAuditLog } from "../../api/audit-log.ts";
import { useLoad } from "../../api/load.ts";
import { useText } from "../../i18n/text.tsx";

/** Where this server writes its audit log, and how many records it wrote; nothing while that is not known. */
export function AuditLogState() {
  const text = useText().activity.auditLog;
  const { number } = useText().common;
  const { value: state } = useLoad(["auditLog"], getAuditLog);
  if (state === undefined) return null;
  if (state.target.kind === "nothing") return <span>{text.none}</span>;
  const counts = text.counts(number(state.delivered), number(state.lost));
  return (
    <StatusIndicator type={state.lost > 0 || state.lastError !== undefined ? "warning" : "success"}>
      <span className="wrap-anywhere">
        {text.writtenTo(nameOf(state.target))} {counts} {state.lastError}
      </span>
    </StatusIndicator>
  );

  function nameOf(target: LogSinkState["target"]): string {
    switch (target.kind) {
      case "http":
        return target.url;
      case "file":
      case "folder":
        return target.path;
      default:
        return text.serverLog;
    }
  }
}
