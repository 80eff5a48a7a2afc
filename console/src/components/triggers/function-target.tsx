import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { FunctionTarget } from "../../../../src/lambda/target.ts";
import { useText } from "../../i18n/text.tsx";

/** Where the ARN of a function leads; a dash while that is not known. */
export function FunctionTargetLabel({ target }: { readonly target: FunctionTarget | undefined }) {
  const text = useText().functions;
  switch (target?.kind) {
    case undefined:
      return "–";
    case "file":
      return (
        <StatusIndicator type="success">
          <span className="wrap-anywhere">
            {target.exportName === "handler" ? target.file : `${target.file} (${target.exportName})`}
          </span>
        </StatusIndicator>
      );
    case "endpoint":
      return (
        <StatusIndicator type="info">
          <span className="wrap-anywhere">{text.endpoint(target.endpoint)}</span>
        </StatusIndicator>
      );
    case "nothing":
      return (
        <StatusIndicator type="warning">
          <span className="wrap-anywhere">{text.nothing(target.lookedFor)}</span>
        </StatusIndicator>
      );
  }
}
