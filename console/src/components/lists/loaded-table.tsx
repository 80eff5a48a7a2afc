import Box from "@cloudscape-design/components/box";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import type { Loaded } from "../../api/load.ts";
import { useText } from "../../i18n/text.tsx";
import { ProblemAlert } from "../basics/problem.tsx";

interface Props<T> extends Omit<TableProps<T>, "empty" | "loadingText"> {
  readonly loaded: Pick<Loaded<unknown>, "error" | "reload">;
  /** Stands in place of the rows if there are none. */
  readonly none: ReactNode;
  /** What a person who may not see the rows can do instead. */
  readonly deniedHint?: string | undefined;
}

/** A table of loaded rows: it says why they could not be loaded, beside those of before if there are some. */
export function LoadedTable<T>({ loaded, none, deniedHint, header, ...table }: Props<T>) {
  const text = useText().common;
  const problem = <ProblemAlert error={loaded.error} onRetry={loaded.reload} deniedHint={deniedHint} />;
  const hasFailed = loaded.error !== undefined;
  const hasRows = table.items !== undefined && table.items.length > 0;
  return (
    <Table
      {...table}
      loadingText={text.loading}
      header={
        <>
          {header}
          {hasFailed && hasRows && <Box margin={{ top: "s" }}>{problem}</Box>}
        </>
      }
      empty={hasFailed ? problem : none}
    />
  );
}
