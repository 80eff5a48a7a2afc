import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { LogSinkState } from "../../../../src/log-sinks/state.ts";
import { useLoad } from "../../api/load.ts";
import { getLogDestination } from "../../api/log-destinations.ts";
import { useText } from "../../i18n/text.tsx";

/** The destination of an ARN on this server, and the state of its records. */
export function useLogDestination(poolId: string, arn: string | undefined) {
  return useLoad(
    ["logDestination", poolId, arn],
    arn === undefined ? undefined : () => getLogDestination(poolId, arn),
  );
}

/** Where the ARN of a log leads; a dash while that is not known. */
export function LogTarget({ destination }: { readonly destination: LogSinkState | undefined }) {
  const text = useText().logDelivery;
  if (destination === undefined) return "–";
  const { target } = destination;
  if (target.kind === "nothing")
    return <StatusIndicator type="warning">{text.targets.nothing}</StatusIndicator>;
  return (
    <StatusIndicator type="success">
      <span className="wrap-anywhere">{nameOf()}</span>
    </StatusIndicator>
  );

  function nameOf(): string {
    switch (target.kind) {
      case "http":
        return target.url;
      case "file":
        return target.path;
      case "folder":
        return text.inFolder(target.path);
      default:
        return text.targets.log;
    }
  }
}
