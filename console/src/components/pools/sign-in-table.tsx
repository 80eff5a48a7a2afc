import Table from "@cloudscape-design/components/table";
import { useText } from "../../i18n/text.tsx";
import { outcomes, type SignInBar } from "../../rules/pools/sign-in-chart.ts";

interface Props {
  readonly bars: readonly SignInBar[];
  /** The header of the hours or days. */
  readonly when: string;
  readonly labelOf: (from: Date) => string;
}

/** The numbers of the chart as a table, the newest first. */
export function SignInTable({ bars, when, labelOf }: Props) {
  const text = useText().signInChart;
  const { number } = useText().common;
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      items={bars.toReversed()}
      trackBy={({ from }) => String(from.getTime())}
      ariaLabels={{ tableLabel: text.title }}
      columnDefinitions={[
        { id: "when", header: when, isRowHeader: true, cell: ({ from }) => labelOf(from) },
        ...outcomes.map((outcome) => ({
          id: outcome,
          header: text.outcomes[outcome],
          cell: ({ signIns }: SignInBar) => number(signIns[outcome]),
        })),
      ]}
    />
  );
}
