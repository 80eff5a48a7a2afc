import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useText } from "../../i18n/text.tsx";

type Type = StatusIndicatorProps.Type;

const typeOf: Readonly<Record<string, Type>> = {
  CONFIRMED: "success",
  FORCE_CHANGE_PASSWORD: "pending",
  RESET_REQUIRED: "pending",
  UNCONFIRMED: "pending",
  EXTERNAL_PROVIDER: "info",
  COMPROMISED: "error",
  ARCHIVED: "stopped",
};

export function ConfirmationStatus({ status = "UNKNOWN" }: { readonly status?: string | undefined }) {
  const labels: Readonly<Record<string, string>> = useText().users.statuses;
  return <StatusIndicator type={typeOf[status] ?? "info"}>{labels[status] ?? status}</StatusIndicator>;
}

export function EnabledStatus({ isEnabled }: { readonly isEnabled: boolean }) {
  const text = useText().common;
  return (
    <StatusIndicator type={isEnabled ? "success" : "stopped"}>
      {isEnabled ? text.enabled : text.disabled}
    </StatusIndicator>
  );
}
