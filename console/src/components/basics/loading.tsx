import Box from "@cloudscape-design/components/box";
import ContentLayout from "@cloudscape-design/components/content-layout";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { ReactNode } from "react";
import type { Loaded } from "../../api/load.ts";
import { useText } from "../../i18n/text.tsx";
import { PageHeader } from "./page-header.tsx";
import { ProblemAlert } from "./problem.tsx";

interface LoadingProps<T> {
  readonly loaded: Loaded<T>;
  /** For a page whose heading comes with the value: the heading above an error. */
  readonly title?: string;
  readonly children: (value: T) => ReactNode;
}

/**
 * Shows a loaded value; before that the progress of loading, or its error. A value that could not be loaded again stays, with
 * what was typed in its forms, under the error.
 */
export function Loading<T>({ loaded, title, children }: LoadingProps<T>) {
  const text = useText().common;
  const problem = loaded.error !== undefined && (
    <Box padding={{ vertical: "m" }}>
      <ProblemAlert error={loaded.error} onRetry={loaded.reload} />
    </Box>
  );
  if (loaded.value !== undefined)
    return (
      <>
        {problem}
        {children(loaded.value)}
      </>
    );
  if (problem)
    return title === undefined ? (
      problem
    ) : (
      <ContentLayout header={<PageHeader title={title} />}>{problem}</ContentLayout>
    );
  return (
    <Box padding="m" textAlign="center">
      <StatusIndicator type="loading">{text.loading}</StatusIndicator>
    </Box>
  );
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
