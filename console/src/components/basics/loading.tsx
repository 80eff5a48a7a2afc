import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import type { Loaded } from "../../api/load.ts";
import { useText } from "../../i18n/text.tsx";
import { ProblemAlert } from "./problem.tsx";

/** Shows a loaded value; before that the progress of loading, or its error. */
export function Loading<T>({
  loaded,
  children,
}: {
  readonly loaded: Loaded<T>;
  readonly children: (value: T) => ReactNode;
}) {
  const text = useText().common;
  if (loaded.error !== undefined)
    return (
      <Box padding={{ vertical: "m" }}>
        <ProblemAlert error={loaded.error} onRetry={loaded.reload} />
      </Box>
    );
  if (loaded.value === undefined)
    return (
      <Box padding="m" textAlign="center">
        <StatusIndicator type="loading">{text.loading}</StatusIndicator>
      </Box>
    );
  return children(loaded.value);
}

/** The empty state of a list, with an action that creates the first item. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <Box margin={{ vertical: "xs" }} textAlign="center" color="text-body-secondary">
      <SpaceBetween size="m">
        <div>
          <Box variant="strong" color="inherit">
            {title}
          </Box>
          {children && (
            <Box variant="p" color="inherit">
              {children}
            </Box>
          )}
        </div>
        {action}
      </SpaceBetween>
    </Box>
  );
}
